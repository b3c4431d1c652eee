"""Files whose names say what they are not: read where that is safe, else said what they are."""

import bz2
import gzip
import io
import json
import lzma
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.readers import readers
from twoway.collection.records import Note, Posts
from twoway.collection.source import Source
from twoway.collection.staged import _records, choose_reader

ROWS = [
    {"id": str(n), "author": "ada", "created_at": "2024-03-01T10:00:00Z", "text": f"Open at {n}?"}
    for n in range(8)
]
CSV = "\n".join([",".join(ROWS[0]), *(",".join(row.values()) for row in ROWS)]).encode()


def parquet():
    held = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), held)
    return held.getvalue()


def zipped(*members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()


ZIP = zipped(("posts.csv", CSV))


READ = {
    "text": (CSV, (".csv", ".tsv")),
    "JSON": (json.dumps(ROWS).encode(), (".json", ".jsonl")),
    "a Parquet file": (parquet(), (".parquet", ".pq")),
    "a zip": (ZIP, (".zip",)),
    "packed with gzip": (gzip.compress(CSV), (".gz", ".csv.gz")),
    "packed with bzip2": (bz2.compress(CSV), (".bz2",)),
    "packed with xz": (lzma.compress(CSV), (".xz",)),
    "packed with Zstandard": (zstandard.compress(CSV), (".zst",)),
}
REFUSED = {
    "a web page": b"<!DOCTYPE html>\n<html><title>Sign in, please</title>",
    "XML": b'<?xml version="1.0"?><posts><post id="1"/></posts>',
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
    "a film or a recording": b"\0\0\0\x20ftypisom" + bytes(range(256)),
    "a 7z archive": b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(range(256)),
    "a RAR archive": b"Rar!\x1a\x07\x01\x00" + bytes(range(256)),
    "an SQLite database": b"SQLite format 3\0" + bytes(range(256)),
    "a letter in Rich Text": rb"{\rtf1\ansi Dear all}",
    "a Word document": zipped(("[Content_Types].xml", "<t/>"), ("word/document.xml", "<w/>")),
    "empty": b"",
}
SUFFIXES = (
    ".csv", ".tsv", ".json", ".jsonl", ".parquet", ".pq", ".zip", ".gz", ".csv.gz", ".bz2", ".xz",
    ".zst", ".car", ".xlsx", ".txt", "",
)  # fmt: skip
SAYS_NOTHING = ("", ".txt")


def records(path):
    with Source(path) as source:
        return list(_records(source, choose_reader(source, readers()), Options()))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("truly", READ)
def test_what_can_be_read_is_read_whatever_it_is_called(tmp_path, truly, suffix):
    content, own = READ[truly]
    path = tmp_path / f"posts{suffix}"
    path.write_bytes(content)
    found = records(path)
    assert sum(len(one.columns["id"]) for one in found if isinstance(one, Posts)) == len(ROWS)
    told = [one.text for one in found if isinstance(one, Note) and "whatever its name" in one.text]
    is_true = suffix in (*own, *SAYS_NOTHING) or (truly == "a zip" and suffix == ".xlsx")
    said = f"posts{suffix} is {truly}, whatever its name says; it was read as what it is."
    assert told == ([] if is_true else [said])


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("truly", REFUSED)
def test_what_cannot_is_said_to_be_what_it_is(tmp_path, truly, suffix):
    path = tmp_path / f"posts{suffix}"
    path.write_bytes(REFUSED[truly])
    with pytest.raises(Unreadable) as error:
        records(path)
    assert f" is {truly}." in str(error.value)
    assert "Known are" not in str(error.value)


def test_text_that_is_no_table_is_told_as_well_what_it_is_not(tmp_path):
    (tmp_path / "letter.zip").write_text("Dear all,\nthis is a letter.\nYours\nAda\n")
    with pytest.raises(Unreadable, match=r"letter\.zip is text, whatever its name says"):
        records(tmp_path / "letter.zip")


def test_archives_within_archives_are_named(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped(("inner.zip", ZIP)))
    (tmp_path / "b.gz").write_bytes(gzip.compress(ZIP))
    for name, says in (
        ("a.zip", "a.zip: inner.zip is a zip. Unpack it"),
        ("b.gz", "b.gz is a zip."),
    ):
        with pytest.raises(Unreadable, match=says):
            records(tmp_path / name)


def test_what_was_cut_short_is_said_to_be(tmp_path):
    for name in ("a.csv.gz", "a.gz", "a.csv", "a"):
        (tmp_path / name).write_bytes(gzip.compress(CSV)[:30])
        with pytest.raises(Unreadable, match="is damaged or cut short"):
            records(tmp_path / name)


def test_a_folder_of_strangers_says_what_lies_in_it(tmp_path):
    for name in ("a.pdf", "b.png"):
        (tmp_path / name).write_bytes(b"%PDF-")
    with pytest.raises(Unreadable, match=r"It holds a\.pdf, b\.png"):
        records(tmp_path)


def test_a_zip_of_which_all_is_refused_says_why(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped(("../posts.csv", CSV)))
    with pytest.raises(Unreadable, match="leads out of the archive"):
        records(tmp_path / "a.zip")
