"""One folder per network. What a folder offers is found by looking into it: no list to edit."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import cast

from twoway.collection.reader import Reader

_READER = ("NAME", "PRIORITY", "recognises", "read")
# Connectors load what talks to the internet, which reading a file must not wait for.
_NO_READERS = frozenset({"connector"})


def archives() -> tuple[Reader, ...]:
    """Return the readers of all networks' own exports, in the order in which they are asked."""
    readers = [
        cast("Reader", module)
        for module in _modules()
        if all(hasattr(module, name) for name in _READER)
    ]
    return tuple(sorted(readers, key=lambda reader: (reader.PRIORITY, reader.NAME)))


def names() -> tuple[str, ...]:
    """Return the networks that have a folder here."""
    return tuple(sorted(one.name for one in iter_modules(__path__) if one.ispkg))


def _modules() -> Iterator[ModuleType]:
    for network in iter_modules(__path__, f"{__name__}."):
        if not network.ispkg:
            continue
        folder = import_module(network.name)
        for module in iter_modules(folder.__path__, f"{network.name}."):
            if module.name.rpartition(".")[2] not in _NO_READERS:
                yield import_module(module.name)
