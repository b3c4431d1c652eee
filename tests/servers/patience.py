"""How tests wait: for a state, under a deadline that only what hangs ever meets."""

import time
from collections.abc import Callable
from typing import Final, TypeVar

PATIENCE: Final = 600.0
"""Seconds: on a busy machine everything may take long; what hangs, hangs for ever."""
_PAUSE: Final = 0.1

T = TypeVar("T")


def until(look: Callable[[], T | None], seconds: float = PATIENCE) -> T:
    """Look again and again until there is something; raises TimeoutError where it never comes."""
    ends = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > ends:
            raise TimeoutError(f"{look} saw nothing within {seconds:.0f} s.")
        time.sleep(_PAUSE)
    return found
