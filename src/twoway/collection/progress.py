"""How long work tells how far it is."""

from typing import Protocol


class Progress(Protocol):
    """Told what is being done and, where known, how much of it."""

    def __call__(self, doing: str, done: int | None = None, total: int | None = None) -> None:
        """Take note; called some thirty times a second."""
        ...


def quiet(doing: str, done: int | None = None, total: int | None = None) -> None:
    """Tell nobody."""
    _ = doing, done, total
