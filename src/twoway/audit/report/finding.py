"""One measure as a reader meets it: what was asked, what was found, a chart, yardsticks, the posts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from twoway.audit import catalogue, words
from twoway.audit.catalogue import Measure
from twoway.audit.findings import AccountReport, Band, Change, Evidence, Figure, Report
from twoway.audit.report import sentences, values
from twoway.audit.report.charts import Chart, Trend, charts, trends, waiting
from twoway.audit.saying import say

_OWN_LIMITS = "limits set by this project"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A part of a measure that needs no chart."""

    name: str
    words: str
    n: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Posts that show one figure."""

    of: str
    posts: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One measure as a reader meets it: what was asked, what was found, a chart, the posts."""

    figure: Figure
    question: str
    sentence: str
    formula: str
    caveat: str
    charts: tuple[Chart, ...]
    trends: tuple[Trend, ...]
    facts: tuple[Fact, ...]
    yardsticks: tuple[str, ...]
    change: Change | None
    lead: Evidence | None
    shown: tuple[Shown, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The measure's own figure and its parts."""
        return (self.figure, *self.figure.parts)

    @property
    def posts(self) -> int:
        """How many further posts can be opened."""
        return sum(len(shown.posts) for shown in self.shown)


@dataclass(slots=True)
class Told:
    """What a report has said already: posts shown openly, caveats given. It says nothing twice."""

    posts: set[int] = field(default_factory=set)
    caveats: set[str] = field(default_factory=set)

    def lead(self, figure: Figure) -> Evidence | None:
        """Return the clearest post that has not been shown yet."""
        every = (post for one in (figure, *figure.parts) for post in one.evidence)
        lead = next((post for post in every if post.post not in self.posts), None)
        self.posts |= {lead.post} if lead else set()
        return lead

    def caveat(self, figure: Figure) -> str:
        """Return what limits a figure that was found, unless it has been said."""
        new = figure.reason if figure.reason not in self.caveats else ""
        self.caveats.add(figure.reason)
        return new


@cache
def measures() -> Mapping[str, Measure]:
    """Return what the measures say about themselves."""
    return {measure.id: measure for measure in catalogue.read()}


def finding(figure: Figure, account: AccountReport, report: Report, told: Told) -> Finding:
    """Return a figure as a finding; what it shows and says is added to `told`."""
    measure = measures().get(figure.id)
    change = next((change for change in account.changes if change.id == figure.id), None)
    moved = trends(figure) if measure and _is_trend(measure) else ()
    drawn = () if moved else _charts(figure, measure, account, report, change)
    lead = told.lead(figure)
    return Finding(
        figure=figure, question=_asked(measure), sentence=sentences.told(figure),
        formula=say(measure.whole.formula) if measure else "", caveat=told.caveat(figure),
        trends=moved, charts=drawn, facts=tuple(_facts(figure, {*_labels(drawn), *_labels(moved)})),
        yardsticks=tuple(_yardsticks(figure, measure)), change=change, lead=lead,
        shown=tuple(_shown(figure, lead)),
    )  # fmt: skip


def _is_trend(measure: Measure) -> bool:
    return any(sheet.shape.endswith("trend") for sheet in measure.sheets)


def _labels(drawn: Sequence[Chart | Trend]) -> Iterator[str]:
    for one in drawn:
        yield from (row.label for row in one.rows) if isinstance(one, Chart) else (one.name,)


def _asked(measure: Measure | None) -> str:
    if measure is None:
        return ""
    question = say(measure.question)
    return question[:1].upper() + question[1:]


def _charts(
    figure: Figure, measure: Measure | None, account: AccountReport, report: Report, change: Change | None
) -> tuple[Chart, ...]:  # fmt: skip
    lines = [line for line in measure.whole.bands if line.limits] if measure else []
    drawn = charts(
        figure, limits=lines[0].limits if lines else (), peers=_peers(figure, account, report),
        before=change.before if change and change.comparable else None,
    )  # fmt: skip
    still = waiting(figure, account.begins, account.ends) if figure.unit == "count" else None
    return (still, *drawn) if still else drawn


def _peers(figure: Figure, account: AccountReport, report: Report) -> tuple[float, ...]:
    """Return the same figure of the other accounts of the report."""
    return tuple(
        other.value
        for rival in report.accounts
        if rival is not account
        for other in rival.measures
        if other.id == figure.id and other.value is not None
    )


def _facts(figure: Figure, drawn: set[str]) -> Iterator[Fact]:
    """Yield the parts that no chart shows, and their own parts."""
    for part in figure.parts:
        if part.name not in drawn:
            yield from _fact(part, part.name)
        for one in part.parts:
            yield from _fact(one, say("{name}, {part:small}", name=part.name, part=one.name))


def _fact(part: Figure, name: str) -> Iterator[Fact]:
    if not (values.short(part) or part.reason):
        return
    reason = f" ({part.reason.rstrip('.')})" if part.reason and part.status != "ok" else ""
    sides = (
        [say("{found} {side}", found=found, side=side) for side, found in part.detail]
        if part.id == "change"
        else []
    )
    n = words.listing(sides) or values.counted(part)
    yield Fact(name=name, words=values.short(part) + reason, n=n)


def _shown(figure: Figure, lead: Evidence | None) -> Iterator[Shown]:
    """Yield the posts of a measure and its parts, each once, without the one shown openly."""
    seen = {lead.post} if lead else set()
    for one in (figure, *figure.parts):
        new = tuple(post for post in one.evidence if post.post not in seen)
        seen |= {post.post for post in new}
        if new:
            yield Shown(of=one.name, posts=new)


def _yardsticks(figure: Figure, measure: Measure | None) -> Iterator[str]:
    """Yield what the value and its parts can be held against, each with source and year."""
    published = [_told(line.place(figure.value)) for line in measure.whole.bands] if measure else []
    own = [figure.band] if figure.band else []
    known = {band.meaning for band in own}
    for band in [*own, *(band for band in published if band.meaning not in known)]:
        yield words.sentence(yardstick(band, figure.unit))
    for part in figure.parts:
        if part.band:
            yield words.sentence(f"{part.name}: {yardstick(part.band, part.unit)}")


def yardstick(band: Band, unit: str) -> str:
    """Return a band in words: where the value stands, what was measured, who says so."""
    measured = _measured(band, unit)
    if not band.label:
        return measured
    return say("that is {label}: {measured}", label=band.label, measured=measured)


def _measured(band: Band, unit: str) -> str:
    if band.from_peers and band.lower is not None and band.upper is not None:
        ordinary = values.between(unit, band.lower, band.upper)
        return say("{meaning} lies at {ordinary}", meaning=band.meaning, ordinary=ordinary)
    dagger = "" if band.from_peers or band.source == say(_OWN_LIMITS) else " †"
    by = f"{band.source}, {band.year}{dagger}" if band.year else band.source
    return f"{band.meaning} ({by})"


def _told(band: Band) -> Band:
    """Return a band of the catalogue in the language spoken now."""
    return replace(band, label=say(band.label), meaning=say(band.meaning), source=say(band.source))
