"""The way through Bluesky's own page: asked for, visited by a person, come back from."""

import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode

from joserfc.jwk import ECKey

from twoway.collection.values import text
from twoway.connectors.door import Door
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Credentials, Visit
from twoway.networks.bluesky.connector.directory import Home
from twoway.networks.bluesky.connector.oauth.client import SCOPE, Client, client_at
from twoway.networks.bluesky.connector.oauth.proofs import Proofs, encoded, new_key
from twoway.networks.bluesky.connector.oauth.server import issuer_of, submit
from twoway.networks.bluesky.connector.oauth.session import KIND, key_of, tokens, written

_NOT_FINISHED: Final = "The sign-in was not finished. Begin again."


async def begin(door: Door, home: Home, return_to: str, client_key: ECKey | None) -> Visit:
    """Tell the server who will come (PAR), and return the page to visit."""
    client = client_at(return_to, client_key)
    issuer = await issuer_of(door, home.server)
    key, verifier, state = new_key(), secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    pushed = await submit(
        door,
        issuer.push,
        {
            "response_type": "code",
            "redirect_uri": client.return_to,
            "scope": SCOPE,
            "state": state,
            "login_hint": home.handle,
            "code_challenge": encoded(sha256(verifier.encode("ascii")).digest()),
            "code_challenge_method": "S256",
        },
        client,
        issuer.name,
        Proofs(key),
    )
    query = urlencode({"client_id": client.id, "request_uri": text(pushed.get("request_uri"))})
    return Visit(
        address=f"{issuer.authorize}?{query}",
        remember={
            "account": home.account,
            "handle": home.handle,
            "server": home.server,
            "issuer": issuer.name,
            "token": issuer.token,
            "revoke": issuer.revoke,
            "state": state,
            "verifier": verifier,
            "key": written(key),
            "client": client.id,
            "return_to": client.return_to,
            "client_key": written(client_key) if client.key and client_key else "",
        },
    )


async def finish(door: Door, visit: Visit, answer: Mapping[str, str]) -> Credentials:
    """Turn the code that the page sent back into tokens; raises GiveUp where it sent none."""
    known = dict(visit.remember)
    _check(known, answer)
    client = Client(
        id=known["client"],
        return_to=known["return_to"],
        key=key_of(known["client_key"]) if known["client_key"] else None,
    )
    form = {
        "grant_type": "authorization_code",
        "code": answer["code"],
        "redirect_uri": client.return_to,
        "code_verifier": known["verifier"],
    }
    handed = await submit(
        door, known["token"], form, client, known["issuer"], Proofs(key_of(known["key"]))
    )
    keep = ("issuer", "token", "revoke", "key", "client", "client_key")
    return Credentials(
        network="bluesky",
        account=known["account"],
        handle=known["handle"],
        server=known["server"],
        secrets={
            "kind": KIND,
            **{name: known[name] for name in keep},
            **tokens(handed, known["account"]),
        },
    )


def _check(known: Mapping[str, str], answer: Mapping[str, str]) -> None:
    """Believe only an answer to our own question, from whom we asked."""
    if not secrets.compare_digest(answer.get("state", ""), known["state"]):
        raise GiveUp(_NOT_FINISHED)
    if answer.get("iss", "").rstrip("/") != known["issuer"]:
        raise GiveUp("The answer came from another server than the one that was asked.")
    if "error" in answer:
        why = answer.get("error_description") or answer["error"]
        raise GiveUp("Bluesky did not let us in: {said}", said=why[:200])
    if not answer.get("code"):
        raise GiveUp(_NOT_FINISHED)
