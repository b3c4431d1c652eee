"""How much a server lets us ask, per account: learned from its headers, or laid down beforehand."""

from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from twoway.connectors.clock import SECOND, Clock
from twoway.connectors.errors import TryLater
from twoway.connectors.sentences import Sentence

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# A server that asks for more is misread or hostile; a day is Bluesky's longest window.
_LONGEST: Final = 86_400 * SECOND
# What a full server is given when it does not say how long (429 without a time).
UNSAID: Final = 60 * SECOND


class Budget:
    """What is left for one account at one server."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._closed_until = 0
        self._paces: dict[tuple[int, float], deque[int]] = {}

    def pace(self, calls: int, seconds: float) -> None:
        """Never make more than `calls` in `seconds`, whatever the server says."""
        self._paces.setdefault((calls, seconds), deque(maxlen=calls))

    async def spend(self, server: str, patience: float) -> None:
        """Take one call, waiting up to `patience` seconds for it; else raises TryLater."""
        opens = max([self._closed_until, *map(_opens, self._paces.items())])
        wait = opens - self._clock.now()
        if wait > patience * SECOND:
            raise TryLater(
                "{server} lets us ask again in {span}.", opens, server=server, span=_words(wait)
            )
        if wait > 0:
            await self._clock.sleep(wait / SECOND)
        for made in self._paces.values():
            made.append(self._clock.now())

    def learn(self, status: int, headers: Mapping[str, str]) -> None:
        """Close until the time the server names, where nothing is left."""
        now = self._clock.now()
        waits = [_retry_after(headers, now)]
        if status == 429 or _spent(headers):
            waits.append(_reset(headers, now))
        named = [wait for wait in waits if wait is not None]
        if status == 429 and not named:
            named = [UNSAID]
        if named:
            self._closed_until = max(self._closed_until, now + min(max(named), _LONGEST))

    @property
    def opens_at(self) -> int | None:
        """When the server may be asked again (µs UTC); None where that is now."""
        return self._closed_until if self._closed_until > self._clock.now() else None


def _opens(pace: tuple[tuple[int, float], deque[int]]) -> int:
    (calls, seconds), made = pace
    return made[0] + round(seconds * SECOND) if len(made) == calls else 0


def _spent(headers: Mapping[str, str]) -> bool:
    return _first(headers, "x-ratelimit-remaining", "ratelimit-remaining") in ("0", "0.0")


def _retry_after(headers: Mapping[str, str], now: int) -> int | None:
    text = headers.get("retry-after")
    if text is None:
        return None
    seconds = _number(text)
    return seconds * SECOND if seconds is not None else _until(text, headers, now)


def _reset(headers: Mapping[str, str], now: int) -> int | None:
    """Read seconds from now, seconds since 1970 (Bluesky) or an ISO time (Mastodon)."""
    text = _first(headers, "x-ratelimit-reset", "ratelimit-reset")
    if text is None:
        return None
    seconds = _number(text)
    if seconds is None:
        return _until(text, headers, now)
    if seconds * SECOND <= _LONGEST:
        return seconds * SECOND
    return max(0, seconds * SECOND - _their_now(headers, now))


def _until(text: str, headers: Mapping[str, str], now: int) -> int | None:
    """Return how long it is until a time, by the server's own clock: ours may be wrong."""
    at = _moment(text)
    return None if at is None else max(0, at - _their_now(headers, now))


def _their_now(headers: Mapping[str, str], now: int) -> int:
    return _moment(headers.get("date", "")) or now


def _moment(text: str) -> int | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(text)
        except (ValueError, TypeError, IndexError):
            continue
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return (at - _EPOCH) // (_EPOCH.resolution)
    return None


def _number(text: str) -> int | None:
    """Read whole seconds; what has more digits than any time is not one."""
    text = text.strip().partition(".")[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


def _first(headers: Mapping[str, str], *names: str) -> str | None:
    return next((headers[name].strip() for name in names if name in headers), None)


def _words(wait: int) -> Sentence:
    minutes, seconds = divmod(-(-wait // SECOND), 60)
    return Sentence("{n} min", n=minutes) if minutes else Sentence("{n} s", n=seconds)
