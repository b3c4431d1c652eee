"""Reddit's answer to a data request becomes posts, comments, votes and private messages."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Own, Rejected
from twoway.collection.source import Source
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage
from twoway.core.posts import Link, Mention, Post
from twoway.core.reactions import Reaction
from twoway.networks.reddit import archive as reader
from twoway.networks.tests.hostility import assert_sound

TEA = "@larchtea"
MIDNIGHT, MINUTE = 1_709_251_200_000_000, 60_000_000  # 2024-03-01
HOME = "https://www.reddit.com/r/tea/comments"


def table(columns: str, *rows: tuple) -> str:
    written = io.StringIO()
    csv.writer(written).writerows([columns.split(","), *rows])
    return written.getvalue()


def whole_answer() -> dict[str, str]:
    return {
        "statistics.csv": table(
            "statistic,value", ("account name", "larchtea"), ("export time", "2024-06-01 00:00:00 UTC"),
            ("registration date", "2019-05-01 08:00:00 UTC"), ("is_deleted", "False"),
        ),
        "posts.csv": table(
            "id,permalink,date,ip,subreddit,gildings,title,url,body",
            ("p1", f"{HOME}/p1/new/", "2024-03-01 00:01:00 UTC", "10.0.0.1", "tea", "0", "New season",
             f"{HOME}/p1/new/", "Ask us, u/Zoe_Example!\n\nhttps://larch.example/menu."),
            ("p2", f"{HOME}/p2/x/", "2024-03-01 00:02:00 UTC", "", "tea", "0", "Our shop",
             "https://larch.example", ""),
        ),
        "comments.csv": table(
            "id,permalink,date,ip,subreddit,gildings,link,parent,body,media",
            ("c1", f"{HOME}/p9/y/c1/", "2024-03-01 00:03:00 UTC", "", "tea", "0", f"{HOME}/p9/y/", "", "Yes", ""),
            ("c2", f"{HOME}/p9/y/c2/", "2024-03-01 00:04:00 UTC", "", "tea", "0", f"{HOME}/p9/y/", "c0", "No", ""),
        ),
        "post_votes.csv": table("id,permalink,direction", ("p8", "", "up"), ("p7", "", "down")),
        "comment_votes.csv": table("id,permalink,direction", ("c8", "", "up"), ("c7", "", "none")),
        "messages.csv": table(
            "id,permalink,thread_id,date,ip,from,to,subject,body",
            ("m1", "", "t9", "2024-03-01 00:05:00 UTC", "", "zoe_example", "larchtea", "Hours", "Open?"),
        ),
    }  # fmt: skip


def write(folder, files):
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def read(folder, kind=object, **options):
    with Source(folder) as source:
        assert reader.recognises(source)
        records = list(reader.read(source, Options(**options)))
    return [record for record in records if isinstance(record, kind)]


@pytest.fixture
def posts(tmp_path):
    return {post.id: post for post in read(write(tmp_path, whole_answer()), Post)}


def test_a_post_is_its_title_and_body(posts):
    assert posts["t3_p1"] == Post(
        network="reddit", id="t3_p1", author=TEA, said_at=MIDNIGHT + MINUTE,
        text="New season\n\nAsk us, u/Zoe_Example!\n\nhttps://larch.example/menu.",
        address=f"{HOME}/p1/new/", mentions=(Mention("@Zoe_Example"),),
        links=(Link("https://larch.example/menu"),),
    )  # fmt: skip
    assert posts["t3_p2"].links == (Link("https://larch.example"),)


def test_comments_know_parent_and_root(posts):
    assert [(posts[i].parent, posts[i].root, posts[i].is_reply) for i in ("t1_c1", "t1_c2")] == [
        ("t3_p9", "t3_p9", True), ("t1_c0", "t3_p9", True),
    ]  # fmt: skip


def test_messages_are_chats(posts):
    message = posts["m1"]
    assert (message.author, message.mentions) == ("@zoe_example", (Mention(TEA),))
    assert (message.visibility, message.nesting, message.root) == ("private", "chat", "t9")
    assert message.text == "Hours\n\nOpen?"


def test_only_votes_up_are_likes(tmp_path):
    likes = read(write(tmp_path, whole_answer()), Reaction)
    assert [(like.account, like.post) for like in likes] == [(TEA, "t3_p8"), (TEA, "t1_c8")]


def test_the_owner_and_the_span_stand_in_the_statistics(tmp_path):
    records = read(write(tmp_path, whole_answer()), Own | Account | Coverage)
    own, owner, *coverage = records
    assert own.account == owner.id == TEA
    assert owner.made_at == 1_556_697_600_000_000
    assert {c.stream for c in coverage} == {"originals", "replies", "likes", "private"}
    assert {(c.begins, c.ends) for c in coverage} == {(owner.made_at, 1_717_200_000_000_000)}


def test_the_address_it_was_sent_from_is_not_read(tmp_path):
    assert "10.0.0.1" not in repr(read(write(tmp_path, whole_answer())))


def test_an_answer_without_a_name_needs_one(tmp_path):
    files = {**whole_answer(), "statistics.csv": "statistic,value\nis_deleted,False\n"}
    with pytest.raises(Unreadable, match="--account"):
        read(write(tmp_path, files))
    (owner,) = read(tmp_path, Account, account="u/other")
    assert owner.handle == "other"


def test_a_bad_row_is_kept_aside(tmp_path):
    files = whole_answer()
    files["comments.csv"] += "c3,,yesterday,,tea,0,,,text,\nc4,short\n"
    rows = read(write(tmp_path, files), Rejected)
    assert [(row.file, row.reason) for row in rows] == [
        ("comments.csv", "no time"), ("comments.csv", "2 cells where the header has 10"),
    ]  # fmt: skip


def test_tables_alone_are_left_to_the_reader_of_tables(tmp_path):
    write(tmp_path, {"posts.csv": whole_answer()["posts.csv"]})
    with Source(tmp_path) as source:
        assert not reader.recognises(source)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("reddit")


@given(
    name=st.sampled_from(sorted(whole_answer())),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), min_size=1, max_size=4),
)
@settings(max_examples=40, deadline=None)
def test_torn_tables_are_read_or_rejected(home, name, cuts):
    folder = write(home, whole_answer())
    content = (folder / name).read_bytes()
    for place, filler in cuts:
        at = int(place * len(content))
        content = content[:at] + filler + content[at + len(filler) :]
    (folder / name).write_bytes(content)
    for record in read(folder, account="larchtea"):
        assert_sound(record)
