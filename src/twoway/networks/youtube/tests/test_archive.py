"""The YouTube part of a Takeout becomes the account's videos and comments."""

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Note, Own, Rejected
from twoway.collection.source import Source
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage
from twoway.core.posts import Link, Media, Post
from twoway.networks.tests.hostility import assert_sound
from twoway.networks.youtube import archive as reader

TEA = "UClarchteahouse0000000001"
MIDNIGHT, MINUTE = 1_709_251_200_000_000, 60_000_000  # 2024-03-01
HOME = "Takeout/YouTube and YouTube Music"
COMMENTS, VIDEOS = f"{HOME}/comments/comments.csv", f"{HOME}/video metadata/videos.csv"
NEW = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text"
OLD = "Comment ID,Channel ID,Comment create timestamp,Price,Parent comment ID,Video ID,Comment text"


def table(columns: str, *rows: tuple) -> str:
    written = io.StringIO()
    csv.writer(written).writerows([columns.split(","), *rows])
    return written.getvalue()


def at(minutes: int) -> str:
    return f"2024-03-01T00:{minutes:02d}:00.123456+00:00"


def whole_takeout() -> dict[str, str]:
    return {
        COMMENTS: table(
            NEW,
            ("c1", TEA, at(3), "0", "", "", "v9", '{"text":"Yes,\nall day"},{"text":" 🍵"}'),
            ("c1.r1", TEA, at(4), "0", "c1", "", "v9",
             '{"text":"See "},{"text":"larch.example","link":{"linkUrl":"https://larch.example"}}'),
            ("c2", TEA, at(5), "0", "", "post7", "", '{"text":"On a post"}'),
        ),
        VIDEOS: table(
            "Video ID,Approx Duration (ms),Channel ID,Video Title (Original),Privacy,Video Create Timestamp",
            ("v1", "9000", TEA, "How to brew", "Public", at(1)),
            ("v2", "9000", TEA, "Draft", "Private", at(2)),
        ),
        f"{HOME}/history/watch-history.json": "[]",
    }  # fmt: skip


def write(path, files):
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


@pytest.fixture
def read(tmp_path):
    def run(files, kind=object, **options):
        with Source(write(tmp_path / "takeout.zip", files)) as source:
            assert reader.recognises(source)
            records = list(reader.read(source, Options(**options)))
        return [record for record in records if isinstance(record, kind)]

    return run


def test_a_comment_comes_with_its_pieces_joined_and_its_place(read):
    posts = {post.id: post for post in read(whole_takeout(), Post)}
    assert posts["c1"] == Post(
        network="youtube", id="c1", author=TEA, said_at=MIDNIGHT + 3 * MINUTE + 123_456,
        text="Yes,\nall day 🍵", address="https://www.youtube.com/watch?v=v9&lc=c1",
        parent="v9", root="v9", is_reply=True,
    )  # fmt: skip
    assert (posts["c1.r1"].parent, posts["c1.r1"].root) == ("c1", "v9")
    assert posts["c1.r1"].text == "See larch.example"
    assert posts["c1.r1"].links == (Link("https://larch.example"),)
    assert (posts["c2"].parent, posts["c2"].address) == ("post7", None)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ('{"takeoutSegments":[{"text":"Old"},{"text":" form"}]}', "Old form"),
        ("just text", "just text"),
        ("", ""),
        ("7", "7"),
        ('{"text":', '{"text":'),
    ],
)
def test_older_exports_are_read_too(read, raw, text):
    files = {COMMENTS: table(OLD, ("c1", TEA, at(3), "0", "", "v9", raw))}
    (post,) = read(files, Post)
    assert (post.text, post.root) == (text, "v9")


def test_public_videos_are_originals(read):
    originals = [post for post in read(whole_takeout(), Post) if not post.is_reply]
    assert originals == [
        Post(network="youtube", id="v1", author=TEA, said_at=MIDNIGHT + MINUTE + 123_456,
             text="How to brew", address="https://www.youtube.com/watch?v=v1",
             media=(Media("video"),))
    ]  # fmt: skip


def test_the_owner_is_the_channel_by_the_handle_the_user_says(read):
    own, account = read(whole_takeout(), Own | Account, account="@larchtea")
    assert (own.account, account.id, account.handle) == (TEA, TEA, "larchtea")


def test_videos_and_comments_are_covered_to_the_last_of_either(read):
    coverage = {c.stream: (c.begins, c.ends) for c in read(whole_takeout(), Coverage)}
    last = MIDNIGHT + 5 * MINUTE + 123_456
    assert coverage == {
        "originals": (MIDNIGHT + MINUTE + 123_456, last),
        "replies": (MIDNIGHT + 3 * MINUTE + 123_456, last),
    }


def test_without_videos_originals_are_not_covered_and_that_is_said(read):
    records = read({COMMENTS: whole_takeout()[COMMENTS]}, Coverage | Note)
    assert [type(record).__name__ for record in records] == ["Coverage", "Note"]
    assert records[0].stream == "replies"


def test_a_takeout_without_a_word_of_the_owner_is_refused(read):
    with pytest.raises(Unreadable, match="no comment"):
        read({COMMENTS: table(NEW)})


def test_a_bad_row_is_kept_aside(read):
    files = {COMMENTS: whole_takeout()[COMMENTS] + "c9,,,,,,,\n"}
    (bad,) = read(files, Rejected)
    assert (bad.file, bad.reason) == (COMMENTS, "no channel")


@pytest.mark.parametrize(
    "name", ["comments.csv", "Takeout/Chat/comments.csv", f"{HOME}/comments.html"]
)
def test_other_sources_are_not_recognised(tmp_path, name):
    with Source(write(tmp_path / "a.zip", {name: whole_takeout()[COMMENTS]})) as source:
        assert not reader.recognises(source)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("youtube")


@given(
    name=st.sampled_from([COMMENTS, VIDEOS]),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.text(max_size=6)), min_size=1, max_size=4),
)
@settings(max_examples=40, deadline=None)
def test_torn_tables_are_read_or_rejected(home, name, cuts):
    files = whole_takeout()
    for place, filler in cuts:
        at = int(place * len(files[name]))
        files[name] = files[name][:at] + filler + files[name][at + len(filler) :]
    with Source(write(home / "takeout.zip", files)) as source:
        if not reader.recognises(source):
            return
        try:
            for record in reader.read(source, Options()):
                assert_sound(record)
        except Unreadable:
            return
