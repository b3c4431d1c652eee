"""The ways to the networks: one connector for each channel, kept while its credentials stand."""

import asyncio

from twoway.connectors import registry
from twoway.connectors.credentials import NotConnected, Store
from twoway.connectors.door import Door
from twoway.connectors.errors import Reconnect
from twoway.connectors.interface import Network
from twoway.desk.channels.models import Channel
from twoway.desk.outbox.sending import Way


class Ways:
    """Opens channels on one event loop. A channel connected anew since gets a new connector."""

    def __init__(self, door: Door, store: Store | None = None) -> None:
        self._door = door
        self._store = store or Store()
        self._open: dict[tuple[int, int], Way] = {}

    async def open(self, channel: Channel) -> Way:
        """Return the way to a channel. Raises Reconnect where its credentials are gone."""
        known = self._open.get((channel.pk, channel.connected_at))
        if known is not None:
            return known
        network = network_of(channel)
        try:
            keeper = self._store.keeper(channel.network, channel.remote_id)
            connector = await asyncio.to_thread(network.open, self._door, keeper)
        except NotConnected as error:
            raise Reconnect(
                "Our key to this channel is no longer here. Connect it again."
            ) from error
        way = Way(connector, network.key_lasts)
        self._open[channel.pk, channel.connected_at] = way
        return way


def network_of(channel: Channel) -> Network:
    """Return the network of a channel; raises GiveUp where this Twoway no longer has it."""
    return registry.network(channel.network)
