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
# Under these stand answers, whole as the posts they are said to.
_ANSWERS: Final = ("answers", "replies", "comments", "children")
_TEXTS: Final = frozenset({"text", "body", "message", "content"})
_OWN_IDS: Final = ("id", "pk", "cid", "comment_id", "post_id", "uri")
# An envelope says little beside its list; a record says much.
_MOST_OF_ENVELOPE: Final = 6
# An object that opens, under a key or at the beginning, one that closes, and texts, which hide both.
_OPENING: Final = re.compile(rb'(?:"((?:[^"\\]|\\.)*)"\s*:\s*)?([{}])|"(?:[^"\\]|\\.)*"')
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
            raise Unreadable(
                f"{name} holds no JSON objects that can be read. Give the export as it was downloaded."
            )
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
                for record in _with_answers(value):
                    yield line, record
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


def _with_answers(record: dict[str, Any], depth: int = 1) -> Iterator[dict[str, Any]]:
    """Hand over a record and what was said to it, where that stands inside it."""
    yield record
    own = next((record[key] for key in _OWN_IDS if record.get(key)), None)
    for key in _ANSWERS if own is not None and depth < _DEPTH else ():
        held = record.get(key)
        if isinstance(held, dict):
            held = held.get("data")
        for answer in held if isinstance(held, list) else ():
            if isinstance(answer, dict) and not _TEXTS.isdisjoint(answer):
                yield from _with_answers({"parent_id": own, **answer}, depth + 1)


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
    if key and value is None:
        return False, _path(begin[: key.start()], key[1])
    if key and is_whole_file and (path := _path_of_all(value, key[1].decode(errors="replace"))):
        return False, path
    return True, None


def _path(before: bytes, key: bytes) -> str:
    """Return the path of a key in an envelope: the keys of the objects that are open before it."""
    opened: list[bytes] = []
    for text, mark in _OPENING.findall(before):
        if mark == b"{":
            opened.append(text)
        elif mark == b"}" and opened:
            opened.pop()
    return b"/".join([*opened[1:], key]).decode(errors="replace")


def _path_of_all(value: Any, key: str) -> str | None:
    """Tell an envelope {"data": [...]} from a single record that happens to hold a list."""
    if not isinstance(value, dict) or len(value) >= _MOST_OF_ENVELOPE:
        return None
    if isinstance(value.get(key), list):
        return key
    below = ((name, _path_of_all(inner, key)) for name, inner in value.items())
    return next((f"{name}/{path}" for name, path in below if path), None)


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
