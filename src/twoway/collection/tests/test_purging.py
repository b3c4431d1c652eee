import json

import pytest

from twoway import language
from twoway.collection.errors import CollectionError
from twoway.collection.exporting import export
from twoway.collection.folder import Collection
from twoway.collection.purging import purge
from twoway.collection.records import Note, Rejected
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage
from twoway.core.identity import key
from twoway.core.posts import Link, Mention, Version
from twoway.core.reactions import Mark, Reaction

ADA, MUSEUM = key("x", "ada-1"), key("x", "museum")


@pytest.fixture
def talk(gather_all, say):
    """Ada asks, the museum answers, Ben looks on and liked something long ago."""

    def gathered(*, language=False):
        gather_all(
            Account(network="x", id="ada-1", handle="Ada_L", name="Ada Lovett"),
            say("1", "ada-1", text="When do you open?", earlier=(Version(5, "When?"),),
                links=(Link("https://a.example"),), mentions=(Mention("museum"),)),
            say("2", minute=10, text="@Ada_L At nine", parent="1", mentions=(Mention("ada-1"),)),
            say("3", "ben", 20, text="I asked that, too", parent="1"),
            say("4", minute=30, text="Good morning"),
            Reaction(network="x", account="ada-1", post="4", kind="like"),
            Reaction(network="x", account="museum", post="1", kind="like"),
            Mark(network="x", post="1", kind="no_answer_needed", marked_at=3),
            Follow(network="x", follower="ada-1", followed="museum"),
            *(Coverage(network="x", account=who, stream="originals", begins=5, ends=9,
                       is_complete=True, how="archive") for who in ("ada-1", "museum")),
            Note("Inferred for @Ada_L."),
            Rejected("a.csv", 3, "no date", "ada_l,When?"),
            Rejected("a.csv", 4, "no date", "Adamant,Now"),
            language=language,
        )  # fmt: skip

    return gathered


def test_nothing_of_a_person_stays(folder, talk, rows):
    talk()
    purged = purge(folder, accounts=["@ada_l"])
    assert (purged.posts, purged.accounts, purged.rejected) == (1, 1, 1)
    assert sorted(row["id"] for row in rows("posts")) == ["2", "3", "4"]
    assert [row["parent_author"] for row in rows("posts")] == [None, None, None]
    for table in ("links", "versions", "mentions", "marks", "reactions", "follows"):
        assert rows(table) == []
    assert {row["account"] for row in rows("coverage")} == {MUSEUM}
    collection = Collection.open(folder)
    assert not any("Ada_L" in note for note in collection.manifest.notes)
    (file,) = collection.rejects()
    assert [json.loads(line)["line"] for line in file.read_text().splitlines()] == [4]
    named = {part.file for parts in collection.manifest.tables.values() for part in parts}
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet")}
    assert left == named


def test_the_threads_and_readings_of_the_rest_hold(folder, talk, rows):
    talk(language=True)
    purge(folder, accounts=["x/ada_l"])
    posts = {row["post"] for row in rows("posts")}
    assert {row["post"] for row in rows("threads")} == posts
    assert {row["post"] for row in rows("readings")} == posts
    assert {row["post"] for row in rows("kinds")} <= posts
    assert Collection.open(folder).manifest.model == language.MODEL


def test_what_is_too_old_goes_with_those_who_said_it(folder, talk, rows, say):
    talk()
    purged = purge(folder, older_than=say("x", minute=25).said_at)
    assert purged.posts == 3
    assert [row["id"] for row in rows("posts")] == ["4"]
    assert "ben" not in {row["handle"] for row in rows("accounts")}
    assert rows("coverage") == []
    assert purged.rejected == 2
    assert Collection.open(folder).rejects() == []


def test_one_networks_posts_age_alone(folder, talk, rows):
    talk()
    assert purge(folder, older_than=2**62, network="mastodon").posts == 0
    assert len(rows("posts")) == 4
    assert len(rows("coverage")) == 2


def test_readings_of_another_model_stay_as_they_are(folder, talk, rows, monkeypatch):
    talk(language=True)
    before = {row["post"] for row in rows("readings")}
    monkeypatch.setattr(language, "MODEL", "another 1")
    purge(folder, accounts=["ben"])
    assert {row["post"] for row in rows("readings")} == before - {key("x", "3")}
    assert Collection.open(folder).manifest.model != "another 1"


def test_an_unknown_person_is_told(folder, talk):
    talk()
    with pytest.raises(CollectionError, match="knows no account zoe"):
        purge(folder, accounts=["zoe"])


def test_a_person_gets_all_that_is_known_of_them(folder, talk):
    talk(language=True)
    found = list(export(folder, ["Ada_L"]))
    by_table = {}
    for row in found:
        by_table.setdefault(row["table"], []).append(row)
    assert [row["text"] for row in by_table["posts"]] == ["When do you open?"]
    assert [row["name"] for row in by_table["accounts"]] == ["Ada Lovett"]
    assert [row["id"] for row in by_table["mentions"]] == ["2"]
    assert by_table.keys() >= {"links", "versions", "reactions", "follows", "readings", "kinds"}
    assert "At nine" not in json.dumps(found)
