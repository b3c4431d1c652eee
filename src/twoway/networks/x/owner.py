"""Whose archive of X it is, and what its account.js and profile.js say about them."""

from collections.abc import Generator
from typing import Any

from twoway.collection.elements import parse_elements
from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Record, Rejected
from twoway.collection.source import Source
from twoway.collection.values import identifier, mapping, moment, text
from twoway.core.accounts import Account
from twoway.networks.x.layout import Layout
from twoway.networks.x.wording import NETWORK


def read_owner(
    source: Source, layout: Layout, options: Options
) -> Generator[Record, None, Account]:
    """Find out whose archive it is; Unreadable where neither it nor the user says so."""
    account: dict[str, Any] = {}
    profile: dict[str, Any] = {}
    for kind, values in (("account", account), ("profile", profile)):
        for found in parse_elements(source, layout.files[kind], lambda record: [mapping(record)]):
            if isinstance(found, Rejected):
                yield found
            else:
                values.update(mapping(found.get(kind)))
    given = (options.account or "").removeprefix("@")
    handle = text(account.get("username")) or layout.handle or given
    own_id = (
        identifier(account.get("accountId")) or layout.owner or (f"@{given}" if given else None)
    )
    if own_id is None:
        raise Unreadable(
            f"{source.path} does not say whose posts these are. "
            "Give the whole archive, or the owner's handle with --account."
        )
    description = mapping(profile.get("description"))
    return Account(
        network=NETWORK,
        id=own_id,
        handle=handle or own_id,
        name=text(account.get("accountDisplayName")),
        biography=text(description.get("bio")) if "bio" in description else None,
        site=text(description.get("website")) or None,
        avatar=text(profile.get("avatarMediaUrl")) or None,
        made_at=moment(account.get("createdAt")),
        observed_at=layout.made_at,
    )
