import gzip
import json

import pytest

from twoway.collection.errors import Unreadable
from twoway.collection.folder import Collection
from twoway.collection.gathering import gather
from twoway.collection.reader import Options
from twoway.collection.records import Note, Own, Rejected
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage

CSV = "id,author,created_at,text\n1,ada,2026-03-02T09:00:00Z,Hello\n2,ben,2026-03-02T10:00:00Z,Hi\n"


def test_every_row_is_a_post_a_double_or_rejected(tmp_path, gather_files):
    (tmp_path / "a.csv").write_text(CSV + "3,cleo,yesterday,When?\n4,dora\n2,ben,2026-03-02,Hi\n")
    summary = gather_files(tmp_path / "a.csv")
    assert (summary.read, summary.added, summary.duplicates, summary.rejected) == (3, 2, 1, 2)
    assert sorted((one.line, one.reason) for one in summary.examples) == [
        (4, "no date: 'yesterday'"),
        (5, "2 cells where the header has 4"),
    ]


def test_rejected_rows_are_kept_aside(tmp_path, folder, gather_files):
    (tmp_path / "a.csv").write_text(CSV + "3,cleo,yesterday,When?\n")
    summary = gather_files(tmp_path / "a.csv")
    (file,) = summary.rejects
    assert file.parent == folder / "rejects"
    (kept,) = map(json.loads, file.read_text().splitlines())
    assert (kept["file"], kept["line"]) == ("a.csv", 4)
    assert "yesterday" in kept["raw"]
    assert Collection.open(folder).rejects() == [file]


def test_the_summary_says_it_in_words(tmp_path, gather_files):
    (tmp_path / "a.csv").write_text(CSV + "3,cleo,yesterday,When?\n")
    said = str(gather_files(tmp_path / "a.csv"))
    assert "2 posts read: 2 new, 0 known already" in said
    assert "a.csv, line 4: no date: 'yesterday'" in said
    assert "text = text" in said


def test_the_same_source_again_replaces_its_entry(tmp_path, folder, gather_files):
    (tmp_path / "a.csv").write_text(CSV + "3,cleo,yesterday,When?\n")
    gather_files(tmp_path / "a.csv")
    gather_files(tmp_path / "a.csv")
    (entry,) = Collection.open(folder).manifest.imports
    assert (entry.posts, entry.rejected) == (2, 1)
    assert len(Collection.open(folder).rejects()) == 1


def test_another_source_of_the_name_is_another_entry(tmp_path, folder, gather_files):
    (tmp_path / "a.csv").write_text(CSV)
    gather_files(tmp_path / "a.csv")
    (tmp_path / "a.csv").write_text(CSV.replace("Hello", "Hullo"))
    gather_files(tmp_path / "a.csv")
    assert len(Collection.open(folder).manifest.imports) == 2


def test_several_sources_come_together(tmp_path, gather_files, rows):
    (tmp_path / "a.csv").write_text(CSV)
    (tmp_path / "b.jsonl.gz").write_bytes(
        gzip.compress(b'{"id":"9","author":"ada","created_at":1772442000,"text":"Good morning"}\n')
    )
    summary = gather_files(tmp_path / "a.csv", tmp_path / "b.jsonl.gz")
    assert [source.posts for source in summary.sources] == [2, 1]
    assert sorted(row["id"] for row in rows("posts")) == ["1", "2", "9"]


def test_a_missing_source_stops_before_anything_is_written(tmp_path, folder, gather_files):
    (tmp_path / "a.csv").write_text(CSV)
    with pytest.raises(Unreadable, match="does not exist"):
        gather_files(tmp_path / "a.csv", tmp_path / "b.csv")
    assert not folder.exists()


def test_what_no_reader_knows_says_what_is_known(tmp_path, gather_files):
    (tmp_path / "a.bin").write_bytes(bytes(range(256)) * 20)
    with pytest.raises(Unreadable, match=r"Known are: .*TWCS.*--columns"):
        gather_files(tmp_path / "a.bin")


class Torn:
    """A reader whose source breaks off, before or after a first record."""

    NAME = "torn"
    PRIORITY = 1

    def __init__(self, *records):
        self._records = records

    def recognises(self, _source):
        return True

    def read(self, _source, _options):
        yield from self._records
        raise Unreadable("a.csv is damaged")


def test_damage_after_the_first_record_keeps_what_came(tmp_path, folder, say):
    (tmp_path / "a.csv").write_text("x")
    summary = gather([tmp_path / "a.csv"], folder, [Torn(say("1"))], language=False)
    assert (summary.added, summary.rejected) == (1, 1)
    assert "the rest cannot be read: a.csv is damaged" in summary.examples[0].reason


def test_damage_before_the_first_record_is_an_error(tmp_path, folder):
    (tmp_path / "a.csv").write_text("x")
    with pytest.raises(Unreadable, match="damaged"):
        gather([tmp_path / "a.csv"], folder, [Torn()], language=False)
    assert not folder.exists()


def test_the_owner_of_an_archive_is_an_organisation(gather_all, rows, say):
    account = Account(
        network="x", id="1", handle="HarbourMuseum", site="https://www.museum.example/a"
    )
    gather_all(say("1", author="1"), account, Own("x", "1"))
    gather_all(say("2", author="1"), account, Own("x", "1"))
    assert [row["organisation"] for row in rows("organisations")] == ["harbourmuseum"]
    assert [(row["kind"], row["value"]) for row in rows("brands")] == [("site", "museum.example")]


def test_notes_and_rejects_reach_the_summary_and_the_manifest(folder, gather_all, say):
    summary = gather_all(say("1"), Note("Guessed."), Note("Guessed."), Rejected("a", 2, "why", ""))
    assert summary.notes[0] == "Guessed."
    assert Collection.open(folder).manifest.notes.count("Guessed.") == 1
    assert summary.rejected == 1


def test_two_collections_become_one(tmp_path, folder, gather_all, say, rows):
    gather_all(say("1", text="Here"), Rejected("a", 1, "why", "raw"), into=tmp_path / "other")
    gather_all(say("2", "ada", 1, parent="1"))
    summary = gather([tmp_path / "other"], folder, [], Options(), language=False)
    assert (summary.added, summary.duplicates, summary.posts) == (1, 0, 2)
    assert len({row["thread"] for row in rows("threads")}) == 1
    assert [file.read_text() for file in Collection.open(folder).rejects()] != []
    again = gather([tmp_path / "other"], folder, [], language=False)
    assert (again.added, again.duplicates) == (0, 1)


def test_progress_is_told(folder, say):
    told = []

    def progress(doing, done=None, total=None):
        told.append((doing, done, total))

    from twoway.collection.gathering import gather_records  # noqa: PLC0415  with its own progress

    gather_records((say(str(n), text="Hello there") for n in range(3)), folder, "three", progress)
    assert ("Reading what posts say:", 3, 3) in told
    assert any(doing == "Merging" for doing, _, _ in told)


def test_coverage_is_joined_where_it_overlaps(gather_all, say, rows):
    def cover(begins, ends, *, is_complete=True, stream="replies"):
        return Coverage(
            network="x", account="museum", stream=stream, begins=begins, ends=ends,
            is_complete=is_complete, how="archive",
        )  # fmt: skip

    gather_all(say("1"), cover(10, 20), cover(50, 60), cover(12, 15, is_complete=False))
    gather_all(say("1"), cover(15, 30), cover(50, 70, is_complete=False))
    spans = [(row["begins"], row["ends"], row["is_complete"]) for row in rows("coverage")]
    assert spans == [(10, 30, True), (50, 60, True), (61, 70, False)]
