"""Connecting an account: our program makes itself known to the server, and a person says yes there.

What OAuth says, oauthlib writes; the door carries it. Every connection has a registration of its
own, so that revoking one leaves the others alone.
"""

import hmac
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from oauthlib.common import add_params_to_uri
from oauthlib.oauth2 import WebApplicationClient

from twoway.collection.values import mapping, need, text, texts
from twoway.connectors.door import Door
from twoway.connectors.errors import GiveUp, Reconnect
from twoway.connectors.interface import Credentials, Visit
from twoway.networks.mastodon.connector.entities.accounts import completed, handle_of, id_of
from twoway.networks.mastodon.connector.names import origin_of, read_server
from twoway.networks.mastodon.connector.refusals import Refused
from twoway.networks.mastodon.connector.server import VERIFY, Server
from twoway.networks.mastodon.notes import NETWORK

OUT_OF_BAND: Final = "urn:ietf:wg:oauth:2.0:oob"
"""The server shows a code, which the person carries over: for the command line."""
SCOPES: Final = (
    "read:accounts read:notifications read:statuses read:follows read:search read:favourites "
    "write:statuses write:media write:favourites write:follows write:notifications "
    "write:conversations"
)
_OLD_SCOPES: Final = "read write follow"


class ByOAuth:
    """Registers at a server, sends the person there, and fetches the token."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def begin(self, settings: Mapping[str, str], return_to: str) -> Visit:
        """Return the page to visit; without `return_to` the server shows a code there."""
        server = Server(self._door, read_server(settings.get("server", "")))
        instance = await server.instance()
        if not instance.version:
            raise GiveUp(
                "{host} does not speak Mastodon's language. Check its name.", host=server.host
            )
        where = return_to or OUT_OF_BAND
        app, scopes = await _registered(server, where)
        client = WebApplicationClient(text(app.get("client_id")))
        offers = await _offers(server)
        remember = {
            "server": server.address,
            "client_id": client.client_id,
            "client_secret": text(app.get("client_secret")),
            "state": secrets.token_urlsafe(24),
            "return_to": where,
            "verifier": client.create_code_verifier(64) if _has_pkce(offers) else "",
        }
        asked = {
            "response_type": "code",
            "client_id": client.client_id,
            "redirect_uri": where,
            "scope": scopes,
            "state": remember["state"],
        }
        if remember["verifier"]:
            asked["code_challenge"] = client.create_code_challenge(remember["verifier"], "S256")
            asked["code_challenge_method"] = "S256"
        page = _endpoint(server, offers, "authorization_endpoint", "/oauth/authorize")
        # The client's own way to write it refuses a server on this machine, which has no https.
        address = add_params_to_uri(page, list(asked.items()))
        return Visit(address=address, remember=remember)

    async def finish(self, visit: Visit, answer: Mapping[str, str]) -> Credentials:
        """Exchange the code for a token and prove it; raises GiveUp where it is not ours."""
        kept = visit.remember
        if refused := answer.get("error"):
            said = answer.get("error_description") or refused
            raise GiveUp("The server did not let us in: {said}", said=said[:200])
        by_hand = kept["return_to"] == OUT_OF_BAND and "state" not in answer
        if not by_hand and not hmac.compare_digest(answer.get("state", ""), kept["state"]):
            raise GiveUp("This answer belongs to another attempt to connect. Begin again.")
        code = answer.get("code", "").strip()
        if not code:
            raise GiveUp("The server sent no code. Begin again.")
        token = await self._token(kept, code)
        server = Server(self._door, kept["server"], token)
        domain = (await server.instance()).domain
        try:
            account = mapping(await server.get(VERIFY))
        except Reconnect as error:  # snac 2.75 gives a token for any code, and it opens nothing
            raise GiveUp(
                "The code is wrong or too old. Begin again. ({why})", why=error.why
            ) from error
        return Credentials(
            network=NETWORK,
            account=need(id_of(account), "account"),
            handle=handle_of(completed(account, domain)),
            server=server.address,
            secrets={name: kept[name] for name in ("client_id", "client_secret")}
            | {"token": token},
        )

    async def _token(self, kept: Mapping[str, str], code: str) -> str:
        server = Server(self._door, kept["server"])
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": kept["return_to"],
            "client_id": kept["client_id"],
            "client_secret": kept["client_secret"],
            "code_verifier": kept["verifier"],
        }
        given = {name: value for name, value in form.items() if value}
        page = _endpoint(server, await _offers(server), "token_endpoint", "/oauth/token")
        try:
            told = await server.change("POST", page.removeprefix(server.address), form=given)
        except GiveUp as error:
            raise GiveUp(
                "The code is wrong or too old. Begin again. ({why})", why=error.why
            ) from error
        token = text(told.get("access_token"))
        if not token or text(told.get("token_type")).lower() not in ("bearer", ""):
            raise GiveUp("{host} gave no token that we can use.", host=server.host)
        return token


async def revoke(server: Server, held: Mapping[str, str]) -> None:
    """Have the server forget the token; one that it forgot already is as good."""
    form = {name: held.get(name, "") for name in ("client_id", "client_secret", "token")}
    with suppress(GiveUp, Reconnect):
        await server.change("POST", "/oauth/revoke", form=form)


async def _registered(server: Server, return_to: str) -> tuple[Mapping[str, Any], str]:
    """Make ourselves known; servers of old refuse scopes as narrow as ours."""
    for scopes in (SCOPES, _OLD_SCOPES):
        app = {"client_name": "Twoway", "redirect_uris": return_to, "scopes": scopes}
        try:
            told = await server.change("POST", "/api/v1/apps", app)
        except Refused:
            continue
        if told.get("client_id") and told.get("client_secret"):
            return told, scopes
    raise GiveUp("{host} does not let programs make themselves known.", host=server.host)


async def _offers(server: Server) -> Mapping[str, Any]:
    """Return what the server says of its OAuth (Mastodon from 4.3 on); empty where nothing."""
    try:
        return mapping(await server.get("/.well-known/oauth-authorization-server"))
    except GiveUp:
        return {}


def _has_pkce(offers: Mapping[str, Any]) -> bool:
    return "S256" in texts(offers.get("code_challenge_methods_supported"))


def _endpoint(server: Server, offers: Mapping[str, Any], name: str, usual: str) -> str:
    """Return a page of the server; one that it names elsewhere is not sent our secret."""
    named: Sequence[str] = texts(offers.get(name))
    is_there = bool(named) and origin_of(named[0]) == server.address
    return named[0] if is_there else f"{server.address}{usual}"
