"""The time, and waiting for it: one object, so that tests run years in no time."""

import asyncio
import time
from typing import Final, Protocol

SECOND: Final = 1_000_000
_TURNS: Final = 10


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
    """A clock for tests: it stands still until everybody waits, then moves on to who wakes first."""

    def __init__(self, now: int = 1_760_000_000 * SECOND) -> None:
        self._now = now
        self._wakings: list[int] = []
        self.slept: list[float] = []

    def now(self) -> int:
        """Return the time in µs UTC."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait for one's turn, and move the time on."""
        self.slept.append(seconds)
        wakes = self._now + round(seconds * SECOND)
        self._wakings.append(wakes)
        try:
            calm = 0  # how long nobody wakes earlier: others may be about to wait again
            while calm < _TURNS:
                calm = calm + 1 if min(self._wakings) >= wakes else 0
                await asyncio.sleep(0)
        finally:
            self._wakings.remove(wakes)
        self._now = max(self._now, wakes)
