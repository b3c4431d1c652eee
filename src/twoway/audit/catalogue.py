"""Find the measures: one .sql file each, whose head comment is its documentation.

A measure is `measures/<id>.sql`; parts of another shape stand in `measures/<id>.<anything>.sql`.
heads.py says what its head must hold. The rest is one SELECT that returns rows, never figures
(`shapes/` says which columns), reads only the tables of steps/columns.py and core/tables.py, takes
no parameters and answers for all organisations at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from twoway.audit import bands, heads
from twoway.audit.bands import BandLine
from twoway.audit.errors import AuditError, BrokenMeasure
from twoway.audit.findings import Unit
from twoway.audit.heads import Head

FOLDER = Path(__file__).parent / "measures"
SHAPES = {path.stem for path in (FOLDER.parent / "shapes").glob("*.py")}
UNITS: tuple[Unit, ...] = get_args(Unit)
GROUPS = ("conversation", "people", "action", "place", "audience")
ORDERS = ("oldest", "newest", "longest", "shortest", "followed")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows are shown as evidence, in which order, and the words beside them."""

    which: str
    order: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unless:
    """What to say about a figure that sees less where these streams are not covered."""

    streams: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One figure of a measure; the measure's own figure is the part ''."""

    id: str
    name: str
    unit: Unit
    needs: tuple[str, ...]
    flag: tuple[str, ...]
    unless: Unless | None
    formula: str
    bands: tuple[BandLine, ...]
    evidence: Choice | None
    statistic: str = ""
    sides: tuple[str, str] = ("first", "second")
    empty: str = ""
    """What it means that no row counts, where that is no lack of data."""


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


def read(folder: Path = FOLDER) -> tuple[Measure, ...]:
    """Return the measures of a folder by number, read once; raises BrokenMeasure naming file and line."""
    return _read(folder)


@cache
def _read(folder: Path) -> tuple[Measure, ...]:
    found: dict[str, list[Head]] = {}
    for path in sorted(folder.glob("*.sql"), key=lambda path: (len(path.suffixes), path.name)):
        found.setdefault(path.name.split(".")[0], []).append(heads.read(path))
    return tuple(sorted(map(_measure, found.values()), key=lambda measure: measure.number))


def chosen(names: Sequence[str], folder: Path = FOLDER) -> tuple[Measure, ...]:
    """Return the measures of those ids or numbers, all where none is named; raises AuditError."""
    measures = read(folder)
    known = {name for measure in measures for name in (measure.id, str(measure.number))}
    if strangers := [name for name in names if name not in known]:
        raise AuditError(
            f"--only {strangers[0]!r}: there is no such measure. The measures are "
            f"{', '.join(measure.id for measure in measures)}."
        )
    return tuple(m for m in measures if not names or m.id in names or str(m.number) in names)


def are_all(measures: Sequence[Measure]) -> bool:
    """Tell whether there can be a verdict: some measures alone make none."""
    return len(measures) == len(read())


def find(name: str, folder: Path = FOLDER) -> Measure | None:
    """Return the measure of that id or number."""
    return next((m for m in read(folder) if name in (m.id, str(m.number))), None)


def _measure(files: list[Head]) -> Measure:
    main = files[0]
    if (id_ := main.path.stem) != main.path.name.split(".")[0]:
        raise BrokenMeasure(
            f"{main.path.name}: there is no {id_.split('.')[0]}.sql it could be a part of."
        )
    sheets = tuple(_sheet(head, main) for head in files)
    made = {part.id: part for sheet in sheets for part in sheet.parts}
    name, _, question = main.title.partition(": ")
    whole = made.pop("", None) or _part(main, "", name)
    return Measure(
        id=id_, number=_number(main), name=name,
        question=question, group=main.one("group"), claims=tuple(main.one("claim").split()),
        source=main.one("source", default=""), example=main.one("example"),
        has_value=main.one("value", default="") != "none", whole=whole,
        parts=tuple(_ordered(main, made)), sheets=sheets,
    )  # fmt: skip


def _number(main: Head) -> int:
    number = main.one("number")
    if not number.isdecimal():
        raise BrokenMeasure(f"{main.path.name}: 'number: {number}' is no number.")
    return int(number)


def _ordered(main: Head, made: dict[str, Part]) -> Iterator[Part]:
    order = main.one("parts", default="").split()
    if unknown := set(order) - set(made):
        raise BrokenMeasure(f"{main.path.name}: no file has '-- part {min(unknown)}: name'.")
    yield from (made[id_] for id_ in [*order, *(id_ for id_ in made if id_ not in order)])


def _sheet(head: Head, main: Head) -> Sheet:
    named = {part: names[0] for (key, part), names in head.values.items() if key == "part"}
    if strangers := {part for _, part in head.values} - set(named) - {""}:
        raise BrokenMeasure(f"{head.path.name}: add '-- part {min(strangers)}: name'.")
    if (shape := head.one("shape")) not in SHAPES:
        raise BrokenMeasure(f"{head.path.name}: there is no shape {shape!r}.")
    if head is main and head.one("value", default="") != "none":
        named = {"": head.title.partition(": ")[0]} | named
    return Sheet(
        path=head.path, shape=shape, query=head.query,
        parts=tuple(_part(head, id_, name) for id_, name in named.items()),
    )  # fmt: skip


def _part(head: Head, id_: str, name: str) -> Part:
    lines = head.values.get(("band", id_), [])
    choice = head.values.get(("evidence", id_))
    unless = head.values.get(("unless", id_))
    return Part(
        id=id_, name=name, unit=_unit(head, id_), needs=tuple(head.one("needs", id_).split()),
        flag=tuple(head.one("flag", id_, default="").split()),
        formula=head.one("formula", id_), bands=tuple(_band(head, line) for line in lines),
        unless=_unless(unless[0]) if unless else None,
        evidence=_choice(head, choice[0]) if choice else None,
        statistic=head.one("statistic", id_, default=""),
        sides=_sides(head.one("sides", id_, default="first | second")),
        empty=head.one("empty", id_, default=""),
    )  # fmt: skip


def _sides(line: str) -> tuple[str, str]:
    first, _, second = line.partition(" | ")
    return first, second


def _unit(head: Head, part: str) -> Unit:
    for unit in UNITS:
        if unit == head.one("unit", part):
            return unit
    raise BrokenMeasure(f"{head.path.name}: a unit is one of {', '.join(UNITS)}.")


def _band(head: Head, line: str) -> BandLine:
    try:
        return bands.read(line)
    except ValueError as error:
        raise BrokenMeasure(f"{head.path.name}: in '-- band: {line}', {error}.") from None


def _unless(line: str) -> Unless:
    streams, _, note = line.partition(": ")
    return Unless(tuple(streams.split()), note)


def _choice(head: Head, line: str) -> Choice:
    words, _, note = line.partition(": ")
    which, _, order = words.partition(" ")
    if order not in ORDERS:
        raise BrokenMeasure(
            f"{head.path.name}: '-- evidence: {line}' ends in no order ({', '.join(ORDERS)})."
        )
    return Choice(which, order, note)
