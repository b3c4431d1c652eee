"""An export of LinkedIn becomes the member's posts, comments, likes and messages."""

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
from twoway.networks.linkedin import archive as reader
from twoway.networks.tests.hostility import assert_sound

MEI, ZOE = "@mei-larch", "@zoe-example"
MIDNIGHT, MINUTE = 1_709_251_200_000_000, 60_000_000  # 2024-03-01
FEED = "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A"


def table(columns: str, *rows: tuple) -> str:
    written = io.StringIO()
    csv.writer(written).writerows([columns.split(","), *rows])
    return written.getvalue()


def at(minutes: int) -> str:
    return f"2024-03-01 00:{minutes:02d}:00"


def whole_export() -> dict[str, str]:
    return {
        "Profile.csv": table(
            "First Name,Last Name,Maiden Name,Headline,Summary,Websites",
            ("Mei", "Larch", "", "Tea & talk", "Daily", "[COMPANY:https://larch.example]"),
        ),
        "Shares.csv": table(
            "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility",
            (at(1), f"{FEED}1", 'First line"\n"second ""quoted"" line', "https://larch.example", "", "MEMBER_NETWORK"),
            (at(2), f"{FEED}2", "", f"{FEED}8", "", "CONNECTIONS"),
            (at(3), f"{FEED}3", "So true", f"{FEED}9", "", ""),
        ),
        "Comments_7.csv": table("Date,Link,Message", (at(4), f"{FEED}8", "Thanks, Zoë!")),
        "Reactions.csv": table("Date,Type,Link", (at(5), "LIKE", f"{FEED}8")),
        "messages.csv": table(
            "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER",
            ("2-x", "", "Zoë Example", "https://www.linkedin.com/in/zoe-example", "Mei Larch",
             "https://www.linkedin.com/in/mei-larch-4711", f"{at(6)} UTC", "", "Open today?", "INBOX"),
            ("2-x", "", "Mei Larch", "https://www.linkedin.com/in/mei-larch-4711", "Zoë Example",
             "https://www.linkedin.com/in/zoe-example", f"{at(7)} UTC", "Hours", "Till six", "SENT"),
        ),
        "Connections.csv": 'Notes:\n"When exporting …"\n\nFirst Name,Last Name,URL\nZoë,Example,x\n',
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
    found = read(write(tmp_path, whole_export()), Post)
    return {(post.said_at - MIDNIGHT) // MINUTE: post for post in found}


def test_a_post_comes_with_its_lines_and_quotes_as_written(posts):
    assert posts[1] == Post(
        network="linkedin", id=f"{FEED}1", author=MEI, said_at=MIDNIGHT + MINUTE,
        text='First line\nsecond "quoted" line', address=f"{FEED}1",
        links=(Link("https://larch.example"),),
    )  # fmt: skip


def test_what_is_shown_of_others_is_a_share_or_a_quote(posts):
    assert (posts[2].shared, posts[2].text, posts[2].visibility) == (f"{FEED}8", "", "followers")
    assert (posts[3].quoted, posts[3].text, posts[3].visibility) == (
        f"{FEED}9",
        "So true",
        "public",
    )


def test_a_comment_knows_what_it_stands_below(posts):
    assert (posts[4].parent, posts[4].is_reply, posts[4].text) == (f"{FEED}8", True, "Thanks, Zoë!")


def test_messages_are_a_chat_with_both_sides(posts):
    question, answer = posts[6], posts[7]
    assert (question.author, question.mentions) == (ZOE, (Mention(MEI),))
    assert {question.root, answer.root} == {"2-x"}
    assert (answer.author, answer.mentions) == (MEI, (Mention(ZOE),))
    assert (answer.text, answer.visibility, answer.nesting) == (
        "Hours\n\nTill six",
        "private",
        "chat",
    )


def test_reactions_are_likes_with_a_time(tmp_path):
    assert read(write(tmp_path, whole_export()), Reaction) == [
        Reaction(network="linkedin", account=MEI, post=f"{FEED}8", kind="like",
                 reacted_at=MIDNIGHT + 5 * MINUTE)
    ]  # fmt: skip


def test_the_member_is_a_person_with_a_name(tmp_path):
    own, owner = read(write(tmp_path, whole_export()), Own | Account)
    assert own.account == owner.id == MEI
    assert owner == Account(
        network="linkedin", id=MEI, handle="mei-larch", name="Mei Larch",
        biography="Tea & talk\n\nDaily", site="https://larch.example", person_name="Mei Larch",
    )  # fmt: skip


def test_an_export_without_a_profile_needs_the_handle(tmp_path):
    files = {name: content for name, content in whole_export().items() if name != "Profile.csv"}
    with pytest.raises(Unreadable, match="--account"):
        read(write(tmp_path, files))
    (owner,) = read(tmp_path, Account, account="@mei")
    assert owner.id == "@mei"


def test_the_export_covers_the_member_s_own_side_and_messages(tmp_path):
    coverage = read(write(tmp_path, whole_export()), Coverage)
    assert {c.stream for c in coverage} == {"originals", "replies", "likes", "private"}
    assert {c.ends for c in coverage} == {MIDNIGHT + 7 * MINUTE}


def test_a_bad_row_is_kept_aside(tmp_path):
    files = whole_export()
    files["Reactions.csv"] += f"{at(8)},LIKE,\n"
    (bad,) = read(write(tmp_path, files), Rejected)
    assert (bad.file, bad.line, bad.reason) == ("Reactions.csv", 3, "no address")


def test_one_table_alone_is_left_to_the_reader_of_tables(tmp_path):
    with Source(write(tmp_path, {"Shares.csv": whole_export()["Shares.csv"]})) as source:
        assert not reader.recognises(source)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("linkedin")


@given(
    name=st.sampled_from(sorted(whole_export())),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), min_size=1, max_size=4),
)
@settings(max_examples=40, deadline=None)
def test_torn_tables_are_read_or_rejected(home, name, cuts):
    folder = write(home, whole_export())
    content = (folder / name).read_bytes()
    for place, filler in cuts:
        place_at = int(place * len(content))
        content = content[:place_at] + filler + content[place_at + len(filler) :]
    (folder / name).write_bytes(content)
    for record in read(folder, account="mei"):
        assert_sound(record)
