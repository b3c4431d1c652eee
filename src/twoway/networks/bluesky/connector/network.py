"""Bluesky as a whole: what it can do, and how an account gets in."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from twoway.connectors.door import Door
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import (
    Can,
    Connecting,
    Connector,
    Credentials,
    Feed,
    Keeper,
    Limits,
    Setting,
    Visit,
)
from twoway.networks.bluesky.connector import password
from twoway.networks.bluesky.connector.channel import Channel, Public
from twoway.networks.bluesky.connector.directory import Directory
from twoway.networks.bluesky.connector.feeds import FEEDS
from twoway.networks.bluesky.connector.hosts import Hosts
from twoway.networks.bluesky.connector.limits import LIMITS
from twoway.networks.bluesky.connector.names import actor_of, looks_like_a_file
from twoway.networks.bluesky.connector.oauth import visit as visits
from twoway.networks.bluesky.connector.oauth.client import client_at, document
from twoway.networks.bluesky.posts import NETWORK

CLIENT_KEY: Final = "TWOWAY_BLUESKY_CLIENT_KEY"
"""The environment variable with a desk's own key (a JWK, P-256), by which its sessions last longer."""

_SETTINGS: Final = (
    Setting(name="handle", label="Handle", example="museum.bsky.social"),
    Setting(
        name="app_password",
        label="App password",
        explanation=(
            "Leave it empty to sign in on Bluesky's own page. Otherwise make one there: Settings → "
            "Privacy and security → App passwords; allow direct messages if they are to be "
            "answered too."
        ),
        secret=True,
        required=False,
        example="xxxx-xxxx-xxxx-xxxx",
    ),
)


@dataclass(frozen=True, slots=True)
class Bluesky:
    """The network; tests give it hosts of their own."""

    hosts: Hosts = field(default_factory=Hosts.of_environment)
    name: str = NETWORK
    title: str = "Bluesky"
    can: frozenset[Can] = frozenset(
        {"answer", "publish", "quote", "message", "like", "share", "follow", "edit", "delete",
         "media", "listen"}
    )  # fmt: skip
    limits: Limits = LIMITS
    feeds: tuple[Feed, ...] = FEEDS
    settings: Sequence[Setting] = _SETTINGS
    retention_days: int | None = None
    key_lasts: int | None = None

    def means(self, name: str) -> bool:
        """Tell handles, domains, DIDs and addresses at bsky.app; a second "@" is the fediverse's."""
        return actor_of(name) is not None and not looks_like_a_file(name)

    def public(self, door: Door) -> Connector:
        """Open what may be read without credentials."""
        return Public(door, self.hosts)

    def open(self, door: Door, keeper: Keeper) -> Connector:
        """Open as the account whose credentials the keeper holds."""
        return Channel(door, self.hosts, keeper)

    def connecting(self, door: Door) -> Connecting:
        """Begin to connect an account."""
        return _Connecting(door, self.hosts)

    def client_document(self, return_to: str) -> dict[str, Any]:
        """Return what a desk with a public address serves at oauth.client.DOCUMENT, as JSON to be."""
        return document(client_at(return_to, _client_key()), "Twoway")


class _Connecting:
    """By app password where one is given, else by Bluesky's own page."""

    def __init__(self, door: Door, hosts: Hosts) -> None:
        self._door = door
        self._directory = Directory(door, hosts)

    async def begin(self, settings: Mapping[str, str], return_to: str) -> Credentials | Visit:
        actor = actor_of(settings.get("handle", ""))
        if actor is None:
            raise GiveUp("Write the handle as Bluesky shows it, such as museum.bsky.social.")
        home = await self._directory.home_of(actor)
        if secret := settings.get("app_password", "").strip():
            return await password.log_in(self._door, home, secret)
        return await visits.begin(self._door, home, return_to, _client_key())

    async def finish(self, visit: Visit, answer: Mapping[str, str]) -> Credentials:
        return await visits.finish(self._door, visit, answer)


def _client_key() -> ECKey | None:
    """Read the desk's own key; raises GiveUp where it is none."""
    given = os.environ.get(CLIENT_KEY)
    if not given:
        return None
    try:
        return ECKey.import_key(orjson.loads(given))
    except (orjson.JSONDecodeError, JoseError, ValueError, TypeError, KeyError):
        raise GiveUp(
            "{variable} holds no key. It takes a JWK of P-256.", variable=CLIENT_KEY
        ) from None
