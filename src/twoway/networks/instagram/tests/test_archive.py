"""An export of Instagram becomes the account's posts, comments, likes, follows and messages."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage
from twoway.core.posts import Media, Mention, Post
from twoway.core.reactions import Reaction
from twoway.networks.instagram import archive as reader
from twoway.networks.tests.hostility import assert_sound, forged

TEA, ZOE = "@larchtea", "@zoe.example"
TIME = 1_709_251_200  # 2024-03-01
HOME = "your_instagram_activity"


def broken(words: str) -> str:
    """Write each byte of UTF-8 as a letter of its own, as Meta does."""
    return words.encode().decode("latin-1")


def post(minutes: int, caption: str, *names: str) -> dict:
    media = [
        {"uri": f"media/{name}", "creation_timestamp": TIME + minutes * 60, "title": ""}
        for name in names
    ]
    if len(media) == 1:
        return {"media": [{**media[0], "title": broken(caption)}]}
    return {"media": media, "title": broken(caption), "creation_timestamp": TIME + minutes * 60}


def comment(minutes: int, words: str, owner: str) -> dict:
    said = {"Comment": {"value": broken(words)}, "Media Owner": {"value": owner},
            "Time": {"timestamp": TIME + minutes * 60}}  # fmt: skip
    return {"media_list_data": [{"uri": ""}], "string_map_data": said}


def listed(name: str, minutes: int, address: str = "") -> dict:
    entry = {"href": address, "value": name, "timestamp": TIME + minutes * 60}
    return {"title": "", "string_list_data": [entry]}


def whole_export() -> dict[str, object]:
    """An export with everything in it that the reader looks at."""
    message = {
        "sender_name": "zoe.example",
        "timestamp_ms": (TIME + 600) * 1000,
        "content": "Open?",
    }
    return {
        f"{HOME}/content/posts_1.json": [
            post(1, "Grüße 🍵 with @Zoe.Example", "a.jpg"), post(2, "Two", "a.jpg", "b.mp4"),
        ],
        f"{HOME}/content/reels.json": {"ig_reels_media": [post(3, "Steam", "c.mp4")]},
        f"{HOME}/comments/post_comments_1.json": [comment(4, "Gern, @zoe.example!", "zoe.example")],
        f"{HOME}/comments/reels_comments.json": {
            "comments_reels_comments": [comment(5, "Thanks", "larchtea")]
        },
        f"{HOME}/likes/liked_posts.json": {"likes_media_likes": [
            {**listed("👍", 6, "https://www.instagram.com/p/Cabc_-123/"), "title": "zoe.example"}
        ]},
        "connections/followers_and_following/followers_1.json": [listed("zoe.example", 7)],
        "connections/followers_and_following/following.json": {
            "relationships_following": [{**listed("", 8), "title": "zoe.example"}]
        },
        f"{HOME}/messages/inbox/zoe_1/message_1.json": {
            "participants": [{"name": "zoe.example"}, {"name": "Larch Tea House"}],
            "messages": [message],
        },
        "personal_information/personal_information/personal_information.json": {"profile_user": [{
            "string_map_data": {"Username": {"value": "larchtea"}, "Bio": {"value": broken("Täglich")},
                                "Name": {"value": "Larch Tea House"}},
        }]},
    }  # fmt: skip


def write(folder: Path, files: dict[str, object]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


def read(folder, kind=object, **options):
    with Source(folder) as source:
        assert reader.recognises(source)
        records = list(reader.read(source, Options(**options)))
    return [record for record in records if isinstance(record, kind)]


@pytest.fixture
def posts(tmp_path):
    found = read(write(tmp_path, whole_export()), Post)
    return {(post.said_at // 1_000_000 - TIME) // 60: post for post in found}


def test_posts_and_reels_are_originals_with_captions_in_whole_letters(posts):
    assert [posts[at].text for at in (1, 2, 3)] == ["Grüße 🍵 with @Zoe.Example", "Two", "Steam"]
    assert posts[1].mentions == (Mention(ZOE),)
    assert posts[2].media == (Media("image"), Media("video"))
    assert {posts[at].author for at in (1, 2, 3)} == {TEA}
    assert not any(posts[at].is_reply for at in (1, 2, 3))


def test_comments_are_replies_to_whose_post_they_stand_below(posts):
    assert [(posts[at].is_reply, posts[at].parent_author) for at in (4, 5)] == [
        (True, ZOE),
        (True, TEA),
    ]
    assert posts[4].mentions == (Mention(ZOE),)


def test_messages_are_a_chat(posts):
    post = posts[10]
    assert (post.author, post.visibility, post.nesting, post.root) == (
        ZOE,
        "private",
        "chat",
        "zoe_1",
    )
    assert post.mentions == (Mention(TEA),)


def test_likes_and_follows_come_with_their_times(tmp_path):
    records = read(write(tmp_path, whole_export()), Reaction | Follow)
    assert records == [
        Reaction(network="instagram", account=TEA, post="Cabc_-123", kind="like",
                 reacted_at=(TIME + 360) * 1_000_000),
        Follow(network="instagram", follower=ZOE, followed=TEA, seen_at=(TIME + 420) * 1_000_000),
        Follow(network="instagram", follower=TEA, followed=ZOE, seen_at=(TIME + 480) * 1_000_000),
    ]  # fmt: skip


def test_the_owner_is_known_by_profile_or_by_word(tmp_path):
    (owner, *_) = read(write(tmp_path, whole_export()), Account)
    assert owner == Account(
        network="instagram", id=TEA, handle="larchtea", name="Larch Tea House", biography="Täglich"
    )
    (owner, *_) = read(tmp_path, Account, account="@Other")
    assert owner.id == "@other"


def test_an_export_without_a_handle_needs_one(tmp_path):
    files = {name: content for name, content in whole_export().items() if "personal" not in name}
    with pytest.raises(Unreadable, match="--account"):
        read(write(tmp_path, files))


def test_the_export_covers_the_account_s_own_side_and_private_messages(tmp_path):
    coverage = read(write(tmp_path, whole_export()), Coverage)
    assert {c.stream for c in coverage} == {"originals", "replies", "likes", "private"}
    assert all(c.is_complete for c in coverage)


def test_a_torn_file_makes_the_coverage_a_sample(tmp_path):
    files = whole_export()
    name = f"{HOME}/content/posts_1.json"
    files[name] = json.dumps(files[name])[:-60]
    records = read(write(tmp_path, files), Rejected | Coverage)
    assert "the file ends" in records[0].reason
    assert not any(c.is_complete for c in records[1:])


@pytest.mark.parametrize("name", ["posts_1.json", "your_facebook_activity/posts/your_posts_1.json"])
def test_other_sources_are_not_recognised(tmp_path, name):
    with Source(write(tmp_path, {name: "[]"})) as source:
        assert not reader.recognises(source)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("instagram")


@given(data=st.data(), name=st.sampled_from(sorted(whole_export())))
@settings(max_examples=60, deadline=None)
def test_forged_files_are_read_or_rejected(home, data, name):
    files = whole_export()
    files[name] = data.draw(forged(files[name]))
    for record in read(write(home, files), account="larchtea"):
        assert_sound(record)


@given(
    cut=st.integers(0, 600),
    name=st.sampled_from(sorted(whole_export())),
    filler=st.binary(max_size=20),
)
@settings(max_examples=60, deadline=None)
def test_torn_files_are_read_or_rejected(home, cut, name, filler):
    folder = write(home, whole_export())
    (folder / name).write_bytes((folder / name).read_bytes()[:cut] + filler)
    for record in read(folder, account="larchtea"):
        assert_sound(record)
