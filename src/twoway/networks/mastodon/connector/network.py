"""Mastodon as a network: every server that speaks its API, whoever made it."""

from collections.abc import Sequence
from typing import Final

from twoway.connectors.door import Door
from twoway.connectors.interface import Can, Feed, Keeper, Setting
from twoway.networks.mastodon.connector.account import AccountConnector
from twoway.networks.mastodon.connector.connecting import ByOAuth
from twoway.networks.mastodon.connector.entities.instance import USUAL
from twoway.networks.mastodon.connector.hearing.feeds import FEEDS
from twoway.networks.mastodon.connector.names import read_name
from twoway.networks.mastodon.connector.public import PublicConnector
from twoway.networks.mastodon.notes import NETWORK

SERVER: Final = Setting(
    name="server",
    label="Server",
    explanation="Where the account lives: the part of its handle behind the second @.",
    example="mastodon.example",
)


class Mastodon:
    """The fediverse, as far as it is reached by Mastodon's API."""

    name = NETWORK
    title = "Mastodon"
    can: frozenset[Can] = frozenset(
        {
            "answer",
            "publish",
            "quote",
            "message",
            "like",
            "share",
            "follow",
            "vote",
            "poll",
            "edit",
            "delete",
            "media",
            "content_warning",
            "visibility",
            "listen",
        }
    )
    limits = USUAL
    feeds: tuple[Feed, ...] = FEEDS
    settings: Sequence[Setting] = (SERVER,)
    # No limit is set; what is deleted there is deleted here.
    retention_days: int | None = None
    # Mastodon keeps keys for an hour, most others not at all: sending looks back by itself.
    key_lasts: int | None = 0

    def means(self, name: str) -> bool:
        """Tell @name@server and the pages of accounts by their look."""
        return read_name(name) is not None

    def public(self, door: Door) -> PublicConnector:
        """Open what may be read without credentials."""
        return PublicConnector(door)

    def open(self, door: Door, keeper: Keeper) -> AccountConnector:
        """Open a connected account."""
        return AccountConnector(door, keeper)

    def connecting(self, door: Door) -> ByOAuth:
        """Begin to connect an account."""
        return ByOAuth(door)
