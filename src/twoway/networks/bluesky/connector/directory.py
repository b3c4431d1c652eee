"""Who is where: the document behind a DID names the account's handle and its server."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from twoway.collection.values import mapping, mappings, text, texts
from twoway.connectors.door import Door
from twoway.connectors.errors import GiveUp
from twoway.networks.bluesky.connector.hosts import Hosts
from twoway.networks.bluesky.connector.xrpc import Refused, Xrpc

_DOCUMENT: Final = 256 * 1024
INVALID: Final = "handle.invalid"
"""What Bluesky shows in place of a handle that does not lead back to its account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """An account's identity, its handle, and the address of its server."""

    account: str
    handle: str
    server: str


class Directory:
    """Looks accounts up."""

    def __init__(self, door: Door, hosts: Hosts) -> None:
        self._door = door
        self._hosts = hosts
        self._public = Xrpc(door, hosts.public)

    async def home_of(self, actor: str) -> Home:
        """Find an account by handle or DID; raises GiveUp where there is none.

        A handle counts only where it and the account name each other.
        """
        account = actor if actor.startswith("did:") else await self.account_of(actor)
        document = await self._document(account)
        if text(document.get("id")) != account:
            raise GiveUp(
                "The directory answers for {account} with another account's document.",
                account=account,
            )
        named = [
            name[5:].lower() for name in texts(document.get("alsoKnownAs")) if name[:5] == "at://"
        ]
        if actor != account and actor not in named:
            raise GiveUp(
                "{actor} names an account that does not name it. Check the spelling.", actor=actor
            )
        handle = actor if actor != account else (named[0] if named else INVALID)
        return Home(account=account, handle=handle, server=_server_in(document, account))

    async def account_of(self, handle: str) -> str:
        """Return the DID that a handle names; raises GiveUp where it names none."""
        try:
            found = await self._public.ask("com.atproto.identity.resolveHandle", {"handle": handle})
        except Refused as error:
            raise GiveUp(
                "Nobody on Bluesky is called {handle}. Check the spelling.", handle=handle
            ) from error
        return text(found.get("did"))

    async def _document(self, account: str) -> dict[str, Any]:
        answer = await self._door.request("GET", self._place_of(account), size=_DOCUMENT)
        if not answer.is_ok:
            raise GiveUp(
                "{account} is in no directory (status {status}).",
                account=account,
                status=answer.status,
            )
        return mapping(answer.json())

    def _place_of(self, account: str) -> str:
        if account.startswith("did:plc:"):
            return f"{self._hosts.directory}/{account}"
        if account.startswith("did:web:"):
            return f"https://{unquote(account.removeprefix('did:web:'))}/.well-known/did.json"
        raise GiveUp(
            "{account} is an identity of a kind that Bluesky does not use.", account=account[:100]
        )


def _server_in(document: dict[str, Any], account: str) -> str:
    for service in mappings(document.get("service")):
        if text(service.get("id")).endswith("#atproto_pds"):
            return text(service.get("serviceEndpoint")).rstrip("/")
    raise GiveUp("{account} has no server any more.", account=account)
