"""What holds for every measure: its head is whole, its query binds, its rows are what its shape needs."""

from importlib import import_module

import pytest

from twoway.audit import catalogue
from twoway.audit.catalogue import GROUPS

MEASURES = catalogue.read()
SHEETS = [sheet for measure in MEASURES for sheet in measure.sheets]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.path.stem)
def test_returns_the_rows_its_shape_needs(small, sheet):
    shape = import_module(f"twoway.audit.shapes.{sheet.shape}")
    small.engine.make("bound", sheet.query)
    small.engine.rows(f"select {', '.join(shape.ROWS)} from bound")


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_answers_where_nothing_was_said(small, measure):
    figure = small.figure(measure.id)
    assert figure.id == measure.id
    assert [part.id for part in figure.parts] == [part.id for part in measure.parts]
    assert figure.n == 0
    assert not figure.evidence


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_head_says_what_explain_prints(measure):
    assert measure.question.endswith("?")
    assert measure.group in GROUPS
    assert measure.claims
    assert measure.example
    assert all(part.formula and part.needs for part in (measure.whole, *measure.parts))


def test_numbers_and_names_are_each_used_once():
    for of in ("number", "id", "name"):
        values = [getattr(measure, of) for measure in MEASURES]
        assert len(values) == len(set(values))
