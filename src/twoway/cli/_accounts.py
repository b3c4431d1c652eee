"""Which account a word on the command line means, and the way to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from twoway.audit.errors import AuditError
from twoway.connectors import registry
from twoway.connectors.credentials import Connected, Store
from twoway.connectors.door import Door
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Connector, Feed, Network
from twoway.core.accounts import Account


@dataclass(frozen=True, slots=True)
class Way:
    """A network opened for one account: as that account itself, or as the public."""

    network: Network
    connector: Connector
    door: Door
    whose: Account
    is_connected: bool

    @property
    def feeds(self) -> list[Feed]:
        """What may be read this way."""
        return [
            feed
            for feed in self.network.feeds
            if feed.about == "account" and (self.is_connected or feed.is_public)
        ]

    @property
    def title(self) -> str:
        """The account as people write it."""
        return f"{self.whose.handle} ({self.network.title})"


@asynccontextmanager
async def way_to(typed: str, *, store: Store | None = None) -> AsyncIterator[Way]:
    """Open the way to an account: ours where it is connected, else what the public may read.

    Raises AuditError where the account asks not to be read so, and what the connectors raise.
    """
    connected = _connected(typed, store or Store())
    async with Door() as door:
        if connected is None:
            yield await _public(typed, door)
        else:
            yield await _ours(connected, door, store or Store())


def _connected(typed: str, store: Store) -> Connected | None:
    prefix, colon, rest = typed.partition(":")
    known = {network.name for network in registry.networks()}
    network, name = (prefix, rest) if colon and prefix in known else (None, typed)
    return store.find(name, network) if store.matching(name, network) else None


async def _ours(connected: Connected, door: Door, store: Store) -> Way:
    network = registry.network(connected.network)
    connector = network.open(door, store.keeper(connected.network, connected.account))
    whose = Account(network=network.name, id=connected.account, handle=connected.handle)
    return Way(network, connector, door, whose, is_connected=True)


async def _public(typed: str, door: Door) -> Way:
    try:
        network, name = registry.meant(typed)
    except GiveUp as error:  # nobody was asked yet: what was typed is wrong
        raise AuditError(str(error)) from None
    connector = network.public(door)
    found = await connector.resolve(name)
    if not found.may_be_audited:
        raise AuditError(
            f"{found.account.handle} is not read: {found.why_not} If it is yours, connect it: "
            f"twoway connect {network.name}"
        )
    return Way(network, connector, door, found.account, is_connected=False)
