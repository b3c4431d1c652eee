"""Sessions by OAuth: tokens bound to a key, renewed by a token that works once.

A renewal token used twice ends the whole session (measured in 2026-11), so whoever renews holds
the keeper's lock, reads what is kept first, and keeps the new tokens before letting go.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import orjson
from joserfc.jwk import ECKey

from twoway.collection.values import text
from twoway.connectors.answer import Answer
from twoway.connectors.door import Door
from twoway.connectors.errors import ConnectorError, GiveUp, Reconnect, Unknown
from twoway.connectors.interface import Credentials, Keeper
from twoway.connectors.sentences import Sentence
from twoway.networks.bluesky.connector.oauth.client import Client
from twoway.networks.bluesky.connector.oauth.proofs import Proofs
from twoway.networks.bluesky.connector.oauth.server import submit
from twoway.networks.bluesky.connector.xrpc import words_of

KIND: Final = "oauth"
_ENDED: Final = "Bluesky has ended this session. Connect the channel again."


class OAuth:
    """Proves an account by tokens and the key that they are bound to."""

    def __init__(self, door: Door, keeper: Keeper) -> None:
        self._door = door
        self._keeper = keeper
        self._credentials = keeper.read()
        self._proofs = Proofs(key_of(self._credentials.secrets["key"]))
        self.account = self._credentials.account

    async def headers(self, http_method: str, address: str) -> Mapping[str, str]:
        token = self._credentials.secrets["access"]
        proof = self._proofs.proof(http_method, address, token)
        return {"authorization": f"DPoP {token}", "dpop": proof}

    async def renewed(self, answer: Answer) -> bool:
        """Learn the server's number, or renew an access token, which lasts an hour."""
        if self._proofs.learn(answer):
            return True
        if answer.status != 401 or not _is_over(answer):
            return False
        async with self._keeper.locked():
            kept = self._keeper.read()
            if kept.secrets["access"] == self._credentials.secrets["access"]:
                kept = await self._renew(kept)
                self._keeper.keep(kept)
            self._credentials = kept
        return True

    async def _renew(self, kept: Credentials) -> Credentials:
        try:
            fresh = await self._submit(
                kept,
                "token",
                {"grant_type": "refresh_token", "refresh_token": kept.secrets["refresh"]},
            )
        except (GiveUp, Reconnect) as error:
            raise Reconnect(_ENDED) from error
        except Unknown as error:
            # The token may be used up; the next call finds out, and says so.
            raise Reconnect(
                "{why} Its answer to a renewal was lost.", why=Sentence(_ENDED)
            ) from error
        return replace(kept, secrets={**kept.secrets, **tokens(fresh, kept.account)})

    async def end(self) -> None:
        """Revoke the session; one that is over already is well ended."""
        kept = self._keeper.read()
        try:
            await self._submit(kept, "revoke", {"token": kept.secrets["refresh"]})
        except ConnectorError:
            return

    async def _submit(
        self, kept: Credentials, what: str, form: dict[str, str]
    ) -> dict[str, object]:
        secrets = kept.secrets
        key = key_of(secrets["client_key"]) if secrets.get("client_key") else None
        client = Client(id=secrets["client"], return_to="", key=key)
        return await submit(
            self._door, secrets[what], form, client, secrets["issuer"], self._proofs
        )


def tokens(answer: Mapping[str, object], account: str) -> dict[str, str]:
    """Take the tokens out of an answer; raises GiveUp where they are for somebody else."""
    if text(answer.get("sub")) != account:
        raise GiveUp("The authorization server handed out tokens for another account.")
    found = {
        "access": text(answer.get("access_token")),
        "refresh": text(answer.get("refresh_token")),
    }
    if text(answer.get("token_type")).lower() != "dpop" or not all(found.values()):
        raise GiveUp("The authorization server handed out tokens of another kind.")
    return found


def key_of(written: str) -> ECKey:
    """Read a key as it is kept."""
    return ECKey.import_key(orjson.loads(written))


def written(key: ECKey) -> str:
    """Write a key to keep it, its secret half too."""
    return orjson.dumps(key.as_dict(private=True)).decode()


def _is_over(answer: Answer) -> bool:
    name, _ = words_of(answer)
    return "invalid_token" in answer.headers.get("www-authenticate", "") or name in (
        "ExpiredToken",
        "InvalidToken",
        "invalid_token",
    )
