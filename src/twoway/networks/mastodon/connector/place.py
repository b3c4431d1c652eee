"""A server as we know it by now, and finding out there which post or account an address means."""

from collections.abc import Mapping
from typing import Any, Final

from twoway.collection.values import identifier, mapping, mappings, text
from twoway.connectors.errors import GiveUp, TryLater
from twoway.networks.mastodon.connector.entities.accounts import id_of
from twoway.networks.mastodon.connector.entities.statuses import uri_of
from twoway.networks.mastodon.connector.known import Known
from twoway.networks.mastodon.connector.names import origin_of, read_name
from twoway.networks.mastodon.connector.refusals import Closed, Gone
from twoway.networks.mastodon.connector.server import Server

Entity = Mapping[str, Any]

_ACTIVITY: Final = {"accept": "application/activity+json"}


class Place:
    """A server, what its ids mean, and which parts of the API it lacks.

    `absent` are local ids of posts that it does not show. `us` is our own account, once proved.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self.known = Known()
        self.lacks: set[str] = set()
        self.absent: set[str] = set()
        self.us: Entity = {}

    @property
    def now(self) -> int:
        """Return the time, µs UTC."""
        return self.server.door.clock.now()

    @property
    def own_id(self) -> str | None:
        """Return our own account's address; None where we are the public."""
        return id_of(self.us)

    async def optional(self, part: str, path: str, params: Any = None) -> Any:
        """Read from a part of the API that many servers lack; None there, and never asked again."""
        if part in self.lacks:
            return None
        try:
            return await self.server.get(path, params)
        except Gone:
            return None
        except Closed:
            raise
        except GiveUp:
            self.lacks.add(part)
            return None

    async def status(self, uri: str) -> Entity | None:
        """Return a post by its address, whatever id it goes by here; None where it is not here.

        What is remembered comes first, then what the address itself tells, then the server's
        search, and at last our notifications: some servers search for nothing.
        """
        for local in (self.known.id_of_post(uri), self._id_in(uri)):
            if found := await self._status_at(local, uri):
                return found
        for told in await self.server.searched(uri, "statuses"):
            self.known.learn(told)
            if found := _meant(told, uri):
                return found
        return await self._among_notifications(uri)

    async def answerable(self, uri: str) -> Entity | None:
        """Return a post that can be answered, also where nothing tells us of it any more.

        What only its digest finds may not have reached us: it can be answered, and not liked.
        """
        if found := await self.status(uri):
            return found
        return await self._status_at((await self.server.instance()).id_of(uri), uri)

    async def is_gone(self, uri: str) -> bool:
        """Tell whether a post that was here is here no more; not found is no proof."""
        local = self.known.id_of_post(uri) or self._id_in(uri)
        return local is not None and await self._status_by_id(local) is None

    async def account(self, address: str) -> str | None:
        """Return the local id of an account by its address or "@handle"; None where it is not here."""
        if address.startswith("@"):
            named = await self.looked_up(address.removeprefix("@"))
            return identifier((named or {}).get("id"))
        if (local := self.known.id_of_account(address)) is not None:
            return local
        for look in (self._by_guess, self._by_search, self._by_actor):
            account = await look(address)
            if account is not None and id_of(account) == address:
                self.known.meet(account)
                return identifier(account.get("id"))
        return None

    async def looked_up(self, handle: str) -> Entity | None:
        """Return the account that a handle means here."""
        found = mapping(await self.optional("lookup", "/api/v1/accounts/lookup", {"acct": handle}))
        others = [] if found else await self.server.searched(f"@{handle}", "accounts")
        for one in (found, *others):
            if _is_called(one, handle):
                self.known.meet(one)
                return one
        return None

    async def _status_at(self, local: str | None, uri: str) -> Entity | None:
        told = await self._status_by_id(local) if local else None
        return _meant(told, uri) if told is not None else None

    async def _status_by_id(self, local: str) -> Entity | None:
        try:
            found = mapping(await self.server.get(f"/api/v1/statuses/{local}"))
        except Gone:
            return None
        self.known.learn(found)
        return found

    async def _among_notifications(self, uri: str) -> Entity | None:
        if not self.us:
            return None
        told = await self.optional("notifications", "/api/v1/notifications", {"limit": 80})
        for status in (mapping(one.get("status")) for one in mappings(told)):
            if status:
                self.known.learn(status)
                if found := _meant(status, uri):
                    return found
        return None

    def _id_in(self, uri: str) -> str | None:
        """Guess the id in the address of a post of this very server; checked before it is used."""
        here = (self.server.address, origin_of(self.own_id or ""))
        return identifier(uri.rpartition("/")[2]) if origin_of(uri) in here else None

    async def _by_guess(self, address: str) -> Entity | None:
        """Take the end of an address for a name: so it is on most servers."""
        host = address.split("/")[2] if address.count("/") > 2 else ""
        user = address.rstrip("/").rpartition("/")[2].removeprefix("@")
        is_here = host == self.server.host
        name = read_name(f"@{user}@{host}") if user and host else None
        if name is None:
            return None
        return await self.looked_up(user if is_here else name.handle)

    async def _by_search(self, address: str) -> Entity | None:
        found = await self.server.searched(address, "accounts")
        return next((one for one in found if id_of(one) == address), None)

    async def _by_actor(self, address: str) -> Entity | None:
        """Ask the account's own server what it is called: accounts made since 4.5 are numbers."""
        try:
            answer = await self.server.door.request("GET", address, headers=_ACTIVITY)
            actor = mapping(answer.json()) if answer.is_ok else {}
        except (GiveUp, TryLater):
            return None
        name, host = text(actor.get("preferredUsername")), address.split("/")[2]
        if not name:
            return None
        return await self.looked_up(name if host == self.server.host else f"{name}@{host}")


def _meant(told: Entity, uri: str) -> Entity | None:
    """Return the post of this address; once we share one, snac 2.75 tells it inside our share."""
    inner = mapping(told.get("reblog"))
    return next((one for one in (told, inner) if one and uri_of(one) == uri), None)


def _is_called(account: Entity, handle: str) -> bool:
    """Tell whether an account has this handle; the server leaves out the host of its own."""
    acct, wanted = text(account.get("acct")).lower(), handle.lower()
    return acct in (wanted, wanted.partition("@")[0]) or acct.partition("@")[0] == wanted
