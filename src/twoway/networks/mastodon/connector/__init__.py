"""Mastodon's API: reading in public, hearing and answering as an account, on any server with it.

network      what Mastodon is called, what it can do, how one gets in
connecting   the way in: our program makes itself known, a person says yes
public       what anybody may read; account: what a connected account hears and does
names        what people type; resolving: whom they mean
server       asking one server; refusals: what its no means; place and known: what its ids mean
entities/    what it tells, read into the core's words: pure
hearing/     what is walked through and what is streamed
sending/     what is said and done, exactly once
"""

from typing import Final

from twoway.connectors.interface import Network
from twoway.networks.mastodon.connector.network import Mastodon

NETWORK: Final[Network] = Mastodon()
