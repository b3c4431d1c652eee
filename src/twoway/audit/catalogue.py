"""Find the measures: one .sql file each, whose head comment is its documentation.

A measure is `measures/<id>.sql`; parts of another shape stand in `measures/<id>.<anything>.sql`.
The first line is `-- Name: question it answers?`, then come `-- key: value` lines; a line that
begins with `--` and three spaces goes on the one above. The rest is one SELECT that returns rows,
never figures (`shapes/` says which columns), reads only the tables of steps/columns.py and
core/tables.py, takes no parameters and answers for all organisations at once.

    number      place in reports                    group     conversation, people, action, place
    shape       a module of shapes/                 unit      as findings.Figure
    needs       streams: letters O R S L C M Q P, and the words parents, networks
    formula     in words                            claim     codes of claims.md
    source      what it is taken from, if anything  example   one worked example
    band        origin | label < limit < label … | meaning with denominator | source | year
    evidence    which order: note; which rows to show (the shape names them), in which order
                (oldest, newest, longest, shortest, followed), and what to say about them
    flag        streams without which no band is shown
    value       none, where only the parts are figures
    parts       ids in the order shown, where several files make them
    part ID     name of a part; unit, needs, flag, formula, band and evidence take an ID too
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from twoway.audit import bands
from twoway.audit.bands import BandLine
from twoway.audit.errors import BrokenMeasure

FOLDER = Path(__file__).parent / "measures"
GROUPS = ("conversation", "people", "action", "place")
ORDERS = ("oldest", "newest", "longest", "shortest", "followed")
_KEY = re.compile(r"-- ([a-z]+)(?: (\w+))?: (.+)")
_KEYS = {
    "number", "group", "shape", "unit", "needs", "formula", "claim", "source", "example", "band",
    "evidence", "flag", "value", "parts", "part",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows are shown as evidence, in which order, and the words beside them."""

    which: str
    order: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One figure of a measure; the measure's own figure is the part ''."""

    id: str
    name: str
    unit: str
    needs: tuple[str, ...]
    flag: tuple[str, ...]
    formula: str
    bands: tuple[BandLine, ...]
    evidence: Choice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file: the shape of its rows, the query that returns them, the parts they belong to."""

    path: Path
    shape: str
    query: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure; `whole` is its own figure, which has no value where only `parts` are figures."""

    id: str
    number: int
    name: str
    question: str
    group: str
    claims: tuple[str, ...]
    source: str
    example: str
    has_value: bool
    whole: Part
    parts: tuple[Part, ...]
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class _Head:
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


def read(folder: Path = FOLDER) -> tuple[Measure, ...]:
    """Return the measures of a folder by number; raises BrokenMeasure naming file and line."""
    heads: dict[str, list[_Head]] = {}
    for path in sorted(folder.glob("*.sql"), key=lambda path: (len(path.suffixes), path.name)):
        heads.setdefault(path.name.split(".")[0], []).append(_head(path))
    return tuple(sorted(map(_measure, heads.values()), key=lambda measure: measure.number))


def find(name: str, folder: Path = FOLDER) -> Measure | None:
    """Return the measure of that id or number."""
    return next((m for m in read(folder) if name in (m.id, str(m.number))), None)


def _measure(heads: list[_Head]) -> Measure:
    main = heads[0]
    sheets = tuple(_sheet(head, main) for head in heads)
    made = {part.id: part for sheet in sheets for part in sheet.parts}
    name, _, question = main.title.partition(": ")
    whole = made.pop("", None) or _part(main, "", name)
    return Measure(
        id=main.path.name.split(".")[0], number=int(main.one("number")), name=name,
        question=question, group=main.one("group"), claims=tuple(main.one("claim").split()),
        source=main.one("source", default=""), example=main.one("example"),
        has_value=main.one("value", default="") != "none", whole=whole,
        parts=tuple(_ordered(main, made)), sheets=sheets,
    )  # fmt: skip


def _ordered(main: _Head, made: dict[str, Part]) -> Iterator[Part]:
    order = main.one("parts", default="").split()
    if unknown := set(order) - set(made):
        raise BrokenMeasure(f"{main.path.name}: no file has '-- part {min(unknown)}: name'.")
    yield from (made[id_] for id_ in [*order, *(id_ for id_ in made if id_ not in order)])


def _sheet(head: _Head, main: _Head) -> Sheet:
    named = [(part, names[0]) for (key, part), names in head.values.items() if key == "part"]
    own = [("", head.title.partition(": ")[0])] if head is main else []
    return Sheet(
        path=head.path, shape=head.one("shape"), query=head.query,
        parts=tuple(_part(head, id_, name) for id_, name in [*own, *named]),
    )  # fmt: skip


def _part(head: _Head, id_: str, name: str) -> Part:
    lines = head.values.get(("band", id_), [])
    choice = head.values.get(("evidence", id_))
    return Part(
        id=id_, name=name, unit=head.one("unit", id_), needs=tuple(head.one("needs", id_).split()),
        flag=tuple(head.one("flag", id_, default="").split()),
        formula=head.one("formula", id_), bands=tuple(_band(head, line) for line in lines),
        evidence=_choice(head, choice[0]) if choice else None,
    )  # fmt: skip


def _band(head: _Head, line: str) -> BandLine:
    try:
        return bands.read(line)
    except ValueError as error:
        raise BrokenMeasure(f"{head.path.name}: in '-- band: {line}', {error}.") from None


def _choice(head: _Head, line: str) -> Choice:
    words, _, note = line.partition(": ")
    which, _, order = words.partition(" ")
    if order not in ORDERS:
        raise BrokenMeasure(
            f"{head.path.name}: '-- evidence: {line}' ends in no order ({', '.join(ORDERS)})."
        )
    return Choice(which, order, note)


def _head(path: Path) -> _Head:
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
    return _Head(path, title.removeprefix("-- ").strip(), values, "\n".join(lines[size:]).strip())


def _unfolded(lines: Iterable[str]) -> list[tuple[int, str]]:
    """Number the lines from 2 and join those that go on the line above."""
    joined: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=2):
        if line.startswith("--   ") and joined:
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {line[2:].strip()}")
        elif line.strip() != "--":
            joined.append((number, line))
    return joined
