"""Torn, forged and mangled archives of X give sound records or a message, never a traceback."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.source import Source
from twoway.core.posts import Post
from twoway.networks.tests.hostility import assert_sound, forged
from twoway.networks.x import archive as reader
from twoway.networks.x.tests.larchtea import ANN, TEA, XArchive, link, mention, reply, tweet

KINDS = ("account", "profile", "note-tweet", "tweets", "like", "follower", "direct-messages")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("x")


def whole_archive(home) -> XArchive:
    """An archive with everything in it that the reader looks at."""
    archive = XArchive(home)
    archive.put(
        "tweets",
        reply(3, "@ann @ben yes https://t.co/q", "2", ANN, mention(ANN, "ann"), lang="und"),
        tweet(4, "RT @ann: hm", entities={"user_mentions": [mention(ANN, "ann")]}),
        tweet(5, "see https://t.co/q https://t.co/m",
              entities={"urls": [link("https://t.co/q", "https://x.com/ann/status/2")]},
              extended_entities={"media": [{"url": "https://t.co/m", "type": "photo",
                                            "ext_alt_text": "pot", "source_status_id_str": "1"}]}),
        tweet(6, "b", edit_info={"initial": {"editTweetIds": ["6", "7"]}}),
        tweet(7, "c", edit_info={"edit": {"editControlInitial": {"editTweetIds": ["6", "7"]}}}),
    )  # fmt: skip
    archive.put("note-tweet", {"noteTweet": {
        "noteTweetId": "5", "createdAt": "2024-03-01T00:05:00.000Z", "core": {"text": "see all"},
    }})  # fmt: skip
    archive.put("like", {"like": {"tweetId": "1"}})
    archive.put("follower", {"follower": {"accountId": ANN}})
    archive.put("direct-messages", {"dmConversation": {"conversationId": "1-2", "messages": [
        {"messageCreate": {"id": "9", "senderId": ANN, "recipientId": TEA, "text": "hi",
                           "createdAt": "2024-03-01T00:05:00.000Z", "mediaUrls": ["a.mp4"],
                           "urls": [{"url": "https://t.co/a", "expanded": "https://a.example"}],
                           "reactions": [{"senderId": TEA, "reactionKey": "like"}]}},
    ]}})  # fmt: skip
    archive.manifest(tweets=["tweets.js"], like=["like.js"])
    return archive


def read(path):
    with Source(path) as source:
        if not reader.recognises(source):
            return []
        try:
            return list(reader.read(source, Options(account="larchtea")))
        except Unreadable:
            return []


@given(data=st.data(), kind=st.sampled_from(KINDS))
@settings(max_examples=75, deadline=None)
def test_forged_records_are_read_or_rejected(home, data, kind):
    archive = whole_archive(home)
    before, _, body = archive.files[f"data/{kind}.js"].partition("= ")
    forgery = data.draw(forged(json.loads(body)))
    archive.files[f"data/{kind}.js"] = f"{before}= {json.dumps(forgery)}"
    for record in read(archive.folder()):
        assert_sound(record)


@given(manifest=forged(json.loads(
    whole_archive(None).files["data/manifest.js"].partition("= ")[2]
)))  # fmt: skip
@settings(max_examples=50, deadline=None)
def test_a_forged_manifest_hides_nothing(home, manifest):
    archive = whole_archive(home)
    archive.files["data/manifest.js"] = f"window.__THAR_CONFIG = {json.dumps(manifest)}"
    records = read(archive.folder())
    assert {record.id for record in records if isinstance(record, Post)} == {
        "3",
        "4",
        "5",
        "7",
        "9",
    }


@given(cut=st.integers(1, 3000), kind=st.sampled_from(KINDS), filler=st.binary(max_size=30))
@settings(max_examples=40, deadline=None)
def test_torn_files_and_strange_bytes_cost_no_other_file(home, cut, kind, filler):
    archive = whole_archive(home)
    folder = archive.folder()
    path = folder / f"data/{kind}.js"
    path.write_bytes(path.read_bytes()[:cut] + filler)
    records = read(folder)
    for record in records:
        assert_sound(record)
    if kind not in ("tweets", "account"):
        assert {"3", "4", "7"} <= {record.id for record in records if isinstance(record, Post)}


@given(cut=st.floats(0, 1), flips=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255))))
@settings(max_examples=60, deadline=None)
def test_a_damaged_zip_gives_a_message(home, cut, flips):
    path = whole_archive(home).zip()
    content = bytearray(path.read_bytes())
    for place, value in flips[:5]:
        content[int(place * (len(content) - 1))] = value
    path.write_bytes(content[: int(cut * len(content))] if cut > 0.2 else content)
    try:
        records = read(path)
    except Unreadable:
        return
    for record in records:
        assert_sound(record)


def test_the_same_post_twice_is_handed_over_twice_and_left_to_the_merge(home):
    archive = whole_archive(home)
    archive.put("tweets", tweet(5, "a"), tweet(5, "a"))
    assert [r.id for r in read(archive.folder()) if isinstance(r, Post)] == ["5", "5", "9"]


def test_utf_16_is_read_as_what_it_is(home):
    folder = whole_archive(home).folder()
    expected = read(folder)
    path = folder / "data/tweets.js"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert read(folder) == expected
