"""What anybody may read of the fediverse: each account is asked of its own server."""

from collections.abc import AsyncIterator, Iterable

from twoway.collection.records import Record
from twoway.connectors.door import Door
from twoway.connectors.errors import GiveUp, Reconnect
from twoway.connectors.interface import Action, Health, Key, Page, Raw, Resolved, Sent
from twoway.networks.mastodon.connector import resolving
from twoway.networks.mastodon.connector.entities import reading
from twoway.networks.mastodon.connector.entities.instance import USUAL
from twoway.networks.mastodon.connector.hearing import feeds
from twoway.networks.mastodon.connector.names import origin_of, read_name
from twoway.networks.mastodon.connector.place import Place
from twoway.networks.mastodon.connector.server import Server

_NO_ACCOUNT = "Without an account nothing can be sent. Connect one: `twoway connect mastodon`."


class PublicConnector:
    """Reads without credentials, on as many servers as the accounts are on."""

    def __init__(self, door: Door) -> None:
        self.limits = USUAL
        self._door = door
        self._places: dict[str, Place] = {}

    async def check(self) -> Health:
        """Report that nothing is needed to read in public."""
        return Health(works=True)

    async def resolve(self, name: str) -> Resolved:
        """Find an account by @name@server or by the address of its page."""
        typed = read_name(name)
        if typed is None:
            raise GiveUp(
                "‘{name}’ is no account here. Write it like @museum@server.example.",
                name=name[:100],
            )
        place = self._place(await resolving.own_server(self._place(typed.address), typed))
        account = await resolving.find(place, typed.user)
        return resolving.resolved(account, place.now)

    async def pull(
        self, feed: str, cursor: str | None, account: str | None = None, since: int | None = None
    ) -> AsyncIterator[Page]:
        """Walk a public feed at the server that an account's address names."""
        origin = origin_of(account or "")
        if account is None or origin is None:
            raise GiveUp("Say whose posts are to be read.")
        if not any(one.name == feed and one.is_public for one in feeds.FEEDS):
            raise GiveUp(
                "{feed} are not public. Connect the account: `twoway connect mastodon`.", feed=feed
            )
        async for page in feeds.pull(self._place(origin), feed, cursor, account, since):
            yield page

    def parse(self, raw: Raw) -> Iterable[Record]:
        """Say what a raw answer holds."""
        return reading.read(raw)

    async def send(self, action: Action, key: Key) -> Sent:
        """Refuse."""
        raise Reconnect(_NO_ACCOUNT)

    async def find(self, action: Action, key: Key) -> Sent | None:
        """Refuse."""
        raise Reconnect(_NO_ACCOUNT)

    async def listen(self, cursor: str | None) -> AsyncIterator[Page]:
        """Refuse: streams are for those who have an account (Mastodon 4.2 on)."""
        raise Reconnect(_NO_ACCOUNT)
        yield Page(items=(), cursor=cursor or "")

    async def disconnect(self) -> None:
        """Do nothing: there is nothing to revoke."""

    def _place(self, address: str) -> Place:
        if address not in self._places:
            self._places[address] = Place(Server(self._door, address))
        return self._places[address]
