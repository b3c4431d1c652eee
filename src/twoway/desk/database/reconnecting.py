"""Work that goes on after the database was away: a server that restarts ends every connection."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")


def reconnecting(work: Callable[P, T]) -> Callable[P, T]:
    """Let go of a connection of this thread that broke, before the work; Django does it for pages only."""

    @wraps(work)
    def on_a_sound_connection(*given: P.args, **named: P.kwargs) -> T:
        close_old_connections()
        return work(*given, **named)

    return on_a_sound_connection
