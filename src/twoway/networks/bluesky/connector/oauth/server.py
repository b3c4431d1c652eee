"""The authorization server of an account: found from the account's own server, never believed blindly."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from twoway.collection.values import mapping, text, texts
from twoway.connectors.door import Door
from twoway.connectors.errors import GiveUp
from twoway.networks.bluesky.connector.oauth.client import Client
from twoway.networks.bluesky.connector.oauth.proofs import Proofs
from twoway.networks.bluesky.connector.xrpc import refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """The addresses of an authorization server."""

    name: str
    push: str
    authorize: str
    token: str
    revoke: str


async def issuer_of(door: Door, server: str) -> Issuer:
    """Find who signs people in for an account's server; raises GiveUp where that is unclear."""
    resource = await _document(door, f"{server}/.well-known/oauth-protected-resource")
    names = texts(resource.get("authorization_servers"))
    if text(resource.get("resource")).rstrip("/") != server or len(names) != 1:
        raise GiveUp("{server} does not say who signs its people in.", server=server)
    name = names[0].rstrip("/")
    told = await _document(door, f"{name}/.well-known/oauth-authorization-server")
    if text(told.get("issuer")) != name:
        raise GiveUp("{name} says that it is somebody else.", name=name)
    scheme = urlsplit(server).scheme
    return Issuer(
        name=name,
        push=_address(told, "pushed_authorization_request_endpoint", scheme),
        authorize=_address(told, "authorization_endpoint", scheme),
        token=_address(told, "token_endpoint", scheme),
        revoke=_address(told, "revocation_endpoint", scheme),
    )


async def submit(
    door: Door, address: str, form: dict[str, str], client: Client, issuer: str, proofs: Proofs
) -> dict[str, Any]:
    """Send a form to an authorization server, once more where it wants its number in the proof.

    Raises what refusal() makes of an answer that is no success.
    """
    for _ in range(2):
        answer = await door.request(
            "POST",
            address,
            form={**form, **client.proof(issuer)},
            headers={"dpop": proofs.proof("POST", address)},
            changes=True,
        )
        if not proofs.learn(answer):
            break
    if not answer.is_ok:
        raise refusal(answer)
    return mapping(answer.json()) if answer.body else {}


async def _document(door: Door, address: str) -> dict[str, Any]:
    answer = await door.request("GET", address, size=256 * 1024)
    if not answer.is_ok:
        raise GiveUp(
            "{address} is not there (status {status}).", address=address, status=answer.status
        )
    return mapping(answer.json())


def _address(document: dict[str, Any], name: str, scheme: str) -> str:
    """Return an address that the server names; a browser will open one of them, so not any is taken."""
    found = text(document.get(name))
    if not found.startswith(f"{scheme}://"):
        raise GiveUp("The authorization server names no {name} that may be opened.", name=name)
    return found
