"""Readers of plain tables and of dumps that belong to no network; each module here is one."""

from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from twoway.collection.reader import Reader


def readers() -> list[Reader]:
    """Return every reader in this folder."""
    names = (f"{__name__}.{module.name}" for module in iter_modules(__path__))
    modules = (import_module(name) for name in names if not name.endswith(".tests"))
    return [cast("Reader", module) for module in modules if hasattr(module, "recognises")]
