"""What is asked of a network when a channel is connected or let go: who we are, and to forget us."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from django.http import Http404

from twoway.connectors import registry
from twoway.connectors.credentials import Store
from twoway.connectors.door import Door
from twoway.connectors.errors import ConnectorError, GiveUp, NotConnected, Reconnect
from twoway.connectors.interface import Credentials, Network
from twoway.core.accounts import Account
from twoway.desk import clock
from twoway.desk.channels import services
from twoway.desk.channels.models import Channel
from twoway.desk.inbox import ingest
from twoway.desk.team.models import Teammate

T = TypeVar("T")


def proved(teammate: Teammate, network: Network, credentials: Credentials) -> Channel:
    """Ask the network who we are, and only then keep the channel; what worked before stays otherwise."""
    store = Store()
    before = _known(store, credentials)
    store.save(credentials, clock.now())

    async def check(door: Door) -> Account:
        keeper = await asyncio.to_thread(store.keeper, credentials.network, credentials.account)
        found = await network.open(door, keeper).check()
        if not found.works:
            raise Reconnect(found.needs)
        if found.account is None:
            raise Reconnect("The network does not say who we are.")
        return found.account

    try:
        account = run(check)
    except ConnectorError:
        if before is None:
            store.forget(credentials.network, credentials.account)
        else:
            store.save(before, clock.now())
        raise
    channel = services.connect(
        teammate, network.name, account, credentials.server or "", network.retention_days
    )
    # What came in before, as somebody else's words, may be ours from now on.
    ingest.reconsider_ours(channel.organisation_id, channel.network)
    return channel


def _known(store: Store, credentials: Credentials) -> Credentials | None:
    try:
        return store.keeper(credentials.network, credentials.account).read()
    except NotConnected:
        return None


def revoke(channel: Channel) -> None:
    """Have the network forget the key of a channel, and forget it here."""
    store = Store()

    async def let_go(door: Door) -> None:
        keeper = await asyncio.to_thread(store.keeper, channel.network, channel.remote_id)
        connector = await asyncio.to_thread(network_of(channel.network).open, door, keeper)
        await connector.disconnect()

    try:
        run(let_go)
    except NotConnected:
        return
    finally:
        store.forget(channel.network, channel.remote_id)


def run(do: Callable[[Door], Awaitable[T]]) -> T:
    """Do something at a network from a page's thread, with a door of its own."""

    async def through_the_door() -> T:
        async with Door() as door:
            return await do(door)

    return asyncio.run(through_the_door())


def network_of(name: str) -> Network:
    try:
        return registry.network(name)
    except GiveUp as unknown:
        raise Http404(str(unknown)) from unknown
