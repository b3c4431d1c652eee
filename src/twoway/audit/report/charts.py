"""One chart per finding: rows on one line each, with interval, n, peers and the open ends of the unanswered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from twoway.audit import words
from twoway.audit.findings import Evidence, Figure
from twoway.audit.report import cleaning, values
from twoway.audit.report.scales import APART_IN_SMALL, Scale, fit
from twoway.audit.saying import say

_DRAWN = frozenset({"share", "minutes", "points", "odds", "score"})
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a chart; positions are percent of its line. `words` stands at its right.

    `bar` is where a bar begins and ends, `reach` the 95 % interval, `doubt` the bound, `opens`
    where a line begins that has no end yet, `zone` the stretch that the row's band calls ordinary.
    """

    label: str
    words: str
    n: str = ""
    at: float | None = None
    bar: tuple[float, float] | None = None
    reach: tuple[float, float] | None = None
    doubt: tuple[float, float] | None = None
    opens: float | None = None
    before: float | None = None
    zone: tuple[float, float] | None = None
    peers: tuple[float, ...] = ()
    is_main: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Rows over one scale."""

    name: str
    rows: tuple[Row, ...]
    marks: tuple[tuple[float, str], ...]
    origin: float | None = None

    @property
    def summary(self) -> str:
        """The chart in words, for who cannot see it."""
        return ". ".join(f"{row.label}: {row.title or row.words}" for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A figure over its months: points at percent of width and height, from the left and the top.

    `lines` join neighbouring months; a month without a value leaves a gap.
    """

    name: str
    words: str
    points: tuple[tuple[float, float, str], ...]
    lines: tuple[tuple[float, float, float, float], ...]
    first: str
    last: str
    top: str

    @property
    def summary(self) -> str:
        """The months in words."""
        return f"{self.name}: " + ", ".join(title for *_, title in self.points)


def trends(figure: Figure) -> tuple[Trend, ...]:
    """Return the months of the parts of a figure whose parts are trends."""
    return tuple(_trend(part) for part in figure.parts if part.status == "ok" and _months(part))


def _months(figure: Figure) -> list[tuple[int, str, float, int]]:
    """Return month number, month, value and n of the months that have a value."""
    known = [(month, value, n) for month, value, n in figure.series if value is not None]
    made = [(int(m[:4]) * 12 + int(m[5:7]), m, value, n) for m, value, n in known]
    return made if len(made) > 1 else []


def _trend(figure: Figure) -> Trend:
    months = _months(figure)
    unit = "minutes" if figure.unit == "minutes" else "share"
    highest = max(value for *_, value, _ in months)
    scale = fit([Figure(id="", name="", unit="share", value=highest)])
    if unit == "minutes":
        scale = Scale(0, highest or 1, ())
    begins, width = months[0][0], months[-1][0] - months[0][0]
    places = {
        number: (round(100 * (number - begins) / width, 2), round(100 - scale.at(value), 2))
        for number, _, value, _ in months
    }
    said = [
        say("{month}: {value}", month=words.month(month), value=words.amount(unit, value))
        for _, month, value, _ in months
    ]
    return Trend(
        name=figure.name, words=values.short(figure), first=said[0], last=said[-1],
        top=words.amount(unit, scale.high),
        points=tuple(
            (*places[number], say("{value}, of {n}", value=words_, n=n))
            for (number, *_, n), words_ in zip(months, said, strict=True)
        ),
        lines=tuple((*places[n], *places[n + 1]) for n in places if n + 1 in places),
    )  # fmt: skip


def charts(
    figure: Figure, *, limits: Sequence[float] = (), peers: Sequence[float] = (), before: float | None = None
) -> tuple[Chart, ...]:  # fmt: skip
    """Return the charts of a measure: one for each unit that its figures are drawn in.

    `limits` are those of the first published band; the scale shows them as ticks.
    """
    made: list[Chart] = []
    for unit, figures in _by_unit(figure).items():
        if not any(map(_is_drawn, figures)):
            continue
        own = unit == figure.unit
        scale = fit(figures, [*(limits if own else ()), *(peers if own else ())])
        rows = tuple(
            _row(
                one, scale, *((peers, before) if one is figure else ((), None)), main=one is figure
            )
            for one in figures
        )
        made.append(_chart(figure.name, scale, rows, limits if own else ()))
    return tuple(made)


def waiting(figure: Figure, begins: int, ends: int) -> Chart | None:
    """Return the posts still open as lines that began when somebody asked and have no end."""
    posts = [post for post in figure.evidence if not post.is_ours]
    if not posts:
        return None
    first = min(begins, *(post.said_at for post in posts))
    scale = Scale(first, max(ends, first + _DAY), ())
    marks = ((0.0, words.day(first)), (100.0, say("still open")))
    rows = tuple(_open(post, scale) for post in posts)
    return Chart(name=say("The clearest of them"), rows=rows, marks=marks)


def beside(name: str, figures: Mapping[str, Figure], main: str | None) -> Chart | None:
    """Return the same figure of several accounts, highest first (the quickest), `main` set apart."""
    drawn = {label: one for label, one in figures.items() if _is_drawn(one)}
    if not drawn:
        return None
    scale = fit(list(drawn.values()))
    order = sorted(drawn.items(), key=lambda pair: (_rank(pair[1]), pair[0]))
    rows = tuple(
        replace(_row(one, scale, (), None, main=label == main, label=label), zone=None)
        for label, one in order
    )
    origin = None if scale.origin is None else scale.at(scale.origin)
    marks = scale.marks(apart=APART_IN_SMALL)
    return Chart(name=name, rows=rows, marks=marks, origin=origin)


def _rank(figure: Figure) -> float:
    """Return what to sort by: large values first, but short times first."""
    if figure.value is None:
        return float("inf")
    return figure.value if figure.unit == "minutes" else -figure.value


def _by_unit(figure: Figure) -> dict[str, list[Figure]]:
    """Group what can be drawn by unit; a time beside a share or a count is a fact in words."""
    own = [figure] if _is_drawn(figure) and not _is_repeated(figure) else []
    grouped: dict[str, list[Figure]] = {}
    for one in [*own, *figure.parts]:
        if one.unit in _DRAWN and (one.unit != "minutes" or figure.unit == "minutes"):
            grouped.setdefault(one.unit, []).append(one)
    return grouped


def _is_repeated(figure: Figure) -> bool:
    """Tell whether a time's own figure stands among its parts, as the median of all does."""
    return figure.unit == "minutes" and any(
        (part.unit, part.value, part.n, part.status) == ("minutes", figure.value, figure.n, "ok")
        for part in figure.parts
    )


def _is_drawn(figure: Figure) -> bool:
    return (
        figure.status == "ok"
        and figure.unit in _DRAWN
        and (figure.value is not None or _is_open(figure))
    )


def _is_open(figure: Figure) -> bool:
    """Tell whether a time has no value because too many are still waiting."""
    return figure.unit == "minutes" and figure.value is None and figure.n > 0


def _row(
    figure: Figure, scale: Scale, peers: Sequence[float], before: float | None, *, main: bool, label: str = ""
) -> Row:  # fmt: skip
    row = Row(
        label=label or figure.name, words=values.short(figure), n=values.counted(figure),
        is_main=main, title=values.full(figure),
    )  # fmt: skip
    if not _is_drawn(figure):
        return row
    at = None if figure.value is None else scale.at(figure.value)
    origin = None if scale.origin is None or figure.unit == "odds" else scale.at(scale.origin)
    return Row(
        label=row.label, words=row.words, n=row.n, is_main=main, title=row.title, at=at,
        bar=None if at is None or origin is None else (min(at, origin), max(at, origin)),
        reach=_between(scale, figure.low, figure.high), doubt=_between(scale, *(figure.bound or (None, None))),
        opens=scale.at(figure.low if figure.low is not None else scale.low) if _is_open(figure) else None,
        before=None if before is None else scale.at(before), zone=_zone(scale, figure),
        peers=tuple(scale.at(value) for value in peers),
    )  # fmt: skip


def _zone(scale: Scale, figure: Figure) -> tuple[float, float] | None:
    return _between(scale, figure.band.lower, figure.band.upper) if figure.band else None


def _between(scale: Scale, low: float | None, high: float | None) -> tuple[float, float] | None:
    if low is None and high is None:
        return None
    return (
        scale.at(scale.low if low is None else low), scale.at(scale.high if high is None else high)
    )  # fmt: skip


def _open(post: Evidence, scale: Scale) -> Row:
    return Row(
        label=cleaning.by(post.author),
        words=post.note,
        opens=scale.at(post.said_at),
        title=post.note,
    )


def _chart(name: str, scale: Scale, rows: tuple[Row, ...], limits: Sequence[float]) -> Chart:
    origin = None if scale.origin is None else scale.at(scale.origin)
    return Chart(name=name, rows=rows, marks=scale.marks(limits), origin=origin)
