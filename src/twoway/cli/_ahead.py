"""Modules that will be needed, read in a thread while the engine, which does without Python, is at work."""

from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Thread


def read_ahead(*names: str) -> None:
    """Begin to import modules in this order, and of a package all in it.

    Whoever imports one of them meanwhile waits for it, or is told what is wrong with it.
    """
    Thread(target=_read, args=names).start()


def _read(*names: str) -> None:
    for name in names:
        with suppress(ImportError):
            folders = getattr(import_module(name), "__path__", ())
            _read(
                *(
                    f"{name}.{path.stem}"
                    for folder in folders
                    for path in Path(folder).glob("[a-z]*.py")
                )
            )
