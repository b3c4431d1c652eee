"""Texts in any script: marked by bytes, counted as people count, refused where they do not fit."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Key
from twoway.networks.bluesky.connector.keys import record_key, stated, tid
from twoway.networks.bluesky.connector.sending.facets import facets_in
from twoway.networks.bluesky.connector.sending.wording import check_length, languages, worded
from twoway.networks.bluesky.posts import spell_out
from twoway.networks.bluesky.times import key_time

ANN = "did:plc:ann"


def marked(text):
    """Return what is marked: the words, and what they stand for."""

    async def look(handle):
        return ANN if handle == "ann.test" else None

    raw = text.encode()
    return [
        (
            raw[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(),
            next(iter(value for name, value in facet["features"][0].items() if name != "$type")),
        )
        for facet in asyncio.run(facets_in(text, look))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi @ann.test!", [("@ann.test", ANN)]),
        ("@Ann.Test", [("@Ann.Test", ANN)]),
        ("mail me@ann.test", []),
        ("@nobody.test", []),
        ("茶をどうぞ@ann.test。", [("@ann.test", ANN)]),
        ("👩🏽‍🍳 @ann.test", [("@ann.test", ANN)]),
        ("e\u0301te\u0301 @ann.test", [("@ann.test", ANN)]),
        ("שלום @ann.test שלום", [("@ann.test", ANN)]),
        ("مرحبا https://tea.example/شاي", [("https://tea.example/شاي",) * 2]),
        ("See https://tea.example/a.", [("https://tea.example/a",) * 2]),
        ("(https://tea.example/a_(b))", [("https://tea.example/a_(b)",) * 2]),
        ("“https://tea.example/”", [("https://tea.example/",) * 2]),
        ("請看https://tea.example/茶，謝謝", [("https://tea.example/茶",) * 2]),
        ("https://tea.example/@ann.test", [("https://tea.example/@ann.test",) * 2]),
        ("javascript:alert(1) ftp://tea.example", []),
        ("#tea and #茶道 #2026 #a.b.", [("#tea", "tea"), ("#茶道", "茶道"), ("#a.b", "a.b")]),
        ("a#b &#39; #", []),
        ("https://", []),
    ],
)
def test_what_is_marked(text, expected):
    assert marked(text) == expected


@given(st.text(max_size=200))
def test_marks_lie_inside_the_text_and_never_overlap(text):
    text = text.encode("utf-8", "replace").decode()

    async def everybody(_handle):
        return ANN

    found = [facet["index"] for facet in asyncio.run(facets_in(text, everybody))]
    ends = 0
    for index in found:
        assert ends <= index["byteStart"] < index["byteEnd"] <= len(text.encode())
        text.encode()[index["byteStart"] : index["byteEnd"]].decode()
        ends = index["byteEnd"]


@given(st.text(max_size=60), st.integers(-9, 200), st.integers(-9, 200))
def test_marks_of_others_may_lie_anywhere(text, begins, ends):
    feature = {"$type": "app.bsky.richtext.facet#link", "uri": "https://tea.example/"}
    facet = {"index": {"byteStart": begins, "byteEnd": ends}, "features": [feature]}
    words, links = spell_out({"text": text, "facets": [facet]})
    assert isinstance(words, str)
    assert all(link.address == "https://tea.example/" for link in links)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "", " ", "//x"])
def test_only_addresses_of_the_web_are_links(address):
    feature = {"$type": "app.bsky.richtext.facet#link", "uri": address}
    facet = {"index": {"byteStart": 0, "byteEnd": 4}, "features": [feature]}
    assert spell_out({"text": "here", "facets": [facet]}) == ("here", [])


def test_people_are_counted_not_code_points():
    family = "👨‍👩‍👧‍👦"
    check_length(family * 90 + "e\u0301" * 200)
    with pytest.raises(GiveUp, match="301 characters; Bluesky takes 300"):
        check_length("e\u0301" * 301)
    with pytest.raises(GiveUp, match=r"bytes; Bluesky takes 3,000"):
        check_length(family * 130)


def test_who_hears_anyway_is_not_named_again():
    heard = frozenset({"ann.test"})
    assert worded("Yes.", ("@ann.test", "ben.test"), heard) == "@ben.test Yes."
    assert worded("Yes, @BEN.test!", ("ben.test",), heard) == "Yes, @BEN.test!"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("en", ["en"]), ("pt-BR", ["pt-BR"]), ("zh-Hant", ["zh-Hant"]), (None, []), ("deutsch", [])],
)
def test_only_sound_language_tags_are_sent(given, kept):
    assert languages(given) == kept


def test_a_key_is_one_record_for_ever():
    key = Key(text="9f2c61d0", made_at=1_795_337_822_265_123)
    assert record_key(key) == record_key(Key(text="9f2c61d0", made_at=1_795_337_822_265_900))
    assert key_time(record_key(key)) // 1000 == key.made_at // 1000
    others = {record_key(Key(text=str(number), made_at=key.made_at)) for number in range(500)}
    assert len(others) == 500


@given(st.integers(0, 2**53 - 1))
def test_keys_hold_their_time_and_keep_its_order(micros):
    assert len(tid(micros)) == 13
    assert micros < 1_667_260_800_000_000 or key_time(tid(micros)) == micros
    assert tid(micros) < tid(micros + 1)


def test_times_are_stated_to_the_millisecond():
    assert stated(1_795_337_822_265_999) == "2026-11-22T08:57:02.265Z"
