"""Sessions by app password: two tokens, renewed when the first one expires.

The password itself is used once and not kept. Access lasts two hours, a renewal 90 days; an old
renewal token still works for two hours after it was used (measured in 2026-11), so that two
processes that renew at once do no harm. They are serialised all the same.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from twoway.collection.values import text
from twoway.connectors.answer import Answer
from twoway.connectors.door import Door
from twoway.connectors.errors import GiveUp, Reconnect
from twoway.connectors.interface import Credentials, Keeper
from twoway.networks.bluesky.connector.directory import Home
from twoway.networks.bluesky.connector.xrpc import Nobody, Refused, Xrpc, words_of

KIND: Final = "password"


class Password:
    """Proves an account by the tokens of a password session."""

    def __init__(self, door: Door, keeper: Keeper) -> None:
        self._door = door
        self._keeper = keeper
        self._credentials = keeper.read()
        self.account = self._credentials.account

    async def headers(self, http_method: str, address: str) -> Mapping[str, str]:
        return {"authorization": f"Bearer {self._credentials.secrets['access']}"}

    async def renewed(self, answer: Answer) -> bool:
        """Renew where the access token has expired, or take what another process renewed."""
        if words_of(answer)[0] != "ExpiredToken":
            return False
        async with self._keeper.locked():
            kept = self._keeper.read()
            if kept.secrets["access"] == self._credentials.secrets["access"]:
                kept = await self._renew(kept)
                self._keeper.keep(kept)
            self._credentials = kept
        return True

    async def _renew(self, kept: Credentials) -> Credentials:
        server = Xrpc(self._door, kept.server or "", _Token(kept.secrets["refresh"]))
        try:
            fresh = await server.tell("com.atproto.server.refreshSession", None, changes=False)
        except (Refused, Reconnect) as error:
            raise Reconnect(
                "The app password was revoked, or this channel was not used for 90 days. "
                "Connect it again."
            ) from error
        return replace(kept, secrets=_tokens(fresh))

    async def end(self) -> None:
        """Revoke the session at the server; one that is over already is well ended."""
        kept = self._keeper.read()
        server = Xrpc(self._door, kept.server or "", _Token(kept.secrets["refresh"]))
        try:
            await server.tell("com.atproto.server.deleteSession", None, changes=False)
        except (Refused, Reconnect):
            return


async def log_in(door: Door, home: Home, password: str) -> Credentials:
    """Open a session; raises GiveUp where the password is wrong."""
    try:
        session = await Xrpc(door, home.server).tell(
            "com.atproto.server.createSession",
            {"identifier": home.account, "password": password},
            changes=False,
        )
    except (Refused, Reconnect) as error:
        raise _why_not(error, home) from error
    if text(session.get("did")) != home.account:
        raise GiveUp(
            "The server of {handle} opened a session for another account.", handle=home.handle
        )
    return Credentials(
        network="bluesky",
        account=home.account,
        handle=home.handle,
        server=home.server,
        secrets=_tokens(session),
    )


class _Token(Nobody):
    """Proves by a token alone, which renews or ends a session."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def headers(self, http_method: str, address: str) -> Mapping[str, str]:
        return {"authorization": f"Bearer {self._token}"}


def _tokens(session: Mapping[str, object]) -> dict[str, str]:
    found = {
        "kind": KIND,
        "access": text(session.get("accessJwt")),
        "refresh": text(session.get("refreshJwt")),
    }
    if not all(found.values()):
        raise GiveUp("The server opened a session without handing out its tokens.")
    return found


def _why_not(error: GiveUp | Reconnect, home: Home) -> GiveUp:
    if isinstance(error, Refused) and error.name == "AuthFactorTokenRequired":
        return GiveUp(
            "{handle} signs in with a second factor. Make an app password for Twoway: "
            "Settings → Privacy and security → App passwords.",
            handle=home.handle,
        )
    return GiveUp(
        "The server of {handle} does not take this password. ({why})",
        handle=home.handle,
        why=error.why,
    )
