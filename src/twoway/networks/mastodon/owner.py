"""Whose archive of Mastodon it is: by actor.json, else by the first thing in the outbox."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import PurePosixPath

from twoway.collection.elements import Element, elements, excerpt, parse_json
from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Record, Rejected
from twoway.collection.source import Source
from twoway.collection.values import Lacking, mapping
from twoway.core.accounts import Account
from twoway.networks.mastodon.actor import read_actor
from twoway.networks.mastodon.addresses import handle_at
from twoway.networks.mastodon.notes import NETWORK, address_of

_LARGEST = 16 * 1024**2


def read_owner(
    source: Source, outbox: str, options: Options, made_at: int | None
) -> Generator[Record, None, Account]:
    """Find out whose archive it is; Unreadable where nothing in it says so."""
    path = str(PurePosixPath(outbox).with_name("actor.json"))
    account = None
    if path in source.names():
        raw = source.read(path, _LARGEST)
        try:
            account = read_actor(mapping(parse_json(raw)), made_at)
        except (Lacking, ValueError, RecursionError) as error:
            yield Rejected(path, 0, f"does not describe the account ({error})", excerpt(raw))
    account = account or _first_actor(source, outbox)
    given = (options.account or "").removeprefix("@")
    return replace(account, handle=given) if given and account.handle == account.id else account


def _first_actor(source: Source, outbox: str) -> Account:
    for found in elements(source, outbox, "orderedItems"):
        if isinstance(found, Element) and (own_id := address_of(mapping(found.value).get("actor"))):
            return Account(network=NETWORK, id=own_id, handle=handle_at(own_id) or own_id)
    raise Unreadable(
        f"{source.path} does not say whose posts these are. Give the whole archive, with actor.json."
    )
