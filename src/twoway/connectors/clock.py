"""The time, and waiting for it: one object, so that tests run years in no time."""

import asyncio
import time
from typing import Final, Protocol

SECOND: Final = 1_000_000


class Clock(Protocol):
    """What the connectors ask for the time."""

    def now(self) -> int:
        """Return the time in µs UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class Wall:
    """The machine's own clock."""

    def now(self) -> int:
        """Return the time in µs UTC."""
        return time.time_ns() // 1000

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class Still:
    """A clock for tests: it stands still, and waiting moves it."""

    def __init__(self, now: int = 1_760_000_000 * SECOND) -> None:
        self._now = now
        self.slept: list[float] = []

    def now(self) -> int:
        """Return the time in µs UTC."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Move the time on; others get their turn."""
        self.slept.append(seconds)
        self._now += round(seconds * SECOND)
        await asyncio.sleep(0)
