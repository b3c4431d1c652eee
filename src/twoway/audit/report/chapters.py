"""One account's figures in the order people read them: four questions, under each its findings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from twoway.audit import catalogue, words
from twoway.audit.catalogue import Measure
from twoway.audit.findings import AccountReport, Band, Change, Evidence, Figure, Report
from twoway.audit.report import sentences, values
from twoway.audit.report.charts import Chart, Trend, charts, trends, waiting

_HEARD = (
    "What is heard can become action only where it is heard. Whether something was mended cannot "
    "be read from posts."
)
QUESTIONS = (
    ("answers", "Does it answer?", "People ask, complain and praise. What comes back?"),
    ("joins", "Does it listen and join in?", "Talking with people is more than answering them."),
    ("posts", "What does it put out?", "What a follower gets to read."),
    ("people", "Are there people?", "Whether readers meet somebody, or “the company”."),
    ("action", "Is everybody heard alike?", _HEARD),
    ("place", "Is it the right place, in public?", "Being found, being reachable, staying in the open."),
    ("further", "What else was measured?", ""),
)  # fmt: skip
# The group "conversation" holds most measures, so it is asked as three questions.
_LISTENING = frozenset({"talk_listen", "unprompted_comments", "sharing_others", "invitation"})
_POSTING = frozenset(
    {"log_on_routine", "link_only", "repeated_content", "monologue", "volume", "what_posts_do"}
)


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
    charts: tuple[Chart, ...]
    trends: tuple[Trend, ...]
    facts: tuple[Fact, ...]
    yardsticks: tuple[str, ...]
    doubt: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One question with its findings, and what could not be found out, with the reason."""

    id: str
    title: str
    about: str
    findings: tuple[Finding, ...]
    unseen: tuple[Figure, ...]


def chapters(account: AccountReport, report: Report) -> tuple[Chapter, ...]:
    """Return the chapters of an account that have anything to say."""
    grouped: dict[str, list[Figure]] = {}
    for figure in account.measures:
        grouped.setdefault(_question(figure.id), []).append(figure)
    told = {post.post for step in account.advice for post in step.evidence[:1]}
    return tuple(
        Chapter(
            id=id_, title=title, about=about, unseen=tuple(_unseen(grouped[id_])),
            findings=tuple(_finding(figure, account, report, told) for figure in grouped[id_] if _is_seen(figure)),
        )
        for id_, title, about in QUESTIONS
        if id_ in grouped
    )  # fmt: skip


@cache
def measures() -> Mapping[str, Measure]:
    """Return what the measures say about themselves."""
    return {measure.id: measure for measure in catalogue.read()}


def _question(id_: str) -> str:
    if id_ in _LISTENING:
        return "joins"
    if id_ in _POSTING:
        return "posts"
    if id_ == "response_equity":
        return "action"
    group = measures()[id_].group if id_ in measures() else "further"
    return "answers" if group == "conversation" else group


def _is_seen(figure: Figure) -> bool:
    return figure.status == "ok"


def _unseen(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield figures, and parts of figures that are seen, which could not be found out."""
    for figure in figures:
        if not _is_seen(figure):
            yield figure


def _finding(figure: Figure, account: AccountReport, report: Report, told: set[int]) -> Finding:
    """Return a finding; `told` are the posts already shown openly, and this one's is added."""
    measure = measures().get(figure.id)
    change = next((change for change in account.changes if change.id == figure.id), None)
    every = [post for one in (figure, *figure.parts) for post in one.evidence]
    lead = next((post for post in every if post.post not in told), None)
    told |= {lead.post} if lead else set()
    return Finding(
        figure=figure, question=_asked(measure), sentence=sentences.say(figure),
        formula=measure.whole.formula if measure else "",
        trends=trends(figure), charts=_charts(figure, measure, account, report, change), facts=tuple(_facts(figure)),
        yardsticks=tuple(_yardsticks(figure, measure)), change=change, doubt=values.bound(figure),
        lead=lead, shown=tuple(_shown(figure, lead)),
    )  # fmt: skip


def _asked(measure: Measure | None) -> str:
    return measure.question[:1].upper() + measure.question[1:] if measure else ""


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


def _facts(figure: Figure) -> Iterator[Fact]:
    """Yield the parts that no chart shows, and their own parts."""
    drawn = {row.label for chart in charts(figure) for row in chart.rows}
    drawn |= {trend.name for trend in trends(figure)}
    inner = [one for part in figure.parts for one in part.parts]
    for part in (*figure.parts, *inner):
        if part.name not in drawn and (values.short(part) or part.reason):
            reason = f" ({part.reason.rstrip('.')})" if part.reason else ""
            yield Fact(name=part.name, words=values.short(part) + reason, n=values.counted(part))


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
    published = [line.place(figure.value) for line in measure.whole.bands] if measure else []
    own = [figure.band] if figure.band else []
    known = {band.meaning for band in own}
    for band in [*own, *(band for band in published if band.meaning not in known)]:
        yield words.sentence(yardstick(band))
    for part in figure.parts:
        if part.band:
            yield words.sentence(f"{part.name}: {yardstick(part.band)}")


def yardstick(band: Band) -> str:
    """Return a band in words: where the value stands, what was measured, who says so."""
    is_ours = "this project" in band.source
    dagger = "" if is_ours or band.from_peers else " †"
    by = words.listing([band.source, f"{band.year}{dagger}"], ",") if band.year else band.source
    stands = f"that is {band.label}: " if band.label else ""
    return f"{stands}{band.meaning} ({by.replace(' , ', ', ')})"
