"""An account as Mastodon's API tells it: whose it is on every server, and what it asks for."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from twoway.collection.values import count, identifier, mapping, mappings, moment, need, text
from twoway.core.accounts import Account
from twoway.networks.mastodon.markup import host_of, read_markup
from twoway.networks.mastodon.notes import NETWORK

Entity = Mapping[str, Any]

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PAGE = re.compile(r"(https?://[^/]+)/@([^/@]+)/?")
# What people write into their biography where a server has no switch for it.
_PLEAS = re.compile(r"#(?:no-?index|no-?bots?|no-?archive|no-?search)\b", re.IGNORECASE)


def read_account(entity: Entity, observed_at: int | None = None) -> Account:
    """Read an account; raises Lacking where nothing says which one it is."""
    own_id = need(id_of(entity), "address")
    links = [link.address for value in _fields(entity) for link in value.links]
    site = next((link for link in links if host_of(link) != host_of(own_id)), None)
    contacts = (found for found in (value.text for value in _fields(entity)) if _is_mail(found))
    biography = read_markup(text(entity.get("note"))).text if "note" in entity else None
    return Account(
        network=NETWORK,
        id=own_id,
        handle=handle_of(entity) or own_id,
        name=text(entity.get("display_name")),
        biography=biography,
        site=site,
        site_links_back=_is_verified(entity, site) if site else None,
        avatar=text(entity.get("avatar")) or None,
        contact=next(contacts, None),
        replies_open=True,  # there is no way to close replies to public posts (Mastodon 4.7)
        followers=count(entity.get("followers_count")),
        following=count(entity.get("following_count")),
        made_at=moment(entity.get("created_at")),
        automatic=entity.get("bot") is True,
        no_index=_asks_not_to_be_indexed(entity, biography or ""),
        observed_at=observed_at,
    )


def id_of(entity: Entity) -> str | None:
    """Return the address by which every server knows an account.

    Servers that leave `uri` out (GoToSocial 0.20, Mastodon before 4.2) give the page for people;
    behind "/@name" theirs is "/users/name".
    """
    given = identifier(entity.get("uri")) or identifier(mapping(entity.get("pleroma")).get("ap_id"))
    if given and host_of(given):
        return given
    page = identifier(entity.get("url"))
    if page is None or not host_of(page):
        return None
    match = _PAGE.fullmatch(page)
    return f"{match[1]}/users/{match[2]}" if match else page


def handle_of(entity: Entity) -> str:
    """Return name@server; the server leaves the second half out for accounts of its own."""
    name = text(entity.get("acct")).strip().removeprefix("@") or text(entity.get("username"))
    if name and "@" not in name:
        host = urlsplit(own) if (own := text(entity.get("url")) or id_of(entity) or "") else None
        name = f"{name}@{host.netloc}" if host and host.netloc else name
    return name


def completed(value: Any, domain: str) -> Any:
    """Write out the handles of a server's own accounts, anywhere in an answer of it.

    It leaves out their second half, which need not be the host of its addresses; where that is not
    known (empty), the host is all there is.
    """
    if not domain:
        return value
    if isinstance(value, list):
        return [completed(one, domain) for one in value]
    if not isinstance(value, dict):
        return value
    whole = {key: completed(one, domain) for key, one in value.items()}
    acct = whole.get("acct")
    if isinstance(acct, str) and acct and "@" not in acct:
        whole["acct"] = f"{acct}@{domain}"
    return whole


def nickname(entity: Entity) -> str | None:
    """Return "@name@server", which stands for an account whose address is not told."""
    handle = handle_of(entity)
    return identifier(f"@{handle}".lower()) if handle.count("@") == 1 else None


def _fields(entity: Entity) -> Iterator[Any]:
    for item in mappings(entity.get("fields")):
        yield read_markup(text(item.get("value")))


def _is_mail(found: str) -> bool:
    return len(found) < 320 and _MAIL.fullmatch(found) is not None


def _is_verified(entity: Entity, site: str) -> bool | None:
    """Tell whether the server found a link back; None where it never says so of any field."""
    for item in mappings(entity.get("fields")):
        if "verified_at" in item and site in text(item.get("value")):
            return item["verified_at"] is not None
    return None


def _asks_not_to_be_indexed(entity: Entity, biography: str) -> bool:
    """Tell an account that asked to be left alone from one that never said anything.

    `noindex` is asked for. `indexable` is false until somebody allows it, and `discoverable` null,
    so only both refused are a wish. Seen in Mastodon 4.7.
    """
    refused = entity.get("indexable") is False and entity.get("discoverable") is False
    return entity.get("noindex") is True or refused or _PLEAS.search(biography) is not None
