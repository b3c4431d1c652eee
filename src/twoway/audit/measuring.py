"""Run the measures: every file's rows once as a table, its shape over them, one figure per organisation."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from twoway.audit.catalogue import Measure, Part
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Figure

Figures = Mapping[tuple[str, str], Figure]


def one(engine: Engine, measure: Measure, organisations: Sequence[str]) -> dict[str, Figure]:
    """Return the figure of one measure for each organisation, its parts inside, evidence unfilled."""
    made: dict[tuple[str, str], Figure] = {}
    for sheet in measure.sheets:
        shape = import_module(f"twoway.audit.shapes.{sheet.shape}")
        rows = f"rows_of_{measure.id}"
        engine.make(rows, sheet.query)
        made |= shape.figures(engine, rows, sheet, organisations)
        engine.drop(rows)
    return {organisation: _whole(measure, organisation, made) for organisation in organisations}


def _whole(measure: Measure, organisation: str, made: Figures) -> Figure:
    parts = tuple(_banded(part, made[organisation, part.id]) for part in measure.parts)
    if measure.has_value:
        whole = _banded(measure.whole, made[organisation, ""])
    else:
        whole = _of_parts(measure, parts)
    return replace(whole, id=measure.id, parts=parts)


def _of_parts(measure: Measure, parts: Sequence[Figure]) -> Figure:
    """Return the figure of a measure that is nothing but its parts."""
    scarce = all(part.status == "too_little_data" for part in parts)
    return Figure(
        id=measure.id, name=measure.name, unit=parts[0].unit,
        status="too_little_data" if scarce else "ok",
        reason=parts[0].reason if scarce else "",
    )  # fmt: skip


def _banded(part: Part, figure: Figure) -> Figure:
    """Place a figure in the first of its published bands, unless its shape knew better."""
    if figure.band or figure.value is None or not part.bands:
        return figure
    return replace(figure, band=part.bands[0].place(figure.value))
