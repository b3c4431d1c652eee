"""A world looks like life: hours, lengths, tails and manners that real pages have."""

from collections import Counter
from statistics import median

import pytest

from twoway.practice import World
from twoway.practice.truth.view import View


@pytest.fixture(scope="module")
def theirs(world: World):
    return [line for line in world.lines() if not line.is_ours and line.text and not line.automatic]


@pytest.fixture(scope="module")
def local(world: World):
    view = View(world, world.organisations[0], world.begins)
    return view.local


def test_people_sleep(theirs, local):
    # In a public forum of one city one post in ten was written between 22 and 7, most of them before 1.
    hours = [local(line.at).hour for line in theirs]
    assert 0.12 < sum(hour >= 22 or hour < 7 for hour in hours) / len(hours) < 0.24
    assert sum(2 <= hour < 5 for hour in hours) / len(hours) < 0.03


def test_weekends_are_quieter(theirs, local):
    days = Counter(local(line.at).isoweekday() for line in theirs)
    assert 0.5 < (days[6] + days[7]) / 2 / (sum(days[day] for day in range(1, 6)) / 5) < 0.9


def test_organisations_answer_when_they_are_there(world):
    for who in world.organisations:
        answers = [
            told.line.at
            for told in world.ledger.told
            if told.who is who and told.what == "reply" and not told.is_machine
        ]
        closed = sum(not who.presence.is_open(at) for at in answers)
        assert closed <= 0.02 * len(answers), who.name


def test_people_write_short_and_pages_longer(theirs, world):
    comments = [len(line.bare) for line in theirs]
    originals = [len(told.line.text) for told in world.ledger.told if told.what == "original"]
    assert 25 < median(comments) < 70 < median(originals) < 130


def test_a_few_posts_draw_most_comments(world):
    below = Counter(
        line.root.id for line in world.lines() if line.parent is not None and line.root.is_original
    )
    originals = sum(told.what == "original" for told in world.ledger.told)
    counts = sorted(below.values(), reverse=True)
    assert originals - len(counts) > 0.3 * originals  # nobody said anything
    assert sum(counts[: len(counts) // 10]) > 0.3 * sum(counts)


def test_regulars_write_more_than_others(world):
    by_author = Counter(line.by.id for line in world.lines() if not line.is_ours)
    top = sum(count for _, count in by_author.most_common(len(by_author) // 10))
    assert 0.25 < top / by_author.total() < 0.6


def test_some_speak_another_language(theirs):
    foreign = Counter(line.language for line in theirs)
    assert set(foreign) == {"en", "de", "es", "fr", "it", "pt"}
    assert 0.04 < 1 - foreign["en"] / foreign.total() < 0.2


def test_five_characters_are_five_verdicts(world):
    share, rate = {}, {}
    for who in world.organisations:
        view = View(world, who, world.begins)
        said = [told.what for told in view.told if told.what in ("original", "reply", "quote")]
        share[who.character.name] = said.count("reply") / len(said)
        answered = [wait.ended_by in ("answer", "taken_private") for wait in view.waits]
        rate[who.character.name] = sum(answered) / len(answered)
    assert share["broadcaster"] < 0.05
    assert min(share[name] for name in share if name != "broadcaster") > 0.2
    assert rate["broadcaster"] < 0.12
    assert 0.4 < rate["ducker"] < 0.8 < min(rate["networker"], rate["support desk"])
