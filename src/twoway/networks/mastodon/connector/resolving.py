"""Which account a person means, and whether it may be read: asked of the account's own server."""

from collections.abc import Mapping
from typing import Any, Final

from twoway.collection.values import mapping, mappings, text
from twoway.connectors.errors import GiveUp, TryLater
from twoway.connectors.interface import Resolved
from twoway.networks.mastodon.connector.entities.accounts import completed, read_account
from twoway.networks.mastodon.connector.names import Name, origin_of
from twoway.networks.mastodon.connector.place import Place

_NO_INDEX: Final = "It asks not to be indexed."


async def find(place: Place, handle: str) -> Mapping[str, Any]:
    """Return the account that a handle means at a server; raises GiveUp where none is."""
    found = await place.looked_up(handle)
    instance = await place.server.instance()
    if found is not None:
        return mapping(completed(found, instance.domain))
    if not instance.version:
        raise GiveUp(
            "{host} does not speak Mastodon's API. Check the server's name.", host=place.server.host
        )
    raise GiveUp(
        "{host} knows no account {handle}. Check its spelling.",
        host=place.server.host,
        handle=handle,
    )


def resolved(account: Mapping[str, Any], observed_at: int) -> Resolved:
    """Say what may be read of an account."""
    known = read_account(account, observed_at)
    if mapping(account.get("moved")):
        new = text(mapping(account["moved"]).get("acct"))
        return Resolved(account=known, why_not=f"{known.handle} has moved to {new}." if new else "")
    if known.no_index:
        return Resolved(account=known, may_be_audited=False, why_not=_NO_INDEX)
    return Resolved(account=known)


async def own_server(place: Place, name: Name) -> str:
    """Return where an account's server is asked: a handle's host may hand that to another one."""
    path, asked = "/.well-known/webfinger", {"resource": f"acct:{name.handle}"}
    try:
        told = mapping(await place.server.get(path, asked))
    except (GiveUp, TryLater):
        return name.address
    for link in mappings(told.get("links")):
        if link.get("rel") == "self" and (origin := origin_of(text(link.get("href")))):
            return origin
    return name.address
