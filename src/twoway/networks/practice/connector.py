"""The practice network as a network like any other: a town in a file, and us in the middle of it."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from twoway.collection.records import Record
from twoway.connectors import places
from twoway.connectors.door import Door
from twoway.connectors.errors import ConnectorError, GiveUp, Reconnect
from twoway.connectors.interface import (
    Action,
    Can,
    Connecting,
    Connector,
    Credentials,
    Feed,
    Health,
    Keeper,
    Key,
    Limits,
    Page,
    Raw,
    Resolved,
    Sent,
    Setting,
    Visit,
)  # fmt: skip
from twoway.core.accounts import Account
from twoway.core.coverage import STREAMS, Coverage
from twoway.networks.practice.server import CHARACTERS, Server
from twoway.networks.practice.store import OURS
from twoway.networks.practice.wording import NETWORK as NAME
from twoway.networks.practice.wording import records
from twoway.practice.grammar import settings as settings_of_towns
from twoway.practice.living.town import Town

FEED: Final = Feed(name="events", covers=frozenset(STREAMS), is_public=False, every=2)
PAGE: Final = 100
_CALLED: Final = {
    "museum": "a museum", "shop": "a shop", "telecoms": "a telephone company",
    "town_hall": "a town hall", "transport": "a bus company",
}  # fmt: skip
_LIMITS: Final = Limits(characters=CHARACTERS)


class PracticeConnector:
    """A channel into one practice town."""

    limits = _LIMITS

    def __init__(self, server: Server) -> None:
        self._server = server

    async def check(self) -> Health:
        try:
            return Health(works=True, account=_account(await asyncio.to_thread(self._server.prove)))
        except ConnectorError as error:
            return Health(works=False, needs=error.why)

    async def resolve(self, name: str) -> Resolved:
        handle = name.removeprefix("@")
        who = await asyncio.to_thread(self._server.prove)
        if handle == who["handle"]:
            return Resolved(account=_account(who))
        person = self._server.person(handle)
        if person is None:
            raise GiveUp("Nobody in the practice network is called {name}.", name=name)
        return Resolved(account=Account(
            network=NAME, id=person.id, handle=person.handle, name=person.name, followers=person.followers,
        ))  # fmt: skip

    async def pull(
        self, feed: str, cursor: str | None, account: str | None = None, since: int | None = None
    ) -> AsyncIterator[Page]:
        if feed != FEED.name or account not in (None, OURS):
            raise GiveUp("The practice network has no feed called {feed}.", feed=feed)
        after = _number(cursor)
        while True:
            now = _now()
            events = await asyncio.to_thread(self._server.events, after, PAGE, now)
            items = tuple(_raw(at, body, now) for _, at, body in events if at >= (since or 0))
            after = events[-1][0] if events else after
            is_last = len(events) < PAGE
            covered = _covered(self._server.begun(), now) if is_last else ()
            yield Page(items=items, cursor=str(after), coverage=covered, is_last=is_last)
            if is_last:
                return

    def parse(self, raw: Raw) -> Iterable[Record]:
        return records(raw.body)

    async def send(self, action: Action, key: Key) -> Sent:
        return await asyncio.to_thread(self._server.do, action, key, _now())

    async def find(self, action: Action, key: Key) -> Sent | None:
        return await asyncio.to_thread(self._server.look_up, action, key)

    async def listen(self, cursor: str | None) -> AsyncIterator[Page]:
        """Look again every two seconds: the people write while one looks."""
        while True:
            async for page in self.pull(FEED.name, cursor):
                cursor = page.cursor
                if page.items:
                    yield page
            await asyncio.sleep(FEED.every)

    async def disconnect(self) -> None:
        """Nothing to revoke: the town stays as it is, for whoever comes back."""


class PracticeConnecting:
    """A town is founded, or found again, from the form alone."""

    async def begin(self, settings: Mapping[str, str], return_to: str) -> Credentials | Visit:
        town = _town(settings)
        file = places.home() / "practice" / f"{town.setting}-{town.seed}.sqlite"
        server = Server(file, town)
        who = await asyncio.to_thread(server.prove)
        known = {name: settings[name] for name in ("setting", "speed", "seed") if name in settings}
        return Credentials(
            network=NAME, account=OURS, handle=who["handle"], server=str(file), secrets=known
        )

    async def finish(self, visit: Visit, answer: Mapping[str, str]) -> Credentials:
        raise GiveUp("The practice network has no page to visit.")


@dataclass(frozen=True, slots=True)
class PracticeNetwork:
    """What can be done in a practice town."""

    name: str = NAME
    title: str = "Practice network"
    can: frozenset[Can] = frozenset(
        {"answer", "publish", "quote", "message", "like", "share", "follow", "edit", "delete", "listen"}
    )  # fmt: skip
    limits: Limits = _LIMITS
    feeds: tuple[Feed, ...] = (FEED,)
    settings: Sequence[Setting] = (
        Setting(
            name="setting", label="Which organisation you are", required=False, example="transport",
            explanation=f"One of {', '.join(settings_of_towns())}.",
            choices={name: _CALLED.get(name, name) for name in settings_of_towns()},
        ),
        Setting(
            name="speed", label="How fast people live", required=False, example="60",
            explanation="Minutes of theirs in a minute of yours: 60 brings something new every half minute or so.",
        ),
    )  # fmt: skip
    retention_days: int | None = None
    key_lasts: int | None = None

    def means(self, name: str) -> bool:
        return name.endswith("@practice")

    def public(self, door: Door) -> Connector:
        raise GiveUp("The practice network is only there for those who connect to it.")

    def open(self, door: Door, keeper: Keeper) -> Connector:
        known = keeper.read()
        if known.server is None:
            raise Reconnect(
                "This practice channel does not say where its town is. Connect it again."
            )
        return PracticeConnector(Server(_file(known.server), _town(known.secrets)))

    def connecting(self, door: Door) -> Connecting:
        return PracticeConnecting()


NETWORK: Final = PracticeNetwork()


def _file(server: str) -> Path:
    """Return where a town lies: a backup brings it along, maybe to a folder of another name."""
    known = Path(server)
    here = places.home() / "practice" / known.name
    return here if here.exists() else known


def _town(settings: Mapping[str, str]) -> Town:
    setting = settings.get("setting") or "transport"
    if setting not in settings_of_towns():
        raise GiveUp(
            "There is no town of {setting}; there are {known}.",
            setting=setting,
            known=", ".join(settings_of_towns()),
        )
    try:
        speed, seed = float(settings.get("speed") or 60), int(settings.get("seed") or 1)
    except ValueError as error:
        raise GiveUp(
            "The speed is a number: how many minutes of theirs pass in one of yours."
        ) from error
    if not 0.1 <= speed <= 10_000:
        raise GiveUp("The speed is a number between 0.1 and 10,000.")
    return Town(seed=seed, setting=setting, speed=speed)


def _raw(at: int, body: str, now: int) -> Raw:
    event = orjson.dumps({**orjson.loads(body), "at": at})
    return Raw(network=NAME, kind="event", body=event, fetched_at=now, about=OURS)


def _account(who: Mapping[str, object]) -> Account:
    return Account(
        network=NAME, id=OURS, handle=str(who["handle"]), name=str(who["name"]), followers=4_130
    )


def _covered(begun: int, now: int) -> tuple[Coverage, ...]:
    return tuple(
        Coverage(
            network=NAME, account=OURS, stream=stream, begins=begun, ends=now, is_complete=True,
            how="the practice network tells everything that happens",
        )
        for stream in STREAMS
    )  # fmt: skip


def _number(cursor: str | None) -> int:
    return int(cursor) if cursor is not None and cursor.isdecimal() else 0


def _now() -> int:
    return time.time_ns() // 1000
