"""What a file is by its first bytes, whatever its name says, and what to do with one that is foreign."""

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from twoway.collection import manifest
from twoway.collection.source import Source

HEAD: Final = 512
"""So many bytes tell a kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A make of file: how people call it, how it begins, what it is called, and the cure where we cannot read it."""

    words: str
    begins: re.Pattern[bytes]
    suffixes: Collection[str]
    cure: str


def _kind(words: str, begins: bytes, suffixes: str = "", cure: str = "") -> Kind:
    return Kind(words, re.compile(begins, re.DOTALL), suffixes.split(), cure)


_EXPORT: Final = (
    "Give the export itself: the network's archive, or a table as CSV, JSON or Parquet."
)
_UNPACK: Final = "Unpack it and give what it holds."
_TABLE: Final = "Export the table as CSV and give that."
_AGAIN: Final = (
    "Where a download fails, the excuse may be saved in its place: download the export again."
)
_START: Final = rb"(\xef\xbb\xbf)?\s*"
JSON: Final = _kind("JSON", _START + rb"(\{|\[\s*(\{|\]|$))", ".json .jsonl .ndjson .jl")
_KINDS: Final = (
    _kind("a zip", rb"PK(\x03\x04|\x05\x06)", ".zip .xlsx .ods .docx .odt .pptx", _UNPACK),
    _kind("packed with gzip", rb"\x1f\x8b", ".gz .tgz", _UNPACK),
    _kind("packed with bzip2", rb"BZh\d", ".bz2", _UNPACK),
    _kind("packed with xz", rb"\xfd7zXZ\0", ".xz", _UNPACK),
    _kind("packed with Zstandard", rb"\x28\xb5\x2f\xfd", ".zst .zstd", _UNPACK),
    _kind("a tar archive", rb".{257}ustar", ".tar", _UNPACK),
    _kind("a 7z archive", rb"7z\xbc\xaf\x27\x1c", ".7z", _UNPACK),
    _kind("a RAR archive", rb"Rar!\x1a\x07", ".rar", _UNPACK),
    _kind("a Parquet file", rb"PAR1", ".parquet .pq"),
    _kind("an SQLite database", rb"SQLite format 3", ".db .sqlite .sqlite3", _TABLE),
    _kind("an old Excel or Word file", rb"\xd0\xcf\x11\xe0", ".xls .doc", _TABLE),
    _kind("a PDF", rb"%PDF-", ".pdf", _TABLE),
    _kind(
        "a picture", rb"\x89PNG\r|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP",
        ".png .jpg .jpeg .gif .webp", _EXPORT,
    ),
    _kind(
        "a film or a recording", rb".{4}ftyp|ID3[\2-\4]\0|OggS|\x1aE\xdf\xa3",
        ".mp4 .mov .m4a .mp3 .ogg .webm .mkv", _EXPORT,
    ),
    _kind("a letter in Rich Text", rb"\{\\rtf", ".rtf", _EXPORT),
    _kind("a web page", _START + rb"<(?i:!doctype html|html|head)\b", ".html .htm", _AGAIN),
    _kind("XML", _START + rb"<\?xml\b", ".xml", "Export it as CSV or JSON and give that."),
    JSON,
)  # fmt: skip
_TEXT: Final = _kind("text", rb"[^\0-\x08\x0e-\x1a\x1c-\x1f]*$|\xff\xfe|\xfe\xff", ".csv .tsv .tab")
# Known by content alone, to the reader of the network whose export it is.
_OTHERS: Final = frozenset({".car"})
_CLAIMS: Final = _OTHERS.union(*(kind.suffixes for kind in (*_KINDS, _TEXT)))
_OURS: Final = re.compile(rb'\{\s*"format": "%s"' % manifest.FORMAT.encode())
_DOCUMENTS: Final = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
}


def kind_of(head: bytes) -> Kind | None:
    """Return what begins like this; None for plain text, and for what nobody knows."""
    return next((kind for kind in _KINDS if kind.begins.match(head[:HEAD])), None)


def misnamed(source: Source) -> str:
    """Return what a file is whose name says otherwise: "a zip"; "" where it does not."""
    suffix = source.path.suffix.lower()
    if suffix not in _CLAIMS or not source.path.is_file():
        return ""
    with suppress(OSError), source.path.open("rb") as file:
        head = file.read(HEAD)
        found = kind_of(head) or (_TEXT if _TEXT.begins.match(head) else None)
        if head and found is not None and suffix not in found.suffixes:
            return found.words
    return ""


def collection_within(source: Source) -> str:
    """Say where in a source a collection of ours lies, and the cure; "" where none does.

    Its tables would else be read as somebody's export.
    """
    for name in source.find(manifest.NAME):
        if _OURS.match(source.head(name, HEAD)):
            folder = source.path / PurePosixPath(name).parent
            where = f"{source.path} holds a collection that Twoway made"
            if source.path.is_dir():
                return f"{where}: give that, {folder}, or a folder without it."
            return f"{where}. Unpack it and give the folder."
    return ""


def refusal(source: Source) -> str:
    """Say what a source is that no reader takes, and the cure; "" where nobody knows.

    Raises Unreadable where it is damaged.
    """
    names = source.names()
    if not names and source.refused:
        first = source.refused[0]
        return f"{source.path} holds nothing that may be opened. {first.file}: {first.reason}."
    if not names:
        return f"{source.path} is empty. Give the export, or the folder that holds it."
    for name, words in _DOCUMENTS.items():
        if name in names:
            return f"{source.path} is {words}. {_EXPORT}"
    if len(names) > 1:
        return ""
    with source.open(names[0]) as stream:
        head = stream.read(HEAD)
    if not head:
        return f"{source.path} is empty. Give the export as it was downloaded."
    kind = kind_of(head)
    inside = f": {names[0]}" if not source.path.name.startswith(names[0]) else ""
    return f"{source.path}{inside} is {kind.words}. {kind.cure}" if kind else ""
