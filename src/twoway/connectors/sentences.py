"""Sentences for people: English as they stand, and ready to be said in the reader's language.

A connector knows no reader, and what it says may lie in a database until somebody looks. So a sentence
keeps its template, which a catalogue knows, and its values, which none does.
"""

from collections.abc import Mapping
from typing import Any, Self

import orjson

Value = str | int
"""A name, a number, another party's words; or a sentence again."""


class Sentence(str):
    """A template with its values put in; `str` of it is the English sentence."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, Value]

    def __new__(cls, template: str, /, **values: Value) -> Self:
        """Put values into a template; what is inside of values is never taken for a place."""
        shown = {name: f"{one:,}" if isinstance(one, int) else one for name, one in values.items()}
        said = super().__new__(cls, template.format(**shown) if values else template)
        said.template, said.values = template, values
        return said


def kept(said: str) -> str:
    """Return a sentence as a column keeps it: JSON, of which `told` makes the sentence again."""
    return orjson.dumps(_packed(said)).decode() if isinstance(said, Sentence) else said


def told(column: str) -> str:
    """Return what a column keeps; plain words, as older versions wrote them, stay as they are."""
    try:
        return _unpacked(orjson.loads(column)) if column.startswith("{") else column
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return column


def _packed(one: Value) -> Any:
    if isinstance(one, Sentence):
        return {"say": one.template, "with": {n: _packed(value) for n, value in one.values.items()}}
    return one


def _unpacked(one: Any) -> Any:
    if isinstance(one, dict):
        return Sentence(one["say"], **{n: _unpacked(value) for n, value in one["with"].items()})
    return one
