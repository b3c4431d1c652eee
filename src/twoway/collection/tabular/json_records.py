"""Tables as JSON: one object a line, or a list of objects; nested ones become dotted columns."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, Final

import orjson

from twoway.collection.elements import elements, excerpt
from twoway.collection.encodings import decode
from twoway.collection.errors import Unreadable
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.collection.tabular.rows import Row

_SAMPLE: Final = 300
# user.public_metrics.followers_count is as deep as any export goes.
_DEPTH: Final = 4
_MOST_COLUMNS: Final = 2_000
_LIST_OF_OBJECTS: Final = re.compile(rb'"((?:[^"\\]|\\.)*)"\s*:\s*\[\s*\{')


class JsonRecords:
    """A file of JSON objects."""

    def __init__(self, source: Source, name: str, head: bytes) -> None:
        self.name = name
        self._source = source
        self._is_lines, self._key = _form(head)
        columns: dict[str, None] = {}
        for record in islice(self._records(), _SAMPLE):
            if not isinstance(record, Rejected) and len(columns) < _MOST_COLUMNS:
                columns.update(dict.fromkeys(_flatten(record[1])))
        if not columns:
            raise Unreadable(f"{name} holds no JSON objects.")
        self.columns = tuple(columns)

    def rows(self, columns: Sequence[str]) -> Iterator[Row | Rejected]:
        """Hand over rows; what an object lacks is None."""
        pick = _picker(columns)
        for record in self._records():
            if isinstance(record, Rejected):
                yield record
            else:
                line, item = record
                yield line, pick(item)

    def _records(self) -> Iterator[tuple[int, dict[str, Any]] | Rejected]:
        for found in self._lines() if self._is_lines else self._elements():
            if isinstance(found, Rejected):
                yield found
                continue
            line, value, raw = found
            if isinstance(value, dict):
                yield line, value
            else:
                yield Rejected(self.name, line, "no JSON object", excerpt(raw))

    def _lines(self) -> Iterator[tuple[int, Any, bytes] | Rejected]:
        for found in self._source.lines(self.name):
            if isinstance(found, Rejected):
                yield found
                continue
            line, raw = found
            try:
                yield line, orjson.loads(raw), raw
            except orjson.JSONDecodeError:
                if raw.strip():
                    yield self._leniently(line, raw)

    def _leniently(self, line: int, raw: bytes) -> tuple[int, Any, bytes] | Rejected:
        """Take what strict JSON forbids and tools write: NaN, halves of emoji, stray cp1252."""
        try:
            return line, json.loads(decode(raw)), raw
        except (ValueError, RecursionError) as error:
            return Rejected(self.name, line, f"no valid JSON ({error})", excerpt(raw))

    def _elements(self) -> Iterator[tuple[int, Any, bytes] | Rejected]:
        for found in elements(self._source, self.name, self._key):
            yield found if isinstance(found, Rejected) else (found.line, found.value, found.raw)


def _form(head: bytes) -> tuple[bool, str | None]:
    """Tell JSON lines from a list, and the key of the list where it stands in an object."""
    begin = head.lstrip()
    if begin.startswith(b"["):
        return False, None
    first = begin.split(b"\n", 1)[0]
    try:
        value = orjson.loads(first)
    except orjson.JSONDecodeError:
        value = None
    is_whole_file = len(first.strip()) == len(begin.strip())
    key = _LIST_OF_OBJECTS.search(begin)
    if (
        key
        and (value is None or is_whole_file)
        and (value is None or _is_list_of_all(value, key[1]))
    ):
        return False, key[1].decode(errors="replace")
    return True, None


def _is_list_of_all(value: dict[str, Any], key: bytes) -> bool:
    """Tell an envelope {"data": [...]} from a single record that happens to hold a list."""
    return key.decode(errors="replace") in value and len(value) < 6


def _flatten(record: dict[str, Any], before: str = "", depth: int = 1) -> Iterator[str]:
    """Return the dotted names of all values that are no objects themselves."""
    for name, value in record.items():
        if isinstance(value, dict) and depth < _DEPTH:
            yield from _flatten(value, f"{before}{name}.", depth + 1)
        else:
            yield f"{before}{name}"


def _picker(columns: Sequence[str]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    """Return a function from an object to the values of some columns; what it lacks is None."""
    getters = [_getter(column) for column in columns]
    if len(columns) < 2 or any("." in column for column in columns):
        return lambda record: tuple([get(record) for get in getters])
    pick_all = itemgetter(*columns)

    def pick(record: dict[str, Any]) -> tuple[Any, ...]:
        try:
            return pick_all(record)  # type: ignore[no-any-return]  # a tuple for two and more
        except KeyError:
            return tuple([get(record) for get in getters])

    return pick


def _getter(column: str) -> Callable[[dict[str, Any]], Any]:
    """Return a function that finds a dotted name, whichever of its dots are part of a key."""
    if "." not in column:
        return lambda record: record.get(column)
    head, _, rest = column.partition(".")
    below = _getter(rest)

    def get(record: dict[str, Any]) -> Any:
        if column in record:
            return record[column]
        inner = record.get(head)
        return below(inner) if isinstance(inner, dict) else None

    return get
