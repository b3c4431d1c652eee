"""A measure is one file: found by scanning, documented by its head, refused where that is not whole."""

import shutil

import pytest

from twoway.audit import bands, catalogue
from twoway.audit.errors import BrokenMeasure

HEAD = """-- Emoji: does it smile?
-- number: 27
-- group: people
-- shape: share
-- unit: share
-- needs: O
-- formula: originals with a smile
--   / originals
-- claim: B1
-- band: ours | dry < 5 % < ordinary < 50 % < silly | a guess | nobody | 2026
-- evidence: hits newest: a smile
-- example: 2 of 10
-- part sad: Sad ones
-- needs sad: O R
"""
QUERY = "select organisation, '' as part, post, said_at as happened_at, true as hit, true as sure\nfrom own_posts"


def _read(folder, head=HEAD, name="emoji.sql"):
    (folder / name).write_text(f"{head}{QUERY}\n", encoding="utf-8")
    return catalogue.read(folder)


def test_reads_a_head(tmp_path):
    (measure,) = _read(tmp_path)
    assert (measure.id, measure.number, measure.name) == ("emoji", 27, "Emoji")
    assert measure.question == "does it smile?"
    assert measure.whole.formula == "originals with a smile / originals"
    assert measure.sheets[0].query == QUERY
    assert [(part.id, part.name, part.needs) for part in measure.parts] == [
        ("sad", "Sad ones", ("O", "R"))
    ]


def test_files_of_parts_join_their_measure(tmp_path):
    part = "-- Angry ones: how angry?\n-- shape: count\n-- unit: count\n-- needs: O\n-- formula: x\n-- part angry: Angry\n"
    (tmp_path / "emoji.angry.sql").write_text(part + QUERY, encoding="utf-8")
    (measure,) = _read(tmp_path, HEAD.replace("-- part sad", "-- parts: angry sad\n-- part sad"))
    assert [part.id for part in measure.parts] == ["angry", "sad"]
    assert [sheet.shape for sheet in measure.sheets] == ["share", "count"]
    assert measure.parts[0].unit == "count"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("-- Emoji: does it smile?", "select 1", "emoji.sql, line 1: expected '-- Name: question it answers?'."),
        ("-- number: 27\n", "", "emoji.sql: the head says no number. Add '-- number: …'."),
        ("-- number: 27", "-- number: many", "emoji.sql: 'number: many' is no number."),
        ("-- claim: B1", "-- clam: B1", "emoji.sql, line 9: no '-- key: value' we know: -- clam: B1"),
        ("hits newest: a smile", "hits: a smile", "ends in no order"),
        ("dry < 5 % <", "dry < many <", "'many' is no number."),
        ("| nobody | 2026", "", "a band has five fields between bars, not 3."),
        ("-- part sad", "-- parts: glad\n-- part sad", "emoji.sql: no file has '-- part glad: name'."),
        ("-- unit: share", "-- unit: miles", "emoji.sql: a unit is one of share, minutes"),
        ("-- needs sad", "-- needs bad", "emoji.sql: add '-- part bad: name'."),
        ("-- shape: share", "-- shape: blob", "emoji.sql: there is no shape 'blob'."),
    ],
)  # fmt: skip
def test_says_what_is_wrong_and_where(tmp_path, old, new, says):
    with pytest.raises(BrokenMeasure) as caught:
        _read(tmp_path, HEAD.replace(old, new))
    assert says in str(caught.value)


def test_head_without_a_query(tmp_path):
    (tmp_path / "emoji.sql").write_text(HEAD, encoding="utf-8")
    with pytest.raises(BrokenMeasure, match="below the head there is no query"):
        catalogue.read(tmp_path)


def test_part_file_without_its_measure(tmp_path):
    with pytest.raises(
        BrokenMeasure, match=r"emoji.angry.sql: there is no emoji.sql it could be a part of"
    ):
        _read(tmp_path, name="emoji.angry.sql")


def test_measures_come_by_number():
    numbers = [measure.number for measure in catalogue.read()]
    assert numbers == sorted(numbers)


def test_finds_by_id_or_number():
    assert catalogue.find("reply_share") == catalogue.find("1")
    assert catalogue.find("no_such_measure") is None


def test_a_copy_of_ours_reads_the_same(tmp_path):
    for path in catalogue.FOLDER.glob("*.sql"):
        shutil.copy(path, tmp_path)
    assert [m.id for m in catalogue.read(tmp_path)] == [m.id for m in catalogue.read()]


@pytest.mark.parametrize(
    ("value", "label"),
    [(0.049, "dry"), (0.05, "ordinary"), (0.4, "ordinary"), (0.5, "silly"), (None, "")],
)
def test_places_a_value_in_its_band(value, label):
    line = bands.read("ours | dry < 5 % < ordinary < 50 % < silly | a guess | nobody | 2026")
    band = line.place(value)
    assert (band.label, band.lower, band.upper) == (label, 0.05, 0.5)


def test_a_band_without_limits_is_only_told():
    band = bands.read("D | | 3 of 4 desks | tweets | 2017").place(0.3)
    assert (band.label, band.meaning, band.lower, band.upper) == ("", "3 of 4 desks", None, None)


def test_limits_may_be_negative_and_whole():
    line = bands.read("ours | a < −10 < b < 2.5 < c | x | y | 2026")
    assert line.limits == (-10, 2.5)
