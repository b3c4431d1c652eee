"""The phrase books: every symbol leads somewhere, in every language and setting."""

import re

import pytest

from twoway.practice import World
from twoway.practice.dice import Dice
from twoway.practice.grammar import FOLDER, languages, organisations, phrases, settings

# Bound by whoever speaks: names, and what a partner is called.
NAMES = {"name", "other", "org", "staff", "mention"}
TOPIC = {"question", "request", "complaint", "answer", "ask", "detail", "member", "promise", "kept"}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("setting", settings())
def test_every_symbol_is_known(language, setting):
    book = phrases(language, setting)
    for topic in book.topics:
        assert set(topic) >= TOPIC, topic
        known = set(book.lists) | set(topic) | NAMES
        for texts in (*book.lists.values(), *topic.values()):
            for text in texts:
                assert {symbol.removesuffix("_two") for symbol in text[1::2]} <= known, text


@pytest.mark.parametrize("language", languages())
def test_every_language_says_what_people_and_organisations_say(language):
    # What only whole organisations say, their announcements, is English.
    english = set(phrases("en", "transport").lists)
    posts = set(phrases("en", "transport").lists) - set(phrases(language, "transport").lists)
    announced = {
        "offer", "launch", "own_link", "featuring", "poll", "poll_choices", "daily_life", "information",
        "outage", "tags", "partner_says", "short", "again", "self_quote", "thread_on", "colleague", "invitation",
    }  # fmt: skip
    words = phrases("en", "transport").words
    unspoken = (
        announced
        | words
        | {"closing", "reason", "reason_opening", "reason_tail", "cross_opening", "biography"}
    )
    assert posts <= unspoken | english - set(phrases("en", "transport").lists), posts - unspoken


@pytest.mark.parametrize("setting", settings())
def test_five_organisations_with_a_profile(setting):
    for profile in organisations(setting):
        assert {"name", "handle", "site", "biography", "brand"} <= set(profile)
        assert profile["site"].endswith(".example")
    assert len({profile["handle"] for profile in organisations(setting)}) == 5


def test_texts_are_tidy(world: World):
    for line in world.lines():
        assert not re.search(r"[{}]|  | [.,]|^\s|\s$", line.text), line.text


def test_a_talk_keeps_to_its_words():
    book, dice = phrases("en", "transport"), Dice("talk")
    talk = book.talk(dice, org="Larkway")
    said = [book.say("{stop}"[1:-1], dice, talk) for _ in range(5)]
    assert len(set(said)) == 1
    assert book.say("stop_two", dice, talk) != said[0]


def test_no_phrase_stands_twice_in_a_list():
    for file in FOLDER.rglob("*.toml"):
        for line in file.read_text(encoding="utf-8").splitlines():
            texts = [text for text in re.findall(r'"((?:[^"\\]|\\.)*)"', line) if len(text) > 30]
            assert len(texts) == len(set(texts)), (file.name, line[:80])
