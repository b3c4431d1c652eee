"""What is known about the tables of one tool or network."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from twoway.collection.tabular import layouts
from twoway.core.posts import Nesting

Cells = dict[str, Any]
"""The cells of one row by role, before they are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One tool's table.

    `marks` are groups of columns, normalised; a table is of this layout when every group has a
    column in it. `columns` are roles that the common names get wrong: "a|b" is a, or b where there
    is no a; "" is none at all. `tells_author` where `adjust` finds the author. `adjust` changes a row's cells before they are read; it is called for every row.
    """

    name: str
    marks: tuple[frozenset[str], ...] = ()
    network: str | None = None
    nesting: Nesting = "threaded"
    columns: Mapping[str, str] = field(default_factory=dict)
    is_html: bool = False
    tells_author: bool = False
    adjust: Callable[[Cells], None] | None = None

    def fits(self, columns: frozenset[str]) -> bool:
        """Tell whether a table with these normalised columns is of this layout."""
        return all(mark & columns for mark in self.marks)


PLAIN = Layout(name="plain table")


def one_of(*columns: str) -> frozenset[str]:
    """Return a group of columns of which one must be there."""
    return frozenset(columns)


def choose_layout(columns: frozenset[str]) -> Layout:
    """Return the layout with most marks that fits, else a plain table."""
    fitting = [layout for layout in all_layouts() if layout.fits(columns)]
    return max(fitting, key=lambda layout: (len(layout.marks), layout.name), default=PLAIN)


@cache
def all_layouts() -> tuple[Layout, ...]:
    """Return every known layout."""
    found = (
        import_module(f"{layouts.__name__}.{module.name}")
        for module in iter_modules(layouts.__path__)
    )
    return tuple(module.LAYOUT for module in found if hasattr(module, "LAYOUT"))
