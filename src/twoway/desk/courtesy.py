"""Lets pages go first, where one process draws them and takes in what networks deliver.

Python runs one thread at a time. Whoever takes in posts would keep a page waiting for a whole
delivery, 30 ms and more; so it rests for a moment after each question to the database while a page
is being drawn, and the page is late by a few of these.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection

REST: Final = 0.001
"""Seconds of one rest."""
PATIENCE: Final = 0.15
"""Seconds of rest in one part of a delivery: however busy the pages, posts come in."""

_drawing: set[int] = set()
"""The threads that draw a page now."""


@contextmanager
def drawing() -> Iterator[None]:
    """Say that this thread draws a page for somebody who waits."""
    me = threading.get_ident()
    _drawing.add(me)
    try:
        yield
    finally:
        _drawing.discard(me)


def somebody_waits() -> bool:
    """Tell whether another thread draws a page now."""
    return bool(_drawing - {threading.get_ident()})


def rest() -> None:
    """Rest for a moment where somebody waits for a page."""
    if somebody_waits():
        time.sleep(REST)


@contextmanager
def giving_way() -> Iterator[None]:
    """Rest after each question to the database while somebody waits for a page."""
    patience = PATIENCE

    def ask(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal patience
        found = execute(sql, params, many, context)
        if patience > 0 and somebody_waits():
            begun = time.monotonic()
            time.sleep(REST)
            patience -= time.monotonic() - begun
        return found

    with connection.execute_wrapper(ask):
        yield
