"""Listening for long: the stream is a hint that something happens, asking again is the truth.

Two tasks side by side. One asks every feed as often as is polite, the lively ones at once after a
hint, and goes on from the cursor that was stored last. The other keeps the network's stream open,
where there is one, with ever longer waits between tries. Killed at any point, the next start
catches up.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal

from twoway.connectors.clock import SECOND, Clock
from twoway.connectors.errors import GiveUp, Reconnect, TryLater
from twoway.connectors.interface import Connector, Feed, Page
from twoway.connectors.pulling import Keeping, Pull

STREAM: Final = "stream"
"""The name under which the pages of the stream are kept, beside the feeds."""
_FIRST, _LONGEST = 1.0, 300.0
# A burst of hints is answered by one look; servers count looks (Mastodon: 300 in 15 minutes).
_SETTLE: Final = 15.0
# What is asked more rarely costs many calls, and nothing of it is news: threads, who follows whom.
_LIVELY: Final = 300
# A stream says nothing while nothing happens; one that did not fail to open by then is open.
_PRESUMED: Final = 25.0


Name = Literal["live", "polling", "catching_up", "away", "needs_you"]


@dataclass(frozen=True, slots=True)
class State:
    """How the listener is, honestly: `words` say it to people, `since` is µs UTC."""

    name: Name
    since: int
    words: str


@dataclass(kw_only=True)
class Listener:
    """Listens for one account until it is cancelled; pages are kept as they come.

    `last` is when something was kept before (µs UTC). `told` is called with every change of state, `kept` after every page with something in it.
    """

    connector: Connector
    feeds: Sequence[Feed]
    keeping: Keeping
    clock: Clock
    has_stream: bool
    last: int | None = None
    told: Callable[[State], None] = lambda _: None
    kept: Callable[[], None] = lambda: None
    state: State | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._pull = Pull(
            connector=self.connector,
            keeping=_Noticing(self.keeping, self.kept),
            clock=self.clock,
            patience=0,
        )
        self._is_open = False
        self._hint = asyncio.Event()
        self._due = {feed.name: 0 for feed in self.feeds}

    async def run(self) -> None:
        """Listen until cancelled; raises Reconnect, after saying so, when somebody must act."""
        self._enter("catching_up", f"Catching up from {_moment(self.last)}.")
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._poll())
                if self.has_stream:
                    tasks.create_task(self._stream())
        except ExceptionGroup as group:
            error = group.exceptions[0]
            if isinstance(error, Reconnect):
                self._enter("needs_you", f"Needs you: {error}")
            raise error from group

    async def _poll(self) -> None:
        """Ask each feed when it is due, or at once after a hint."""
        while True:
            for feed in self.feeds:
                is_hinted = self._hint.is_set() and feed.every <= _LIVELY
                if self._due[feed.name] <= self.clock.now() or is_hinted:
                    await self._ask(feed)
            self._hint.clear()
            await self._wait(min(self._due.values(), default=0))

    async def _ask(self, feed: Feed) -> None:
        outcome = await self._pull.feed(feed.name)
        wait: float = feed.every
        if isinstance(outcome.stopped, TryLater):
            self._enter("away", f"The network is away: {outcome.stopped}")
            if outcome.stopped.at is not None:
                wait = max(wait, (outcome.stopped.at - self.clock.now()) / SECOND)
        elif isinstance(outcome.stopped, GiveUp):
            wait = max(wait, _LONGEST)  # this feed is refused; the others go on
        self._due[feed.name] = self.clock.now() + round(wait * SECOND)
        if outcome.stopped is None:
            self._settle()

    async def _wait(self, until: int) -> None:
        """Wait until a time, or for a hint and what comes right behind it."""
        wait = max(0.0, (until - self.clock.now()) / SECOND)
        sleeping = asyncio.ensure_future(self.clock.sleep(wait))
        hinted = asyncio.ensure_future(self._hint.wait())
        try:
            await asyncio.wait({sleeping, hinted}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            hinted.cancel()
        if self._hint.is_set():
            await self.clock.sleep(_SETTLE)

    async def _stream(self) -> None:
        """Keep the stream open; where the network has none after all, asking is enough."""
        wait = _FIRST
        while True:
            presuming = asyncio.ensure_future(self._presume())
            try:
                async for page in self.connector.listen(self._pull.keeping.cursor(STREAM)):
                    wait = _FIRST
                    self._open(is_open=True)
                    self._pull.keeping.keep(STREAM, page)
                    if page.items:
                        self._hint.set()
            except TryLater as error:
                if error.at is not None:
                    wait = max(wait, (error.at - self.clock.now()) / SECOND)
            except GiveUp:
                self._open(is_open=False)
                return
            finally:
                presuming.cancel()
            self._open(is_open=False)
            await self.clock.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311  jitter
            wait = min(_LONGEST, wait * 2)

    async def _presume(self) -> None:
        await self.clock.sleep(_PRESUMED)
        self._open(is_open=True)

    def _open(self, *, is_open: bool) -> None:
        if is_open != self._is_open:
            self._is_open = is_open
            self._settle()

    def _settle(self) -> None:
        """Say that all is well, once every feed was asked."""
        if not all(self._due.values()):
            return
        if self._is_open:
            self._enter("live", "Live.")
        else:
            often = min(feed.every for feed in self.feeds)
            self._enter("polling", f"Asking every {often} s.")

    def _enter(self, name: Name, words: str) -> None:
        before = self.state
        if before is not None and before.name == name and before.words.startswith(words):
            return
        if name == "polling" and before is not None and before.name == "live":
            words = f"{words} The stream broke off at {_moment(self.clock.now())}."
        self.state = State(name, self.clock.now(), words)
        self.told(self.state)


def _moment(at: int | None) -> str:
    if at is None:
        return "the beginning"
    return f"{datetime.fromtimestamp(at / SECOND, UTC):%Y-%m-%d %H:%M} UTC"


class _Noticing:
    """Keeps pages where they are to be kept, and says when one had something in it."""

    def __init__(self, keeping: Keeping, kept: Callable[[], None]) -> None:
        self._keeping = keeping
        self._kept = kept

    def cursor(self, feed: str) -> str | None:
        return self._keeping.cursor(feed)

    def keep(self, feed: str, page: Page) -> None:
        self._keeping.keep(feed, page)
        if page.items:
            self._kept()
