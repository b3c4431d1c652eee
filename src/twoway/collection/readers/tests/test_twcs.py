import pytest

from twoway.collection.reader import Options
from twoway.collection.readers import readers, twcs
from twoway.collection.records import Rejected, singly
from twoway.collection.source import Source
from twoway.collection.staged import choose_reader
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage
from twoway.core.posts import Mention, Post

HEADER = "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n"
ROWS = (
    "1,115712,True,Tue Oct 31 22:08:27 +0000 2017,@HarbourFerry nobody answers &amp; I wait,2,\n"
    '2,HarbourFerry,False,Tue Oct 31 22:10:47 +0000 2017,@115712 We are sorry. ^AB,"3,4",1\n'
    "3,115712,True,Tue Oct 31 22:11:45 +0000 2017,@HarbourFerry and now?,,2.0\n"
)


@pytest.fixture
def read(tmp_path):
    def run(text, **options):
        (tmp_path / "twcs.csv").write_text(text)
        with Source(tmp_path / "twcs.csv") as source:
            assert choose_reader(source, readers()) is twcs
            return list(singly(twcs.read(source, Options(**options))))

    return run


def test_people_and_companies(read):
    first, answer, more = [one for one in read(HEADER + ROWS) if isinstance(one, Post)]
    assert (first.id, first.author, first.is_reply) == ("twcs-1", "twcs-115712", False)
    assert first.text == "@HarbourFerry nobody answers & I wait"
    assert (answer.author, answer.parent, answer.network) == ("HarbourFerry", "twcs-1", "x")
    assert answer.mentions == (Mention("@115712", None),)
    assert more.parent == "twcs-2"


def test_a_persons_number_is_their_handle(read):
    accounts = {one.id: one for one in read(HEADER + ROWS) if isinstance(one, Account)}
    assert accounts["twcs-115712"].handle == "115712"


def test_companies_are_covered_by_a_sample_until_they_are_last_spoken_to(read):
    records = read(HEADER + ROWS)
    covered = [one for one in records if isinstance(one, Coverage)]
    posts = [one for one in records if isinstance(one, Post)]
    assert {(one.account, one.is_complete) for one in covered} == {("HarbourFerry", False)}
    assert {one.stream for one in covered} == {"originals", "replies", "comments"}
    assert {(one.begins, one.ends) for one in covered} == {(posts[1].said_at, posts[2].said_at)}


def test_bad_rows_are_told(read):
    records = read(HEADER + ROWS + "4,X,False,soon,text,,\n5,X\n")
    rejected = [one for one in records if isinstance(one, Rejected)]
    assert sorted(one.line for one in rejected) == [5, 6]


def test_another_table_is_not_twcs(tmp_path):
    (tmp_path / "a.csv").write_text("tweet_id,author_id,created_at,text\n1,2,2018-10-10,Hi\n")
    with Source(tmp_path / "a.csv") as source:
        assert not twcs.recognises(source)
