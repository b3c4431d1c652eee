"""An export of a Facebook page becomes its posts, its comments and its private messages."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage
from twoway.core.posts import Link, Media, Mention, Post
from twoway.networks.facebook import archive as reader
from twoway.networks.facebook.tests.larchtea import HOME, TIME, thread, whole_export, write
from twoway.networks.tests.hostility import assert_sound, forged

TEA, ZOE = "@larchtea", "@zoë example"


def read(folder, kind=object, **options):
    with Source(folder) as source:
        assert reader.recognises(source)
        records = list(reader.read(source, Options(**options)))
    return [record for record in records if isinstance(record, kind)]


@pytest.fixture
def posts(tmp_path):
    found = read(write(tmp_path, whole_export()), Post)
    return {(post.said_at // 1_000_000 - TIME) // 60: post for post in found}


def test_a_post_comes_with_whole_letters_and_all_attached(posts):
    post = posts[5]
    assert (post.author, post.text, post.is_reply) == (TEA, "Grüße 🍵", False)
    assert post.links == (Link("https://larch.example/menu", "Menu"),)
    assert post.media == (Media("image"),)
    assert post.mentions == (Mention(ZOE),)
    assert posts[6].poll == ("Green", "Black")


def test_a_comment_is_a_reply_and_knows_to_whom_where_the_title_says_so(posts):
    assert [posts[at].is_reply for at in (7, 8, 9)] == [True, True, True]
    assert [posts[at].parent_author for at in (7, 8, 9)] == [ZOE, TEA, None]
    assert posts[7].text == "Gern, Zoë!"


def test_messages_are_a_chat_with_both_sides(posts):
    question, answer = posts[10], posts[11]
    assert (question.author, answer.author) == (ZOE, TEA)
    assert {question.root, answer.root} == {"zoe_1"}
    assert {question.visibility, answer.visibility} == {"private"}
    assert (question.mentions, answer.mentions) == ((Mention(TEA),), (Mention(ZOE),))
    assert (question.links, answer.media) == ((Link("https://a.example"),), (Media("image"),))
    assert answer.said_at == (TIME + 660) * 1_000_000 + 7_000


def test_ids_are_the_same_wherever_the_export_is_read(tmp_path):
    ids = [
        sorted(post.id for post in read(write(tmp_path / place, whole_export()), Post))
        for place in ("one", "another")
    ]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 7


def test_the_owner_is_known_by_profile_or_by_word(tmp_path):
    (owner,) = read(write(tmp_path, whole_export()), Account)
    assert owner == Account(
        network="facebook", id=TEA, handle="larchtea", name="Larch Tea House",
        site="https://larch.example", made_at=(TIME - 86_400) * 1_000_000,
    )  # fmt: skip
    (owner,) = read(tmp_path, Account, account="@LarchPage")
    assert (owner.id, owner.handle) == ("@larchpage", "LarchPage")


def test_an_export_without_a_name_needs_one(tmp_path):
    files = {name: content for name, content in whole_export().items() if "information" not in name}
    with pytest.raises(Unreadable, match="--account"):
        read(write(tmp_path, files))


def test_the_export_covers_the_page_s_own_side_and_private_messages(tmp_path):
    coverage = {c.stream: c for c in read(write(tmp_path, whole_export()), Coverage)}
    assert set(coverage) == {"originals", "replies", "private"}
    assert all(c.is_complete for c in coverage.values())
    assert {c.ends for c in coverage.values()} == {(TIME + 660) * 1_000_000 + 7_000}


def test_a_torn_file_makes_the_coverage_a_sample(tmp_path):
    files = whole_export()
    name = f"{HOME}/comments_and_reactions/comments.json"
    files[name] = json.dumps(files[name])[:-60]
    records = read(write(tmp_path, files), Rejected | Coverage)
    assert "the file ends" in records[0].reason
    assert not any(c.is_complete for c in records[1:])


def test_a_group_of_three_speaks_to_nobody_in_particular(tmp_path):
    files = whole_export()
    name = "messages/inbox/zoe_1/message_1.json"
    files[name] = thread(
        *files[name]["messages"], people=("Zoë Example", "Larch Tea House", "Cleo")
    )
    private = [p for p in read(write(tmp_path, files), Post) if p.visibility == "private"]
    assert [post.mentions for post in private] == [(), ()]


@pytest.mark.parametrize(
    "name", ["posts_1.json", "your_instagram_activity/posts.json", "your_posts.txt"]
)
def test_other_sources_are_not_recognised(tmp_path, name):
    with Source(write(tmp_path, {name: "[]"})) as source:
        assert not reader.recognises(source)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("facebook")


@given(data=st.data(), name=st.sampled_from(sorted(whole_export())))
@settings(max_examples=60, deadline=None)
def test_forged_files_are_read_or_rejected(home, data, name):
    files = whole_export()
    files[name] = data.draw(forged(files[name]))
    for record in read(write(home, files), account="larchtea"):
        assert_sound(record)


@given(
    cut=st.integers(0, 900),
    name=st.sampled_from(sorted(whole_export())),
    filler=st.binary(max_size=20),
)
@settings(max_examples=60, deadline=None)
def test_torn_files_are_read_or_rejected(home, cut, name, filler):
    folder = write(home, whole_export())
    (folder / name).write_bytes((folder / name).read_bytes()[:cut] + filler)
    for record in read(folder, account="larchtea"):
        assert_sound(record)
