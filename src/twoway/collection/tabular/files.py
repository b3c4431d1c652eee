"""Which files of a source are tables, and of what kind."""

from pathlib import PurePosixPath
from typing import Final

from twoway.collection.encodings import decode
from twoway.collection.errors import Unreadable
from twoway.collection.kinds import HEAD, JSON, kind_of
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.collection.tabular.delimited import Delimited
from twoway.collection.tabular.json_records import JsonRecords
from twoway.collection.tabular.parquet import MAGIC, ParquetTable
from twoway.collection.tabular.rows import TableFile

_DELIMITED: Final = (".csv", ".tsv", ".tab")
_JSON: Final = (".json", ".jsonl", ".ndjson", ".jl")
_PARQUET: Final = (".parquet", ".pq")
_SUFFIXES: Final = (*_DELIMITED, *_JSON, *_PARQUET)
_HEAD: Final = 16 * 1024
# Of characters that no text has; binary files have far more.
_ODD: Final = 0.05


def table_names(source: Source) -> tuple[str, ...]:
    """Return the files that may be tables: by their suffix, a lone file by its content."""
    names = source.names()
    found = tuple(name for name in names if PurePosixPath(name).suffix.lower() in _SUFFIXES)
    if len(names) == 1 and not found and looks_like_text(source, names[0]):
        return names
    return found


def looks_like_text(source: Source, name: str) -> bool:
    """Tell text and Parquet from anything else by the first bytes."""
    if source.head(name, 4).startswith(MAGIC):
        return True
    return _is_text(_text_head(source, name))


def _is_text(head: bytes) -> bool:
    text = decode(head)
    odd = sum(not (character.isprintable() or character.isspace()) for character in text)
    return bool(text) and odd / len(text) < _ODD


def open_table(source: Source, name: str) -> TableFile:
    """Open a file as the kind of table that its first bytes show, whatever it is called."""
    with source.open(name) as stream:
        magic = stream.read(HEAD)
    if magic.startswith(MAGIC):
        return ParquetTable(source, name)
    if (kind := kind_of(magic)) and kind.cure:
        raise Unreadable(f"{name} is {kind.words}. {kind.cure}")
    head = _text_head(source, name)
    if not head.strip():
        raise Unreadable(f"{name} is empty. Give the export as it was downloaded.")
    if JSON.begins.match(head):
        return JsonRecords(source, name, head)
    if not _is_text(head.strip().partition(b"\n")[0]):  # a header; what people write may be odd
        raise Unreadable(
            f"{name} is no text, whatever its name says. Give the table as it was exported: "
            "CSV, JSON or Parquet."
        )
    return Delimited(source, name)


def is_spreadsheet(source: Source) -> bool:
    """Tell an Excel or OpenDocument file, which is a zip, from an archive."""
    names = source.names()
    return "xl/workbook.xml" in names or ("content.xml" in names and "mimetype" in names)


def _text_head(source: Source, name: str) -> bytes:
    """Return the first lines as UTF-8, whatever the file's encoding."""
    held = bytearray()
    for found in source.lines(name):
        if isinstance(found, Rejected):
            held += found.raw.encode(errors="replace")
            break
        held += found[1] + b"\n"
        if len(held) > _HEAD:
            break
    return bytes(held)
