"""Answers that lie, trick or never end: cleaned or bounded, never an error without a cure."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.collection.records import Deletion, Note, Rejected
from twoway.connectors.interface import Raw
from twoway.core.accounts import Account
from twoway.core.posts import Post
from twoway.networks.bluesky.connector import parsing
from twoway.networks.bluesky.connector.reading.memory import Memory
from twoway.networks.bluesky.connector.trees import cut_off, walk
from twoway.networks.bluesky.tests.pretended import ANN, TEA

FETCHED = 1_795_000_000_000_000
KINDS = sorted(parsing._READERS)


def parsed(kind, value, *, is_public=False, about=TEA):
    raw = Raw(
        network="bluesky", kind=kind, body=orjson.dumps(value), fetched_at=FETCHED, about=about
    )
    return list(parsing.parse(raw, is_public=is_public))


def view(text="Hello", labels=(), **more):
    return {
        "uri": f"at://{ANN}/app.bsky.feed.post/3lb2aaaaaaa2a",
        "cid": "bafy",
        "author": {"did": ANN, "handle": "ann.test", "labels": [{"val": one} for one in labels]},
        "record": {"text": text, "createdAt": "2024-03-01T00:00:00Z"},
        "indexedAt": "2024-03-01T00:00:00Z",
        **more,
    }


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["uri", "did", "post", "thread", "record", "author", "reply", "reason"])
            | st.text(max_size=8),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from([*KINDS, "unheard of"]), json_values, st.booleans())
def test_no_answer_makes_parsing_fail(kind, value, is_public):
    for record in parsed(kind, value, is_public=is_public):
        assert record is not None


@given(st.sampled_from(KINDS), st.binary(max_size=60))
def test_no_bytes_make_parsing_fail(kind, body):
    raw = Raw(network="bluesky", kind=kind, body=body, fetched_at=FETCHED, about=TEA)
    list(parsing.parse(raw, is_public=True))


def test_words_stay_words_and_links_must_be_of_the_web():
    text = "<script>steal()</script> \x00 click"
    begins = len(text) - 5
    feature = {"$type": "app.bsky.richtext.facet#link", "uri": "JavaScript:steal()"}
    index = {"byteStart": begins, "byteEnd": len(text)}
    record = view()["record"] | {"text": text, "facets": [{"index": index, "features": [feature]}]}
    record["embed"] = {"external": {"uri": "javascript:steal()", "title": "x"}}
    (post,) = [one for one in parsed("post", view(record=record)) if isinstance(one, Post)]
    assert post.text == "<script>steal()</script>  click"
    assert post.links == ()


def test_names_that_turn_writing_round_are_straightened():
    shown = view()
    shown["author"]["displayName"] = "\u202eaet\u2066hcral\x07"
    (account,) = [one for one in parsed("post", shown) if isinstance(one, Account)]
    assert account.name == "aethcral"


def test_who_does_not_want_strangers_is_hidden_from_them():
    shy = view(labels=["!no-unauthenticated"])
    public = parsed("post", shy, is_public=True)
    assert [type(record) for record in public] == [Note]
    assert any(isinstance(record, Post) for record in parsed("post", shy))
    taken_back = view()
    taken_back["author"]["labels"] = [{"val": "!no-unauthenticated", "neg": True}]
    assert any(isinstance(record, Post) for record in parsed("post", taken_back, is_public=True))
    quoting = view(
        embed={"record": {**shy, "$type": "app.bsky.embed.record#viewRecord", "value": {}}}
    )
    assert [one.author for one in parsed("post", quoting, is_public=True) if isinstance(one, Post)]
    hidden = {"thread": {"post": view(), "replies": [{"post": shy}]}}
    assert (
        len([one for one in parsed("thread", hidden, is_public=True) if isinstance(one, Post)]) == 1
    )


def test_one_bad_post_does_not_cost_a_tree():
    bad = {"post": {"uri": 7}}
    gone = {"uri": f"at://{ANN}/app.bsky.feed.post/gone", "notFound": True}
    records = parsed("thread", {"thread": {"post": view(), "replies": [bad, gone, {"post": 3}, 5]}})
    assert [type(one) for one in records if not isinstance(one, Account)].count(Post) == 1
    assert [one for one in records if isinstance(one, Deletion)]
    assert [one for one in records if isinstance(one, Rejected)]


def test_a_tree_as_deep_as_json_may_be_is_walked_without_calling_itself():
    tree = top = {"post": view()}
    for _ in range(900):
        top["replies"] = [{"post": view(replyCount=1)}]
        top = top["replies"][0]
    assert len(list(walk(tree))) == 901
    assert cut_off(tree) == [view()["uri"]]


def test_a_time_that_cannot_be_gives_way_to_the_key():
    shown = view()
    shown["record"]["createdAt"] = "9999-01-01T00:00:00Z"
    (post,) = [one for one in parsed("post", shown) if isinstance(one, Post)]
    assert post.said_at < FETCHED
    shown["uri"] = f"at://{ANN}/app.bsky.feed.post/self"
    assert [one.reason for one in parsed("post", shown) if isinstance(one, Rejected)]


@pytest.mark.parametrize("written", ["", "!", "AAAA", "x" * 50_000])
def test_a_memory_of_any_text_works(written):
    memory = Memory.of(written)
    raw = Raw(network="bluesky", kind="post", body=b"{}", fetched_at=1)
    assert memory.new_of([raw]) == (raw,)
    assert Memory.of(memory.written()).new_of([raw]) == ()


def test_a_memory_stays_small():
    memory = Memory()
    raws = [
        Raw(network="bluesky", kind="post", body=str(number).encode(), fetched_at=1)
        for number in range(5_000)
    ]
    assert len(memory.new_of(raws)) == 5_000
    assert len(memory.written()) <= 16_000
    assert Memory.of(memory.written()).new_of(raws[-2_000:]) == ()
