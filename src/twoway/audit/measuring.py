"""Run the measures: rows made once, a shape over them, one figure per measure and organisation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from twoway.audit import catalogue, observable
from twoway.audit.batches import Batch, Key, batches
from twoway.audit.catalogue import Measure, Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Figure
from twoway.audit.observable import Sight
from twoway.audit.shapes import monthly

Figures = Mapping[Key, Figure]
Progress = Callable[[str], None]


def measure(
    engine: Engine,
    organisations: Sequence[str],
    measures: Sequence[Measure] | None = None,
    progress: Progress = lambda _: None,
) -> dict[str, list[Figure]]:
    """Return the figures of every organisation in the order of the measures, no post quoted yet."""
    sights = observable.look(engine, organisations)
    asked = catalogue.read() if measures is None else measures
    return figures(engine, asked, sights, progress)


def figures(
    engine: Engine,
    measures: Sequence[Measure],
    sights: Mapping[str, Sight],
    progress: Progress = lambda _: None,
) -> dict[str, list[Figure]]:
    """Return the figures of every organisation, parts inside, no post quoted yet."""
    monthly.prepare(engine)
    sheets = [
        (each, sheet) for each in measures for sheet in each.sheets if _who_sees(sheet, sights)
    ]
    jobs = [
        partial(_measured, batch=batch, sights=sights, progress=progress)
        for batch in batches(engine, sheets)
    ]
    made = {key: figure for figures in engine.together(jobs) for key, figure in figures.items()}
    return {
        organisation: [_whole(each, organisation, sight, made) for each in measures]
        for organisation, sight in sights.items()
    }


def _measured(
    engine: Engine, batch: Batch, sights: Mapping[str, Sight], progress: Progress
) -> dict[Key, Figure]:
    progress(batch.names)
    seeing = {o for _, sheet in batch.sheets for o in _who_sees(sheet, sights)}
    return batch.figures(engine, sorted(seeing))


def _who_sees(sheet: Sheet, sights: Mapping[str, Sight]) -> list[str]:
    """Return the organisations of which at least one part of a sheet can be observed."""
    return [
        organisation
        for organisation, sight in sights.items()
        if any(not sight.lacks(part.needs) for part in sheet.parts)
    ]


def _whole(measure: Measure, organisation: str, sight: Sight, made: Figures) -> Figure:
    parts = tuple(
        _seen(part, made.get((organisation, measure.id, part.id)), sight) for part in measure.parts
    )
    if measure.has_value:
        whole = _seen(measure.whole, made.get((organisation, measure.id, "")), sight)
    else:
        whole = _of_parts(measure, parts)
    # What a shape found out by itself, such as the networks of an organisation, comes last.
    return replace(whole, id=measure.id, parts=(*parts, *whole.parts))


def _of_parts(measure: Measure, parts: Sequence[Figure]) -> Figure:
    """Return the figure of a measure that is nothing but its parts: as good as the best of them."""
    best = min(
        parts, key=lambda part: ("ok", "too_little_data", "not_observable").index(part.status)
    )
    return Figure(
        id=measure.id, name=measure.name, unit=measure.whole.unit, status=best.status,
        reason="" if best.status == "ok" else best.reason,
    )  # fmt: skip


def _seen(part: Part, figure: Figure | None, sight: Sight) -> Figure:
    """Place a figure in the first of its published bands, and say what could not be seen."""
    if figure is None:
        figure = Figure(id=part.id, name=part.name, unit=part.unit)
    figure = replace(figure, id=part.id)
    if not figure.band and figure.value is not None and part.bands:
        figure = replace(figure, band=part.bands[0].place(figure.value))
    return observable.judged(figure, part, sight)
