"""The elements of a JSON list, one at a time: memory holds the longest of them, not the list.

Exports put a whole account into one list, sometimes on one line. A broken element is handed over
as Rejected and the next one is found; what cannot be skipped ends the list with a last Rejected.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, TypeVar, cast

import orjson

from twoway.collection.encodings import decode, sniff
from twoway.collection.errors import Unreadable
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.collection.values import Lacking

T = TypeVar("T")

LONGEST = 16 * 1024**2
"""No element of a real export comes near: the longest post with all its media has some 100 kB."""

_CHUNK = 1024 * 1024
# Up to the next mark that counts, strings jumped over; possessive, so that a hostile text costs
# one pass. Inside an element only brackets count, between elements commas too.
_TO_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+[\[\]{}]', re.DOTALL)
_TO_MARK = re.compile(rb'(?:[^"\[\]{},]++|"(?:[^"\\]++|\\.)*+")*+[\[\]{},]', re.DOTALL)
_TO_LIST = re.compile(rb"[^\[]*+\[")
_TO_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*+\{")
_KEY = re.compile(rb'[\s,]*+"((?:[^"\\]++|\\.)*+)"\s*+:\s*+(?=\S)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Element:
    """One element: the line it begins on, what it says, and its bytes."""

    line: int
    value: Any
    raw: bytes


def elements(
    source: Source, name: str, key: str | None = None, longest: int = LONGEST
) -> Iterator[Element | Rejected]:
    """Hand over the elements of the list under `key` of an object, or of the first list there is.

    A key with slashes is a path: "data/comments" is the list under comments of the object under data.

    Whatever stands before that first list is jumped over, so `window.YTD.like.part0 = [` is fine.
    """
    line = 0
    try:
        with source.open(name) as stream:
            scanner = _Scanner(_as_utf8(stream, source.head(name, 1024)), longest)
            if not scanner.enter(key):
                if not scanner.is_blank:
                    what = f'no list "{key}"' if key else "no list"
                    yield Rejected(name, 0, f"holds {what}", excerpt(scanner.data))
                return
            for found in _split(scanner, name):
                line = found.line
                yield found
    except Unreadable as error:
        yield Rejected(name, line, f"the rest cannot be read: {error}", "")


def parse_elements(
    source: Source,
    names: Iterable[str],
    parse: Callable[[Any], Iterable[T]],
    key: str | None = None,
    longest: int = LONGEST,
) -> Iterator[T | Rejected]:
    """Parse the lists of several files; an element that lacks something becomes Rejected.

    For a part of an element `parse` hands over what `reject_part` makes of it.
    """
    for name in names:
        for found in elements(source, name, key, longest):
            if isinstance(found, Rejected):
                yield found
                continue
            try:
                for item in list(parse(found.value)):
                    if isinstance(item, Rejected):
                        yield replace(item, file=name, line=found.line)
                    else:
                        yield item
            except Lacking as lacking:
                yield Rejected(name, found.line, str(lacking), excerpt(found.raw.strip()))


def reject_part(lacking: Lacking, part: object) -> Rejected:
    """Refuse a part of an element; where it stood is filled in by `parse_elements`."""
    try:
        raw = json.dumps(part, default=str).encode()
    except RecursionError:
        raw = b""
    return Rejected("", 0, str(lacking), excerpt(raw))


def ends_early(row: object) -> bool:
    """Tell whether more is missing than this one row: the list was torn off, or is not there."""
    return isinstance(row, Rejected) and row.reason.startswith(("the rest cannot", "holds no"))


def excerpt(raw: bytes) -> str:
    """Return the part of a bad row that is kept."""
    return raw[:8_000].decode(errors="replace")[:2_000].replace("\0", "")


def _as_utf8(stream: BinaryIO, head: bytes) -> BinaryIO:
    """Transcode what an editor on Windows may have saved as UTF-16."""
    encoding = sniff(head) if b"\0" in head else "utf-8"
    if not encoding.startswith(("utf-16", "utf-32")):
        return stream
    return cast("BinaryIO", codecs.EncodedFile(stream, "utf-8", encoding, "replace"))


class _Scanner:
    """Moves over JSON text from mark to mark; `begin` is where the bytes still needed begin."""

    def __init__(self, stream: BinaryIO, longest: int) -> None:
        self.data = b""
        self.at = 0
        self.begin = 0
        self._line = 1
        self._counted = 0
        self._stream = stream
        self._longest = longest

    @property
    def is_blank(self) -> bool:
        return not self.data.strip()

    @property
    def line(self) -> int:
        """The line on which the element at `begin` stands."""
        self._line += self.data.count(b"\n", self._counted, self.begin)
        self._counted = self.begin
        return self._line

    @property
    def is_too_long(self) -> bool:
        return self.at - self.begin > self._longest

    def jump(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """Move behind the next match; None where the file ends first."""
        while not (found := pattern.match(self.data, self.at)):
            if not self._read_on():
                return None
        self.at = found.end()
        return found

    def mark(self, pattern: re.Pattern[bytes]) -> bytes:
        """Move behind the next mark and return it; empty where the file ends first."""
        return self.data[self.at - 1 : self.at] if self.jump(pattern) else b""

    def enter(self, key: str | None) -> bool:
        """Move into the list; False where there is none."""
        if key is None:
            return bool(self.jump(_TO_LIST)) and self.drop()
        *objects, last = key.encode().split(b"/")
        if not self.jump(_TO_OBJECT) or not all(self._find(one) == b"{" for one in objects):
            return False
        return self._find(last) == b"[" and self.drop()

    def _find(self, wanted: bytes) -> bytes:
        """Move into the value under a key of this object; return the mark that begins it."""
        while self.drop() and (found := self.jump(_KEY)):
            if found[1] == wanted:
                return self.mark(_TO_MARK)
            if self._skip_value() != b",":
                return b""
        return b""

    def drop(self) -> bool:
        """Forget what was read; always True, so that it reads on in a condition."""
        self.begin = self.at
        return True

    def _skip_value(self) -> bytes:
        """Move behind the mark that ends a value, and return it."""
        depth = 0
        while mark := self.mark(_TO_BRACKET if depth else _TO_MARK):
            if depth == 0 and mark in b",]}":
                return mark
            depth += 1 if mark in b"[{" else -1
            self.drop()
        return b""

    def _read_on(self) -> bool:
        if len(self.data) - self.at > self._longest:
            raise Unreadable(f"a value longer than {self._longest:,} bytes")
        chunk = self._stream.read(_CHUNK)
        _ = self.line
        self.data = self.data[self.begin :] + chunk
        self.at -= self.begin
        self.begin = self._counted = 0
        return bool(chunk)


def _split(scanner: _Scanner, name: str) -> Iterator[Element | Rejected]:
    depth, is_too_long = 0, False
    while mark := scanner.mark(_TO_BRACKET if depth else _TO_MARK):
        if depth == 0 and mark in b",]}":
            raw = scanner.data[scanner.begin : scanner.at - 1]
            if is_too_long:
                yield Rejected(name, scanner.line, "too long for one record", excerpt(raw))
            elif raw.strip():
                yield _element(scanner, raw, name)
            scanner.drop()
            is_too_long = False
            if mark != b",":
                return
            continue
        depth += 1 if mark in b"[{" else -1
        if scanner.is_too_long:
            is_too_long = scanner.drop()
    tail = scanner.data[scanner.begin :]
    yield Rejected(
        name,
        scanner.line,
        "the rest cannot be read: the file ends in the middle of a list",
        excerpt(tail),
    )


def _element(scanner: _Scanner, raw: bytes, name: str) -> Element | Rejected:
    line = scanner.line + raw[: len(raw) - len(raw.lstrip())].count(b"\n")
    try:
        return Element(line, parse_json(raw), raw)
    except (ValueError, RecursionError) as error:
        return Rejected(name, line, f"no valid JSON ({error})", excerpt(raw.strip()))


def parse_json(raw: bytes) -> Any:
    """Parse strictly first: old exports cut texts inside an emoji, which only `json` accepts."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return json.loads(decode(raw))
