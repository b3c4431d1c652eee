"""From a collection to a report: scope, shared steps, measures, peers, verdict, advice, first look."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from twoway.audit import (
    catalogue,
    compare,
    glance,
    kept,
    likeness,
    measuring,
    peers,
    quoting,
    scope,
    tallying,
    words,
)
from twoway.audit.advice import advise
from twoway.audit.catalogue import Measure
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import AccountReport, CoverageLine, Figure, Report, Verdict
from twoway.audit.kept import Kept
from twoway.audit.open_calls import open_calls
from twoway.audit.request import Request
from twoway.audit.steps.prepare import CONTRACT, needed, prepare, reads
from twoway.audit.verdict import judge
from twoway.audit.verdict_words import not_judged
from twoway.collection import explaining
from twoway.collection.folder import Collection
from twoway.collection.keeping import not_kept
from twoway.core.coverage import STREAMS
from twoway.core.tables import LIKENESS, TABLES, TREE

Figures = Mapping[str, tuple[Figure, ...]]
Progress = Callable[[str], None]
_MICROSECONDS = 1_000_000
_DAY = 86_400 * _MICROSECONDS
_SHOWN = ("windows", "pieces", "said", "held", "own_posts")
"""Steps that shapes, the first look and the quotes read, whatever is measured."""
_JUDGED = ("waits",)
"""Steps that the verdict and the advice read."""
_ALWAYS = ("accounts", "brands", "coverage", "links", "marks", "organisations", "posts")
"""Tables of a collection that scope, shapes, the first look and the quotes read, whatever is measured."""
_WINDOWS = "select organisation, begins, ends, is_peer from windows"
_COVERED = "select organisation, stream, begins, ends, is_complete from covered"
_HOWS = """
select o.organisation, c.stream, min(c.how), max(c.how)
from ours o
join coverage c on c.account = o.account
group by o.organisation, c.stream"""


def audit(
    collection: Collection,
    request: Request,
    engine: Engine,
    *,
    progress: Progress | None = None,
    earlier: Report | None = None,
    keeps: bool = True,
) -> Report:
    """Audit a collection on disk; `earlier` is a report to compare with.

    What was dear to make is kept with it, save where it `keeps` nothing: it goes afterwards.
    """
    files = {name: collection.files(name) for name in not_kept(TABLES)}
    report = audit_files(
        files, request, engine, collection.manifest.model or "", progress=progress, earlier=earlier,
        keep_with=collection if keeps and kept.is_worth(collection) else None,
    )  # fmt: skip
    return replace(report, notes=(*collection.manifest.notes, *report.notes))


def audit_files(
    files: Mapping[str, Sequence[Path]],
    request: Request,
    engine: Engine,
    model: str,
    *,
    progress: Progress | None = None,
    earlier: Report | None = None,
    keep_with: Collection | None = None,
) -> Report:
    """Audit Parquet files by table; `model` is what read the posts.

    What is dear to make is kept with the collection `keep_with`, and found there.
    """
    tell = progress or (lambda _: None)
    _prepare(files, request, engine, tell, keep_with)
    report = assemble(engine, request, model, tell)
    return compare.compare(report, earlier) if earlier else report


def make_ready(collection: Collection, engine: Engine, progress: Progress | None = None) -> None:
    """Make and keep with a collection what an audit of everybody needs first."""
    files = {name: collection.files(name) for name in not_kept(TABLES)}
    _prepare(files, Request(), engine, progress or (lambda _: None), collection)


def _prepare(
    files: Mapping[str, Sequence[Path]], request: Request, engine: Engine, tell: Progress,
    keep_with: Collection | None,
) -> None:  # fmt: skip
    """Have all tables that a report is made of: find what is kept, make and keep the rest."""
    tell("Opening the collection")
    _load(engine, files, {*_ALWAYS})
    scope.prepare(engine, request)
    tell("Finding out whose turn it was")
    chosen = catalogue.chosen(request.only)
    wanted = _wanted(chosen)
    shelf = Kept.of(engine, keep_with) if keep_with else None
    given = shelf.recall(wanted) if shelf else set()
    if files.get(TREE.name):
        given.add(TREE.name)
    compares = LIKENESS.name in wanted - given
    statements = [*_queries(chosen), *needed(wanted, given).values()]
    statements += [likeness.statements()] if compares else []
    _load(engine, files, set[str]().union(*map(reads, statements)) - {*_ALWAYS})
    prepare(engine, wanted, given=given)
    if compares:
        tell("Looking for repetitions")
        likeness.make(engine)
    if shelf:
        shelf.keep(wanted - given, tell)


def _load(engine: Engine, files: Mapping[str, Sequence[Path]], names: AbstractSet[str]) -> None:
    """Have those tables of the collection that are named; to open one costs as much as to count it."""
    for name in not_kept(TABLES):
        if name in names:
            engine.load(TABLES[name], files.get(name, ()))


def _wanted(chosen: Sequence[Measure]) -> set[str]:
    """Return the tables that a report is made of: whose turn it is now, for one, is the desk's question."""
    read = {table for query in _queries(chosen) for table in reads(query)}
    compared = reads(likeness.statements()) if LIKENESS.name in read else set()
    # What else they read are the collection's tables and their own.
    made = (read | compared) & {*CONTRACT, LIKENESS.name}
    return {*_SHOWN, *(_JUDGED if _are_all(chosen) else ()), *made}


def _queries(chosen: Sequence[Measure]) -> list[str]:
    return [sheet.query for measure in chosen for sheet in measure.sheets]


def _are_all(chosen: Sequence[Measure]) -> bool:
    """Tell whether there can be a verdict: some measures alone make none."""
    return len(chosen) == len(catalogue.read())


def assemble(
    engine: Engine, request: Request, model: str, tell: Progress = lambda _: None
) -> Report:
    """Make the report from the shared steps: all measures and a verdict, or some and none."""
    chosen, why = catalogue.chosen(request.only), explaining.why(model)
    organisations = [row[0] for row in engine.rows(f"{_WINDOWS} order by is_peer, organisation")]
    measured = measuring.measure(engine, organisations, chosen, progress=tell)
    tell("Weighing the verdict")
    figures, latest, waiting = quoting.quote(
        engine, measured, glance.latest(engine, organisations),
        open_calls(engine, organisations) if _are_all(chosen) else {},
        why=why,
    )  # fmt: skip
    return Report(
        engine=engine.name, model=model, made_at=_now(), window=request.window, zone=request.zone,
        accounts=tuple(_accounts(engine, chosen, peers.compare(figures), latest, waiting)),
    )  # fmt: skip


def _accounts(
    engine: Engine, chosen: Sequence[Measure], figures: Figures, latest: Figures, waiting: Figures
) -> list[AccountReport]:
    windows = {row[0]: row[1:] for row in engine.rows(_WINDOWS)}
    counted = tallying.counts(engine, figures) if _are_all(chosen) else {}
    own_posts = tallying.own_posts(engine)
    profiles = glance.profiles(engine, list(figures))
    covered = _coverage(engine)
    audience = {measure.id for measure in catalogue.read() if measure.group == "audience"}
    made = []
    for name in figures:
        begins, ends, is_peer = windows[name]
        (looked,), shown = latest[name], profiles[name]
        handle = shown[0].handle if shown else name
        counts = counted.get(name)
        verdict = judge(counts, handle) if counts else _not_judged(handle, chosen)
        measures = tuple(figure for figure in figures[name] if figure.id not in audience)
        days = (ends - begins) / _DAY
        made.append(AccountReport(
            organisation=name, profiles=shown, begins=begins, ends=ends, is_peer=is_peer,
            own_posts=own_posts.get(name, 0), glance=glance.glance(looked), verdict=verdict, measures=measures,
            coverage=tuple(covered.get(name, {}).get(stream) or _unseen(stream) for stream in STREAMS),
            audience=tuple(figure for figure in figures[name] if figure.id in audience),
            advice=() if is_peer or not counts else advise(measures, counts, verdict, days, waiting[name][0].evidence),
        ))  # fmt: skip
    return made


def _not_judged(handle: str, chosen: Sequence[Measure]) -> Verdict:
    made, every = (sum(m.group != "audience" for m in some) for some in (chosen, catalogue.read()))
    return not_judged(handle, made, every)


def _coverage(engine: Engine) -> dict[str, dict[str, CoverageLine]]:
    """Return the covered streams of every organisation, with how we know."""
    hows = {
        (organisation, stream): words.listing(list(dict.fromkeys(told)))
        for organisation, stream, *told in engine.rows(_HOWS)
    }
    lines: dict[str, dict[str, CoverageLine]] = {}
    for organisation, stream, begins, ends, is_complete in engine.rows(_COVERED):
        lines.setdefault(organisation, {})[stream] = CoverageLine(
            stream=stream, begins=begins, ends=ends, state="complete" if is_complete else "sampled",
            how=hows.get((organisation, stream), ""),
        )  # fmt: skip
    return lines


def _unseen(stream: str) -> CoverageLine:
    return CoverageLine(stream=stream, begins=None, ends=None, state="no", how="")


def _now() -> int:
    return int(datetime.now(UTC).timestamp() * _MICROSECONDS)
