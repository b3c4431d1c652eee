"""Pulling into a collection: killed anywhere, stopped anywhere, nothing twice and nothing lost."""

import asyncio
from dataclasses import replace

import duckdb
import orjson
import pytest

from twoway.collection.errors import Busy, NotACollection
from twoway.collection.folder import Collection
from twoway.collection.records import Deletion
from twoway.connectors.clock import SECOND, Still
from twoway.connectors.errors import GiveUp, Reconnect, TryLater
from twoway.connectors.interface import Feed, Page, Raw
from twoway.connectors.pulling import Gathering, Pull, holding
from twoway.connectors.shelf import Shelf
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage
from twoway.core.posts import Post
from twoway.core.reactions import Reaction

FEED = Feed(name="notes", covers=frozenset({"originals"}), is_public=True)
MUSEUM = Account(network="pinboard", id="museum", handle="museum")


class Killed(BaseException):
    """The process is gone."""


class Notes:
    """A connector that hands out numbered notes, two a page, and fails when told to."""

    def __init__(self, count=7):
        self.count = count
        self.failures = []
        self.asked = []

    async def pull(self, feed, cursor, account=None, since=None):
        assert (feed, account, since) == ("notes", "museum", None)
        at = int(cursor or 0)
        while True:
            self.asked.append(at)
            if self.failures and (error := self.failures.pop(0)):
                raise error
            end = min(at + 2, self.count)
            items = tuple(
                Raw(network="pinboard", kind="note", body=str(n).encode(), fetched_at=n)
                for n in range(at, end)
            )
            covered = Coverage(
                network="pinboard", account="museum", stream="originals", begins=0, ends=end,
                is_complete=True, how="told",
            )  # fmt: skip
            yield Page(items=items, cursor=str(end), coverage=(covered,), is_last=end == self.count)
            if end == self.count:
                return
            at = end

    def parse(self, raw):
        number = orjson.loads(raw.body)
        yield Post(network="pinboard", id=f"n{number}", author="museum", said_at=number, text="Hi")


class Room:
    """A folder into which one account is pulled."""

    def __init__(self, into, notes):
        self.into, self.notes, self.clock = into, notes, Still()

    @property
    def shelf(self):
        return Shelf(self.into, "pinboard", "museum")

    def pull(self, **more):
        with holding(self.into):
            pull = Pull(
                connector=self.notes, keeping=self.shelf, clock=self.clock, account="museum", **more
            )
            (outcome,) = asyncio.run(pull.feeds([FEED]))
            return outcome

    def gather(self):
        return Gathering(
            shelf=self.shelf, parse=self.notes.parse, into=self.into, name="pinboard museum",
            whose=MUSEUM, language=False,
        ).gather()  # fmt: skip

    def likes(self):
        files = [str(path) for path in Collection.open(self.into).files("reactions")]
        rows = duckdb.sql(f"select taken_back_at from read_parquet({files})").fetchall()
        return [row[0] for row in rows]

    def posts(self):
        files = [str(path) for path in Collection.open(self.into).files("posts")]
        return [row[0] for row in duckdb.sql(f"select id from read_parquet({files})").fetchall()]


@pytest.fixture
def notes():
    return Notes()


@pytest.fixture
def room(tmp_path, notes):
    return Room(tmp_path / "collection", notes)


def test_everything_arrives_and_is_not_asked_for_again(room, notes):
    outcome = room.pull()
    assert (outcome.items, outcome.is_whole, outcome.stopped) == (7, True, None)
    assert room.gather() == 1
    assert sorted(room.posts()) == [f"n{number}" for number in range(7)]
    notes.asked.clear()
    notes.count = 8
    room.pull()
    room.gather()
    assert notes.asked == [7]
    assert len(room.posts()) == 8


@pytest.mark.parametrize("page", range(4))
def test_killed_between_any_pages(room, notes, page):
    notes.failures = [None] * page + [Killed()]
    with pytest.raises(Killed):
        room.pull()
    room.gather()
    room.pull()
    room.gather()
    assert sorted(room.posts()) == [f"n{number}" for number in range(7)]


def test_killed_after_merging_and_before_noting_it(room, monkeypatch):
    room.pull()
    with monkeypatch.context() as patch:
        patch.setattr(Shelf, "mark", lambda *_: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            room.gather()
    assert room.gather() == 1
    assert sorted(room.posts()) == [f"n{number}" for number in range(7)]


def test_a_busy_network_is_waited_for(room, notes):
    notes.failures = [None, TryLater("slow down", room.clock.now() + 90 * SECOND)]
    assert room.pull().is_whole
    assert room.clock.slept == [90.0]


def test_a_network_that_is_away_too_long_leaves_what_was_read(room, notes):
    notes.failures = [None, None, TryLater("tomorrow", room.clock.now() + 86_400 * SECOND)]
    outcome = room.pull()
    assert (outcome.items, outcome.is_whole) == (4, False)
    assert str(outcome.stopped) == "tomorrow"
    room.gather()
    assert len(room.posts()) == 4


def test_without_a_time_it_is_tried_a_few_times(room, notes):
    notes.failures = [TryLater("away")] * 9
    assert room.pull().stopped is not None
    assert len(notes.asked) == 4


def test_refused_for_good_it_says_so(room, notes):
    notes.failures = [GiveUp("no such thing")]
    assert str(room.pull().stopped) == "no such thing"


def test_forgotten_by_the_network_somebody_must_know(room, notes):
    notes.failures = [None, Reconnect("who are you?")]
    with pytest.raises(Reconnect):
        room.pull()
    room.gather()
    assert len(room.posts()) == 2


def test_old_pages_go_and_the_cursor_stays(room, notes):
    room.pull()
    assert room.shelf.purge(before=100) == 0, "not in the collection yet"
    room.gather()
    assert room.shelf.purge(before=100) == 4
    assert room.shelf.cursor("notes") == "7"
    assert not any(raw for kept in room.shelf.everything() for raw in kept.page.items)
    notes.count = 9
    room.pull()
    room.gather()
    assert len(room.posts()) == 9


def test_a_like_that_is_gone_by_its_name_is_taken_back(room, notes):
    def parse(raw):
        number = orjson.loads(raw.body)
        if number == 3:
            yield Reaction(network="pinboard", account="ada", post="n1", kind="like", id="likes/3")
        if number == 7:
            yield Deletion("pinboard", "likes/3", 9_000)

    notes.parse = parse
    room.pull()
    room.gather()
    assert room.likes() == [None]
    notes.count = 8
    room.pull()
    room.gather()
    assert room.likes() == [9_000]


def test_only_what_the_network_states_is_covered(room, notes, monkeypatch):
    """Whoever is heard by the way must not look like an account that was read."""
    monkeypatch.setattr(Shelf, "waiting", _without_coverage(Shelf.waiting))
    room.pull()
    room.gather()
    assert notes.asked
    assert Collection.open(room.into).files("coverage") == []


def _without_coverage(waiting):
    def bare(self):
        for kept in waiting(self):
            yield replace(kept, page=replace(kept.page, coverage=()))

    return bare


def test_one_at_a_time_in_a_folder(room):
    with holding(room.into), pytest.raises(Busy), holding(room.into):
        pass


def test_a_folder_of_other_things_is_refused(tmp_path):
    (tmp_path / "letters.txt").write_text("Dear …")
    with pytest.raises(NotACollection), holding(tmp_path):
        pass


def test_names_of_accounts_make_no_mischief(tmp_path):
    names = ["../../etc", "did:plc:a", "did:plc:b", "DID:PLC:A", "a" * 300, "", "."]
    folders = {Shelf(tmp_path, "pinboard", name).folder for name in names}
    assert len(folders) == len(names)
    assert {folder.parent for folder in folders} == {tmp_path / "raw" / "pinboard"}
