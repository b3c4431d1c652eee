"""Torn and forged archives of Mastodon give sound records or a message, never a traceback."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.source import Source
from twoway.core.posts import Post
from twoway.networks.mastodon import archive as reader
from twoway.networks.mastodon.tests.larchtea import (
    ANN,
    ANN_LINK,
    ANN_TAG,
    MastodonArchive,
    announce,
    create,
    status,
)
from twoway.networks.tests.hostility import assert_sound, forged

NAMES = ("outbox.json", "actor.json", "likes.json")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("mastodon")


def whole_archive(home) -> MastodonArchive:
    """An archive with everything in it that the reader looks at."""
    archive = MastodonArchive(home)
    archive.posts(
        create(5, f"<p>{ANN_LINK} yes</p>", inReplyTo=f"{ANN}/statuses/4", tag=[ANN_TAG],
               summary="tea", attachment=[{"mediaType": "image/png", "name": "pot"}]),
        create(6, "<p>Which?</p>", type="Question", oneOf=[{"name": "a"}, {"name": "b"}]),
        create(7, "<p>True</p>", quote=f"{ANN}/statuses/8", to=[ANN], cc=[]),
        announce(8, {"id": f"{ANN}/statuses/8", "attributedTo": ANN}),
    )  # fmt: skip
    archive.collection("likes.json", [f"{ANN}/statuses/8"])
    archive.files["following_accounts.csv"] = "Account address\nann@social.example\n"
    return archive


def read(path):
    with Source(path) as source:
        if not reader.recognises(source):
            return []
        try:
            return list(reader.read(source, Options(account="larchtea")))
        except Unreadable:
            return []


@given(data=st.data(), name=st.sampled_from(NAMES))
@settings(max_examples=100, deadline=None)
def test_forged_records_are_read_or_rejected(home, data, name):
    archive = whole_archive(home)
    archive.files[name] = json.dumps(data.draw(forged(json.loads(archive.files[name]))))
    for record in read(archive.folder()):
        assert_sound(record)


@given(cut=st.integers(0, 3000), name=st.sampled_from(NAMES), filler=st.binary(max_size=30))
@settings(max_examples=40, deadline=None)
def test_torn_files_and_strange_bytes_cost_no_other_file(home, cut, name, filler):
    folder = whole_archive(home).folder()
    path = folder / name
    path.write_bytes(path.read_bytes()[:cut] + filler)
    records = read(folder)
    for record in records:
        assert_sound(record)
    if name != "outbox.json":
        assert {r.id for r in records if isinstance(r, Post)} == set(map(status, (5, 6, 7, 8)))


@given(rows=st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_list_of_follows_is_read(home, rows):
    folder = whole_archive(home).folder()
    (folder / "following_accounts.csv").write_bytes(rows)
    for record in read(folder):
        assert_sound(record)


@given(
    cut=st.floats(0, 1), flips=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=5)
)
@settings(max_examples=60, deadline=None)
def test_a_damaged_tarball_gives_a_message(home, cut, flips):
    path = whole_archive(home).tarball()
    content = bytearray(path.read_bytes())
    for place, value in flips:
        content[int(place * (len(content) - 1))] = value
    path.write_bytes(content[: int(cut * len(content))] if cut > 0.3 else content)
    for record in read(path):
        assert_sound(record)
