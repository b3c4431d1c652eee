"""Calls to a Bluesky server, and what its refusals mean.

Whoever asks brings a Prover: nobody, somebody with a password session, or somebody with OAuth.
"""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from twoway.collection.values import mapping, microseconds, text
from twoway.connectors.answer import Answer
from twoway.connectors.door import BODY, Door
from twoway.connectors.errors import ConnectorError, GiveUp, Reconnect

Value = str | int | list[str] | None

LARGEST: Final = 4 * BODY
"""A thread of ten thousand replies takes some 20 MB."""

# The proof is renewed at most: once for its nonce, once as a whole, and once more for its nonce.
_TRIES: Final = 4
NARROW: Final = (
    "This app password does not open private messages. Make one with “Allow access to your direct "
    "messages”, and connect again."
)
_SUSPENDED: Final = frozenset(
    {
        "AccountTakedown",
        "AccountSuspended",
        "AccountDeactivated",
        "RepoTakendown",
        "RepoDeactivated",
    }
)


class Refused(GiveUp):
    """The server understood and says no; `name` is its own word for why ("RecordNotFound")."""

    def __init__(self, words: str, name: str, status: int, /, **values: str) -> None:
        super().__init__(words, **values)
        self.name = name
        self.status = status


class Prover(Protocol):
    """Proves to a server who asks."""

    account: str
    """The account's DID; empty for nobody."""

    async def headers(self, http_method: str, address: str) -> Mapping[str, str]:
        """Return what proves one request."""
        ...

    async def renewed(self, answer: Answer) -> bool:
        """Tell whether the same request may be sent again with a newer proof, and get that."""
        ...


class Nobody:
    """Proves nothing: what everybody may read."""

    account = ""

    async def headers(self, http_method: str, address: str) -> Mapping[str, str]:
        return {}

    async def renewed(self, answer: Answer) -> bool:
        return False


class Xrpc:
    """Asks one server."""

    def __init__(self, door: Door, server: str, prover: Prover | None = None) -> None:
        self.door = door
        self.server = server.rstrip("/")
        self.prover: Prover = prover or Nobody()
        # Documented for an address of ours, over all its accounts (2026-11); headers say the rest.
        door.budget(_host_of(server), self.prover.account).pace(3_000, 300)

    async def ask(
        self,
        method: str,
        params: Mapping[str, Value] | None = None,
        *,
        service: str | None = None,
        size: int = BODY,
    ) -> dict[str, Any]:
        """Call a method that only reads; parameters that are None are left out.

        `service` is whom the server shall pass the call on to.
        """
        given = {name: value for name, value in (params or {}).items() if value is not None}
        answer = await self._call("GET", method, service, params=given, size=size)
        return mapping(answer.json())

    async def ask_with_time(
        self, method: str, params: Mapping[str, Value]
    ) -> tuple[dict[str, Any], int]:
        """Call a method that only reads; return what it says, and the server's time (µs UTC)."""
        answer = await self._call("GET", method, None, params=params)
        try:
            at = microseconds(parsedate_to_datetime(answer.headers.get("date", "")))
        except (ValueError, TypeError):
            at = self.door.clock.now()
        return mapping(answer.json()), at

    async def tell(
        self,
        method: str,
        body: object,
        *,
        service: str | None = None,
        changes: bool = True,
    ) -> dict[str, Any]:
        """Call a method that changes something; raises Unknown where the answer is lost.

        `changes` False is for what may be repeated without harm.
        """
        answer = await self._call("POST", method, service, json=body, changes=changes)
        return mapping(answer.json()) if answer.body else {}

    async def upload(self, content: bytes, kind: str) -> dict[str, Any]:
        """Put a picture onto the server, where it waits for a record that shows it.

        Its name is its checksum, so a second time changes nothing.
        """
        answer = await self._call(
            "POST",
            "com.atproto.repo.uploadBlob",
            None,
            content=content,
            headers={"content-type": kind},
        )
        return mapping(mapping(answer.json()).get("blob"))

    async def _call(self, verb: str, method: str, service: str | None, **what: Any) -> Answer:
        address = f"{self.server}/xrpc/{method}"
        beside = {**what.pop("headers", {}), **({"atproto-proxy": service} if service else {})}
        for _ in range(_TRIES):
            proof = await self.prover.headers(verb, address)
            answer = await self.door.request(
                verb, address, headers={**beside, **proof}, budget=self.prover.account, **what
            )
            if answer.is_ok:
                return answer
            if not await self.prover.renewed(answer):
                break
        raise refusal(answer)


def refusal(answer: Answer) -> ConnectorError:
    """Say what an answer that is no success means, in the server's own words."""
    name, message = words_of(answer)
    said = (message or name or f"status {answer.status}")[:300]
    if name in _SUSPENDED or message.startswith("Could not find repo"):
        return Reconnect("Its server has closed this account for now ({said}).", said=said)
    if message == "Bad token method":  # an app password of the ordinary kind (2026-11)
        return GiveUp(NARROW)
    if answer.status == 401 or name in ("ExpiredToken", "InvalidToken", "AuthMissing"):
        return Reconnect(
            "The server no longer takes our credentials ({said}). Connect again.", said=said
        )
    if answer.status == 413:
        return GiveUp("This is larger than the server takes.")
    return Refused("Bluesky refuses this: {said}", name, answer.status, said=said)


def words_of(answer: Answer) -> tuple[str, str]:
    """Return a refusal's name and sentence; both empty where it has none."""
    try:
        said = mapping(answer.json())
    except GiveUp:
        return "", ""
    return text(said.get("error")), text(said.get("message") or said.get("error_description"))


def _host_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.hostname or ''}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
