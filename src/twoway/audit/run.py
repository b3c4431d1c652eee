"""From a collection to a report: scope, shared steps, measures, peers, verdict, advice, first look."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from twoway.audit import (
    catalogue,
    compare,
    glance,
    kept,
    measuring,
    peers,
    preparing,
    quoting,
    tallying,
    words,
)
from twoway.audit.advice import advise
from twoway.audit.catalogue import Measure
from twoway.audit.counts import Counts
from twoway.audit.engines.interface import Engine
from twoway.audit.engines.remembering import Remembering
from twoway.audit.findings import AccountReport, CoverageLine, Figure, Profile, Report, Verdict
from twoway.audit.open_calls import open_calls
from twoway.audit.request import Request
from twoway.audit.saying import ours
from twoway.audit.verdict import judge
from twoway.audit.verdict_words import not_judged
from twoway.collection import explaining
from twoway.collection.folder import Collection
from twoway.collection.keeping import not_kept
from twoway.core.coverage import STREAMS
from twoway.core.tables import TABLES

Figures = Mapping[str, tuple[Figure, ...]]
Windows = Mapping[str, tuple[int, int, bool]]
Profiles = Mapping[str, tuple[Profile, ...]]
Covered = Mapping[str, Mapping[str, CoverageLine]]
Progress = Callable[[str], None]
Job = Callable[[Engine], Any]
_MICROSECONDS = 1_000_000
_DAY = 86_400 * _MICROSECONDS
_WINDOWS = """
select organisation, begins, ends, is_peer
from windows
order by is_peer, organisation"""
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
    asked = preparing.prepare(files, request, engine, tell, keep_with)
    report = assemble(asked, request, model, tell)
    return compare.compare(report, earlier) if earlier else report


def assemble(
    engine: Engine, request: Request, model: str, tell: Progress = lambda _: None
) -> Report:
    """Make the report from the shared steps: all measures and a verdict, or some and none."""
    chosen, why = catalogue.chosen(request.only), _why(engine, model)
    windows = {row[0]: row[1:] for row in engine.rows(_WINDOWS)}
    is_judged = catalogue.are_all(chosen)
    looks = [glance.latest, *([open_calls] if is_judged else [])]
    jobs: list[Job] = [
        partial(measuring.measure, organisations=[*windows], measures=chosen, progress=tell),
        *(partial(look, organisations=[*windows]) for look in looks),
    ]
    measured, *looked = engine.together(jobs)
    tell("Weighing the verdict")
    jobs = [
        partial(quoting.quote, groups=(measured, *looked), why=why),
        partial(glance.profiles, organisations=[*windows]), tallying.own_posts, _coverage,
        partial(tallying.counts, figures=measured) if is_judged else lambda _: {},
    ]  # fmt: skip
    quoted, *known = engine.together(jobs)
    return Report(
        engine=engine.name, model=model, made_at=_now(), window=request.window, zone=request.zone,
        accounts=tuple(_accounts(chosen, windows, quoted, *known)),
    )  # fmt: skip


def _why(engine: Engine, model: str) -> explaining.Why:
    """Return what tells the words that mattered; the model is loaded only where they are not known."""
    if isinstance(engine, Remembering) and explaining.is_ours(model):
        return engine.calling(f"why {model}", partial(explaining.why, model))
    return explaining.why(model)


def _accounts(
    chosen: Sequence[Measure], windows: Windows, quoted: Sequence[Figures],
    profiles: Profiles, own_posts: Mapping[str, int], covered: Covered, counted: Mapping[str, Counts],
) -> list[AccountReport]:  # fmt: skip
    figures, latest, *waiting = peers.compare(quoted[0]), *quoted[1:]
    audience = {measure.id for measure in catalogue.read() if measure.group == "audience"}
    made = []
    for name, (begins, ends, is_peer) in windows.items():
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
            advice=() if is_peer or not counts else advise(measures, counts, verdict, days, waiting[0][name][0].evidence),
        ))  # fmt: skip
    return made


def _not_judged(handle: str, chosen: Sequence[Measure]) -> Verdict:
    made, every = (sum(m.group != "audience" for m in some) for some in (chosen, catalogue.read()))
    return not_judged(handle, made, every)


def _coverage(engine: Engine) -> dict[str, dict[str, CoverageLine]]:
    """Return the covered streams of every organisation, with how we know."""
    hows = {
        (organisation, stream): words.listing([ours(one) for one in dict.fromkeys(told)])
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
