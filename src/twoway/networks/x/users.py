"""An account on X, in the older form (version 1.1) and in the one of version 2."""

from collections.abc import Mapping
from typing import Any

from twoway.collection.values import count, identifier, mapping, mappings, need, text
from twoway.core.accounts import Account
from twoway.networks.x.tweets import id_of, posted_at
from twoway.networks.x.wording import NETWORK, unescape


def read_user(user: Mapping[str, Any], observed_at: int | None) -> Account:
    """Read a user of version 2; raises Lacking without an id."""
    own_id = need(identifier(user.get("id")), "id of a user")
    metrics = mapping(user.get("public_metrics"))
    return Account(
        network=NETWORK,
        id=own_id,
        handle=text(user.get("username")) or own_id,
        name=text(user.get("name")),
        biography=unescape(text(user.get("description"))) if "description" in user else None,
        site=_site(user),
        avatar=text(user.get("profile_image_url")) or None,
        followers=count(metrics.get("followers_count")),
        following=count(metrics.get("following_count")),
        made_at=posted_at(user.get("created_at"), ""),
        observed_at=observed_at,
    )


def read_old_user(user: Mapping[str, Any], observed_at: int | None) -> Account:
    """Read a user of version 1.1; raises Lacking without an id."""
    own_id = need(id_of(user), "id of a user")
    return Account(
        network=NETWORK,
        id=own_id,
        handle=text(user.get("screen_name")) or own_id,
        name=text(user.get("name")),
        biography=unescape(text(user.get("description"))) if "description" in user else None,
        site=_site(user),
        avatar=text(user.get("profile_image_url_https")) or None,
        followers=count(user.get("followers_count")),
        following=count(user.get("friends_count")),
        made_at=posted_at(user.get("created_at"), ""),
        observed_at=observed_at,
    )


def _site(user: Mapping[str, Any]) -> str | None:
    """Return where the profile links to, spelled out where the record does."""
    entities = mapping(mapping(user.get("entities")).get("url"))
    spelled_out = (text(link.get("expanded_url")) for link in mappings(entities.get("urls")))
    return next(filter(None, spelled_out), None) or text(user.get("url")) or None
