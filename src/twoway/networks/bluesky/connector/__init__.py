"""Bluesky, read and answered: begin at network.py, then channel.py."""

from twoway.networks.bluesky.connector.network import Bluesky

NETWORK = Bluesky()
