"""An account of the fediverse in ActivityStreams, as actor.json describes the owner of an archive."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from twoway.collection.values import identifier, mapping, mappings, moment, need, text
from twoway.core.accounts import Account
from twoway.networks.mastodon.markup import Markup, host_of, read_markup
from twoway.networks.mastodon.notes import NETWORK

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def read_actor(actor: Mapping[str, Any], observed_at: int | None = None) -> Account:
    """Read an account; raises Lacking where it has no id."""
    own_id = need(identifier(actor.get("id")), "id")
    name = text(actor.get("preferredUsername"))
    fields = list(_read_fields(actor))
    links = (link.address for markup in fields for link in markup.links)
    sites = (address for address in links if host_of(address) != host_of(own_id))
    contacts = (markup.text for markup in fields if _MAIL.fullmatch(markup.text))
    return Account(
        network=NETWORK,
        id=own_id,
        handle=text(actor.get("webfinger")) or (f"{name}@{host_of(own_id)}" if name else own_id),
        name=text(actor.get("name")),
        biography=read_markup(text(actor.get("summary"))).text if "summary" in actor else None,
        site=next(sites, None),
        avatar=text(mapping(actor.get("icon")).get("url")) or None,
        contact=next(contacts, None),
        replies_open=True,  # there is no way to close replies to public posts (Mastodon 4.5)
        made_at=moment(actor.get("published")),
        automatic=actor.get("type") in ("Service", "Application"),
        observed_at=observed_at,
    )


def _read_fields(actor: Mapping[str, Any]) -> Iterator[Markup]:
    """Return what stands in the fields of a profile; their values are HTML."""
    for item in mappings(actor.get("attachment")):
        if item.get("type") == "PropertyValue":
            yield read_markup(text(item.get("value")))
