"""Modules that will be needed, read in a thread while the engine, which does without Python, is at work."""

from contextlib import suppress
from importlib import import_module
from threading import Thread


def read_ahead(*names: str) -> None:
    """Begin to import modules in this order; whoever imports one of them waits for it, or is told what is wrong."""
    Thread(target=_read, args=names).start()


def _read(*names: str) -> None:
    for name in names:
        with suppress(ImportError):
            import_module(name)
