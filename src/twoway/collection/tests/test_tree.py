"""Posts in their trees: pieces merged, kinds added up, also in folders that lack the table."""

import json

import pytest

from twoway import language
from twoway.collection.folder import Collection
from twoway.collection.purging import purge
from twoway.core.identity import key
from twoway.core.posts import Version
from twoway.core.readings import Kind, Reading

MINUTE = 60_000_000
MORNING = 1_772_442_000_000_000


@pytest.fixture
def read(monkeypatch):
    """Let every text be read as the kinds it names: "question praise | asks"."""

    def kinds(words):
        return tuple(Kind(word, 0.9, holds=not word.isupper()) for word in words.split())

    def fake(utterances, *_):
        for utterance in utterances:
            theirs, _, ours = utterance.text.partition("|")
            yield Reading(theirs=kinds(theirs), ours=kinds(ours))

    monkeypatch.setattr(language, "read", fake)


@pytest.fixture
def town(read, gather_all, say, rows):  # noqa: ARG001  it reads while importing
    """A post, an answer in two pieces, thanks for it, an edited question, what a missing post got."""
    gather_all(
        say("1", "ada", text="question complaint"),
        say("2", "museum", 5, parent="1", text="| thanks"),
        say("3", "museum", 6, parent="2", text="| promise asks"),
        say("4", "ada", 9, parent="3", text="closer"),
        say("5", "ben", 10, text="praise",
            earlier=(Version(MORNING + 20 * MINUTE, "question"),)),
        say("6", "cem", 11, parent="lost", parent_author="museum", text="QUESTION"),
        language=True,
    )  # fmt: skip
    return {row["post"]: row for row in rows("tree")}


def test_pieces_are_one_row_and_what_follows_hangs_on_the_first(town):
    assert town.keys() == {key("x", n) for n in "12456"}
    answer, thanks = town[key("x", "2")], town[key("x", "4")]
    assert (answer["pieces"], thanks["pieces"]) == (2, 1)
    assert thanks["above"] == thanks["parent"] == answer["post"]
    assert (thanks["above_author"], thanks["above_at"]) == (answer["author"], answer["said_at"])


def test_kinds_are_those_of_all_pieces_in_their_last_version(town):
    found = {post: (row["theirs"], row["ours"]) for post, row in town.items()}
    assert found == {
        key("x", "1"): (1 + 2, 0),
        key("x", "2"): (512, 1 + 2 + 16),
        key("x", "4"): (64, 0),
        key("x", "5"): (8, 0),
        key("x", "6"): (512, 0),  # what is read and does not hold
    }


def test_whom_one_answers_is_known_without_their_post(town):
    answer = town[key("x", "6")]
    assert (answer["above"], answer["above_author"]) == (None, key("x", "museum"))
    assert answer["is_reply"]


def test_a_folder_of_the_first_version_gets_the_table(town, folder, rows):
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["tables"]["tree"]
    (folder / "manifest.json").write_text(json.dumps(manifest | {"schema_version": 1}))
    assert Collection.open(folder).manifest.rows("tree") == len(town)
    assert {row["post"]: row for row in rows("tree")} == town
    assert not list(folder.glob(".scratch*"))


def test_a_purge_makes_it_anew(town, folder, rows):
    purge(folder, accounts=["ben"])
    assert {row["post"] for row in rows("tree")} == town.keys() - {key("x", "5")}
