"""A notification: what somebody did that concerns us, of every kind there is, and of those to come.

Grouping is ours: the first version of the API tells every event, the second only some of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from twoway.collection.records import Note, Record
from twoway.collection.values import mapping, moment, need, text
from twoway.core.accounts import Follow
from twoway.core.reactions import Reaction
from twoway.networks.mastodon.connector.entities.accounts import handle_of, id_of, read_account
from twoway.networks.mastodon.connector.entities.statuses import Beside, read_status, uri_of
from twoway.networks.mastodon.notes import NETWORK

Entity = Mapping[str, Any]

SAYING: Final = ("mention", "status", "poll", "update", "quote", "quoted_update")
"""Kinds that bring a post and nothing else."""
REACTING: Final = ("favourite", "reblog")
FOLLOWING: Final = ("follow",)
KINDS: Final = (*SAYING, *REACTING, *FOLLOWING, "follow_request")
_MEANINGS: Final[Mapping[str, str]] = {
    "follow_request": "asks to follow us",
    "severed_relationships": "lost us followers: our server or we blocked theirs",
    "moderation_warning": "sent us a warning",
    "annual_report": "has our figures of the year",
    "admin.sign_up": "signed up on our server",
    "admin.report": "reported somebody to our server",
    "added_to_collection": "put us into a collection",
    "collection_update": "changed a collection that we are in",
}


def read_notification(
    item: Entity, beside: Beside, about: str | None, observed_at: int | None
) -> Iterator[Record]:
    """Read a notification about our account `about` (remote id); raises Lacking."""
    kind = need(text(item.get("type")), "type")
    account = mapping(item.get("account"))
    status = mapping(item.get("status"))
    if account and id_of(account):
        yield read_account(account, observed_at)
    if kind in REACTING:
        # snac 2.75 tells what was shared or liked inside a share that nobody made.
        status = mapping(status.get("reblog")) or status
    if status:
        yield from read_status(status, beside, observed_at)
    if kind in REACTING:
        yield Reaction(
            network=NETWORK,
            account=need(id_of(account), "account"),
            post=need(uri_of(status), "post"),
            kind="like" if kind == "favourite" else "share",
            reacted_at=moment(item.get("created_at")),
        )
    elif kind in FOLLOWING:
        yield Follow(
            network=NETWORK,
            follower=need(id_of(account), "account"),
            followed=need(about, "account that is followed"),
            seen_at=moment(item.get("created_at")) or observed_at,
        )
    elif kind not in SAYING:
        yield Note(_in_words(kind, item, account))


def _in_words(kind: str, item: Entity, account: Entity) -> str:
    """Say what a notification without a column of its own means; from 4.6 on servers help."""
    who = f"@{handle_of(account)}" if account else "The server"
    what = _MEANINGS.get(kind) or f"sent a notification of a kind not known here ({kind[:40]})"
    fallback = mapping(item.get("fallback"))
    helps = text(fallback.get("title")) or text(fallback.get("summary"))
    return f"{who} {what}" + (f": {helps[:500]}" if helps else ".")
