"""Mastodon's API: reading in public, hearing and answering as an account, on any server with it."""

from typing import Final

from twoway.connectors.interface import Network
from twoway.networks.mastodon.connector.network import Mastodon

NETWORK: Final[Network] = Mastodon()
