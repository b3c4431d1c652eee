"""The comment that opens a measure's file: its documentation, and what the rest of the audit must know.

The first line is `-- Name: question it answers?`, then come `-- key: value` lines; a line that
begins with `--` and three spaces goes on the one above.

    number      place in reports                    group     conversation, people, action, place, audience
    shape       a module of shapes/                 unit      as findings.Figure
    needs       streams: letters O R S L C M Q P, and the words parents, networks, brand, 90d
    flag        streams without which no band is shown
    unless      streams: what to say about a figure that sees less where they are not covered
    formula     in words                            claim     codes of claims.md
    source      what it is taken from, if anything  example   one worked example
    band        origin | label < limit < label … | meaning with denominator | source | year
    evidence    which order: note; which rows to show (the shape names them), in which order
                (oldest, newest, longest, shortest, followed), and what to say about them
    sides       first | second: what the two sides of a comparison are called
    empty       what it means that no row counts, where that is no lack of data
    value       none, where only the parts are figures
    statistic   what the shape spread makes of its rows: burstiness, mean or distinct
    parts       ids in the order shown, where several files make them
    part ID     name of a part; unit, needs, flag, unless, formula, sides, empty, statistic, band
                and evidence take an ID too
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from twoway.audit.errors import BrokenMeasure

_KEY = re.compile(r"-- ([a-z]+)(?: (\w+))?: (.+)")
_KEYS = {
    "number", "group", "shape", "unit", "needs", "formula", "claim", "source", "example", "band",
    "evidence", "flag", "unless", "sides", "empty", "value", "statistic", "parts", "part",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """The head comment of a file: keys of '' and of its parts, and what follows it."""

    path: Path
    title: str
    values: dict[tuple[str, str], list[str]]
    query: str

    def one(self, key: str, part: str = "", default: str | None = None) -> str:
        """Return the value of a part's key, else of the file's, else the default."""
        for found in (self.values.get((key, part)), self.values.get((key, ""))):
            if found:
                return found[0]
        if default is None:
            raise BrokenMeasure(f"{self.path.name}: the head says no {key}. Add '-- {key}: …'.")
        return default


def read(path: Path) -> Head:
    """Read the head of a measure's file; raises BrokenMeasure naming the line."""
    title, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
    if not title.startswith("-- ") or ": " not in title:
        raise BrokenMeasure(f"{path.name}, line 1: expected '-- Name: question it answers?'.")
    size = next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))
    values: dict[tuple[str, str], list[str]] = {}
    for number, line in _unfolded(lines[:size]):
        match = _KEY.fullmatch(line)
        if match is None or match[1] not in _KEYS:
            raise BrokenMeasure(f"{path.name}, line {number}: no '-- key: value' we know: {line}")
        values.setdefault((match[1], match[2] or ""), []).append(match[3].strip())
    query = "\n".join(lines[size:]).strip()
    if not query:
        raise BrokenMeasure(f"{path.name}: below the head there is no query.")
    return Head(path, title.removeprefix("-- ").strip(), values, query)


def _unfolded(lines: Iterable[str]) -> list[tuple[int, str]]:
    """Number the lines from 2 and join those that go on the line above."""
    joined: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=2):
        if line.startswith("--   ") and joined:
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {line[2:].strip()}")
        elif line.strip() != "--":
            joined.append((number, line))
    return joined
