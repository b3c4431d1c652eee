"""Rows of cells out of lines of text, where a quote that is never closed costs one row and no more."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from twoway.collection.encodings import decode
from twoway.collection.records import Rejected

Line = tuple[int, str]
"""Its number in the file, and its text with an end, as csv wants it."""

# A cell longer than this is a quote that was never closed; csv's limit is the process's.
_LONGEST_CELL: Final = 4 * 1024**2
csv.field_size_limit(_LONGEST_CELL)
_OPEN: Final = (
    "a quote opens here and is never closed: close it, or double it where the text means one. "
    "The lines below were read without it"
)
_TOO_LONG: Final = f"a cell of more than {_LONGEST_CELL:,} characters"


class Lines:
    """Decoded lines; `row` are those since it was last cleared, `is_over` tells that no more came."""

    def __init__(self, found: Iterable[tuple[int, bytes] | Rejected]) -> None:
        self.row: list[Line] = []
        self.is_over = False
        self._found = iter(found)
        self._more = 0
        self._again: deque[Line] = deque()
        self.rejected: list[Rejected] = []

    def __iter__(self) -> Iterator[str]:
        row, again = self.row, self._again
        while again:
            row.append(line := again.popleft())
            yield line[1]
        for found in self._found:
            if isinstance(found, Rejected):
                self.rejected.append(found)
                continue
            text = decode(found[1])
            if "\r" in text or "\0" in text:
                # A bare \r ended a line on old Macs; csv takes it for damage.
                parts = text.replace("\0", "").split("\r")
                again.extend(
                    (found[0] + self._more + n, f"{part}\n") for n, part in enumerate(parts)
                )
                self._more += len(parts) - 1
                while again:
                    row.append(line := again.popleft())
                    yield line[1]
            else:
                text += "\n"
                row.append((found[0] + self._more, text))
                yield text
        self.is_over = True

    def give_back(self, count: int) -> list[Line]:
        """Return the first lines of the row; the others come again to whoever iterates anew."""
        kept = self.row[:count]
        self._again.extendleft(reversed(self.row[count:]))
        self.row.clear()
        self.is_over = False
        return kept

    def take_rejected(self) -> list[Rejected]:
        """Return what was no line since the last call."""
        taken, self.rejected = self.rejected, []
        return taken


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file, each with the number of the line it begins on; whole ones have `width` cells.

    Of a row in which a quote stays open only the lines up to that quote are rejected. What it
    swallowed is read again without it: every line twice at most, as no other quote opens there.
    """

    name: str
    lines: Lines
    delimiter: str
    width: int

    def __iter__(self) -> Iterator[tuple[int, list[str]] | Rejected]:
        lines, row = self.lines, self.lines.row
        while not lines.is_over:
            try:
                for cells in csv.reader(lines, delimiter=self.delimiter):
                    if lines.rejected:
                        yield from lines.take_rejected()
                    # Every line has an end: only an open quote makes a row of what ends without.
                    if lines.is_over:
                        yield self._reject(cells, len(cells) - 1)
                        break
                    if len(row) > 1 and (place := self._swallower(cells)) is not None:
                        yield self._reject(cells, place)
                        break
                    yield row[0][0], cells
                    row.clear()
            except csv.Error:
                yield self._reject_endless()
            yield from lines.take_rejected()

    def _swallower(self, cells: Sequence[str]) -> int | None:
        """Return the place of the cell that holds whole rows and ends where another's quote opens."""
        texts = [text for _, text in self.lines.row]
        if not (any(map(self._is_row, texts[1:])) and _ends_amiss(texts, self.delimiter)):
            return None
        return max(range(len(cells)), key=lambda place: cells[place].count("\n"))

    def _is_row(self, text: str) -> bool:
        """Tell a line that is a row of its own from a line of a text."""
        if text.count(self.delimiter) < self.width - 1:
            return False
        opens = text.startswith('"') or f'{self.delimiter}"' in text
        return (opens or '"' not in text) and len(_first([text], self.delimiter)) == self.width

    def _reject(self, cells: Sequence[str], place: int) -> Rejected:
        """Reject a row up to the line on which the cell at `place` opens; read the rest again."""
        lost = self.lines.give_back(1 + sum(cell.count("\n") for cell in cells[:place]))
        raw = "".join(text for _, text in lost).rstrip("\n")
        return Rejected(self.name, lost[-1][0], _OPEN, raw[:2_000])

    def _reject_endless(self) -> Rejected:
        *before, (number, last) = self.lines.row
        if before:
            cells = _first([text for _, text in before], self.delimiter)
            return self._reject(cells, len(cells) - 1)
        self.lines.give_back(1)
        return Rejected(self.name, number, _TOO_LONG, last[:2_000])


def _first(texts: Sequence[str], delimiter: str) -> list[str]:
    return next(csv.reader(texts, delimiter=delimiter), [])


def _ends_amiss(texts: Sequence[str], delimiter: str) -> bool:
    """Tell whether a quote that closes a cell is followed by anything but its end."""
    try:
        for _ in csv.reader(texts, delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return True
    return False
