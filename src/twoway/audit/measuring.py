"""Run the measures: every file's rows once as a table, its shape over them, one figure per organisation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from twoway.audit import catalogue, observable, quoting
from twoway.audit.catalogue import Measure, Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Figure
from twoway.audit.observable import Sight

Figures = dict[tuple[str, str], Figure]
Progress = Callable[[str], None]


def measure(
    engine: Engine,
    organisations: Sequence[str],
    measures: Sequence[Measure] | None = None,
    progress: Progress = lambda _: None,
) -> dict[str, tuple[Figure, ...]]:
    """Return the figures of every organisation in the order of the measures, their posts quoted."""
    sights = observable.look(engine, organisations)
    figures: dict[str, list[Figure]] = {organisation: [] for organisation in organisations}
    for each in catalogue.read() if measures is None else measures:
        progress(each.name)
        for organisation, figure in one(engine, each, sights).items():
            figures[organisation].append(figure)
    return quoting.quote(engine, figures)


def one(engine: Engine, measure: Measure, sights: Mapping[str, Sight]) -> dict[str, Figure]:
    """Return the figure of one measure for each organisation, its parts inside, no post quoted yet."""
    made: Figures = {}
    for sheet in measure.sheets:
        made |= _figures(engine, measure, sheet, sights)
    return {
        organisation: _whole(measure, organisation, sight, made)
        for organisation, sight in sights.items()
    }


def _figures(
    engine: Engine, measure: Measure, sheet: Sheet, sights: Mapping[str, Sight]
) -> Figures:
    seeing = [o for o, sight in sights.items() if _shows_any(sheet, sight)]
    if not seeing:
        return {}
    shape = import_module(f"twoway.audit.shapes.{sheet.shape}")
    rows = f"rows_of_{measure.id}"
    engine.make(rows, sheet.query)
    figures: Figures = shape.figures(engine, rows, sheet, seeing)
    engine.drop(rows)
    return figures


def _shows_any(sheet: Sheet, sight: Sight) -> bool:
    return any(not sight.lacks(part.needs) for part in sheet.parts)


def _whole(measure: Measure, organisation: str, sight: Sight, made: Figures) -> Figure:
    parts = tuple(_seen(part, made.get((organisation, part.id)), sight) for part in measure.parts)
    if measure.has_value:
        whole = _seen(measure.whole, made.get((organisation, "")), sight)
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
    if not figure.band and figure.value is not None and part.bands:
        figure = replace(figure, band=part.bands[0].place(figure.value))
    return observable.judged(figure, part, sight)
