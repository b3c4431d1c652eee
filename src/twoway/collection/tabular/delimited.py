"""Tables as text: comma, semicolon, tab or bar between the cells, quotes around some."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from operator import itemgetter
from typing import Any, Final

from twoway.collection.errors import Unreadable
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.collection.tabular.quoting import Lines, Rows
from twoway.collection.tabular.rows import Row

_DELIMITERS: Final = ",;\t|"
_SAMPLE_LINES: Final = 200
_SAMPLE_SIZE: Final = 2 * 1024**2
_NUMBERS: Final = re.compile(r"[-+\d.,;|eE\s]+")


class Delimited:
    """A file whose delimiter, preamble and header were found in its first lines."""

    def __init__(self, source: Source, name: str) -> None:
        self.name = name
        self._source = source
        lines = _first_lines(source, name)
        if not any(line.strip() for line in lines):
            raise Unreadable(f"{name} is empty. Give the export as it was downloaded.")
        self._delimiter = _sniff(lines)
        sample = _parse(lines, self._delimiter)
        self._header_at = _find_header(sample)
        self.columns = _names(sample[self._header_at] if sample else [])
        if all(_NUMBERS.fullmatch(line.strip()) for line in lines if line.strip()):
            raise Unreadable(f"{name} holds numbers only, no text and no header that names them.")
        if (at := _open_in(sample, self._header_at, len(lines))) is not None:
            raise Unreadable(
                f"{name}, line {at}: a quote opens in the line that names the columns and is never "
                "closed. Close it."
            )
        if len(self.columns) < 2:
            raise Unreadable(
                f"{name} has no header line that names its columns (it begins with "
                f"{lines[0].strip()[:60]!r}). Add one, such as: id,author,created_at,text"
            )

    def rows(self, columns: Sequence[str]) -> Iterator[Row | Rejected]:
        """Hand over rows; one with more or fewer cells than the header is rejected."""
        pick = _picker([self.columns.index(column) for column in columns])
        width, count = len(self.columns), 0
        lines = Lines(self._source.lines(self.name))
        for found in Rows(self.name, lines, self._delimiter, width):
            if isinstance(found, Rejected):
                yield found
                continue
            begins, cells = found
            if count > self._header_at and cells:
                if len(cells) == width:
                    yield begins, pick(cells)
                else:
                    reason = f"{len(cells)} cells where the header has {width}"
                    yield Rejected(self.name, begins, reason, ",".join(cells)[:2_000])
            count += 1


def _first_lines(source: Source, name: str) -> list[str]:
    """Return enough lines to know the file by, but never much of a file of endless ones."""
    held: list[str] = []
    size = 0
    for line in islice(Lines(source.lines(name)), _SAMPLE_LINES):
        held.append(line)
        size += len(line)
        if size > _SAMPLE_SIZE:
            break
    return held


def _parse(lines: list[str], delimiter: str) -> list[list[str]]:
    """Return the rows of a sample up to the first damage."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(csv.reader(lines, delimiter=delimiter))
    return rows


def _sniff(lines: list[str]) -> str:
    """Return the delimiter that cuts most lines into the same number of cells, at least two."""

    def regularity(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in _parse(lines, delimiter) if row)
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(0, 0))
        return (rows if width > 1 else 0, width)

    return max(_DELIMITERS, key=regularity)


def _find_header(sample: list[list[str]]) -> int:
    """Return the place of the header: the first row as wide as most, after notes on top."""
    widths = Counter(len(row) for row in sample if row)
    wide = Counter({width: rows for width, rows in widths.items() if width > 1}) or widths
    width = wide.most_common(1)[0][0] if wide else 0
    return next((place for place, row in enumerate(sample) if len(row) == width), 0)


def _open_in(sample: list[list[str]], place: int, lines: int) -> int | None:
    """Return the line on which a quote opens in the row at `place` that swallows all the lines after."""
    swallowed = sample[place][-1].count("\n") if sample and place == len(sample) - 1 else 0
    return lines - swallowed + 1 if swallowed else None


def _names(header: list[str]) -> tuple[str, ...]:
    """Return the columns' names; a repeated one gets a number, one without gets its place."""
    names: dict[str, None] = {}
    for place, cell in enumerate(header, start=1):
        name = cell.strip().lstrip("\ufeff") or f"column {place}"
        names[name if name not in names else f"{name} ({place})"] = None
    return tuple(names)


def _picker(places: list[int]) -> Any:
    """Return a function from a row to a tuple of some of its cells."""
    if len(places) == 1:
        return lambda cells: (cells[places[0]],)
    return itemgetter(*places) if places else lambda _: ()
