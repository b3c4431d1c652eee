"""What a connector parsed, sorted by what it is; several words about one thing become one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection

from twoway.collection.records import Deletion, Record, Rejected, singly
from twoway.core.accounts import Account, Follow
from twoway.core.posts import Post
from twoway.core.reactions import Reaction
from twoway.desk.inbox import told
from twoway.desk.inbox.ingest.cleaning import (
    LONGEST_ID,
    cleaned,
    cleaned_account,
    is_id,
    is_sound,
)
from twoway.desk.inbox.told import Told

AT_ONCE = 500
"""Posts in one transaction: a third more a second than with 200; others wait a third of a second."""

AT_ONCE_BESIDE_OTHERS = 1_000
"""The same on PostgreSQL, where others need not wait: a tenth more a second than with 500."""


@dataclass(slots=True)
class Delivery:
    """One part of a delivery, small enough for one transaction; all of one network."""

    posts: dict[str, Told] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    reactions: list[Reaction] = field(default_factory=list)
    deletions: dict[str, int] = field(default_factory=dict)
    follows: list[Follow] = field(default_factory=list)
    rejected: int = 0

    def __len__(self) -> int:
        return (
            len(self.posts) + len(self.reactions) + len(self.deletions) + len(self.follows)
            + len(self.accounts)
        )  # fmt: skip


def sort(network: str, records: Iterable[Record]) -> Iterator[Delivery]:
    """Hand over a delivery in parts; records of another network are refused like unreadable ones."""
    at_once = AT_ONCE_BESIDE_OTHERS if connection.vendor == "postgresql" else AT_ONCE
    part = Delivery()
    for record in singly(records):
        if getattr(record, "network", network) == network:
            _add(part, record)
        else:
            part.rejected += 1
        if len(part.posts) >= at_once or len(part) >= 4 * at_once:
            yield part
            part = Delivery()
    if len(part) or part.rejected:
        yield part


def _add(part: Delivery, record: Record) -> None:
    match record:
        case Post() if not is_sound(record):
            part.rejected += 1
        case Post(shared=str()) if not record.text.strip():
            part.reactions.append(_share(record))
        case Post():
            heard = told.tell(cleaned(record))
            before = part.posts.get(record.id)
            part.posts[record.id] = heard if before is None else told.merge(before, heard)
        case Account() if not is_id(record.id):
            part.rejected += 1
        case Reaction() if max(len(record.account), len(record.post)) > LONGEST_ID:
            part.rejected += 1
        case Account():
            record = cleaned_account(record)
            before_account = part.accounts.get(record.id)
            if before_account is None or (before_account.observed_at or 0) <= (
                record.observed_at or 0
            ):
                part.accounts[record.id] = record
        case Reaction():
            part.reactions.append(record)
        case Deletion():
            part.deletions[record.id] = min(
                record.deleted_at, part.deletions.get(record.id, record.deleted_at)
            )
        case Follow():
            part.follows.append(record)
        case Rejected():
            part.rejected += 1
        case _:
            # Coverage, notes and marks are a collection's; the desk asks its own questions.
            return


def _share(post: Post) -> Reaction:
    """A plain share is a signal, not work."""
    return Reaction(
        network=post.network,
        account=post.author,
        post=post.shared or "",
        kind="share",
        reacted_at=post.said_at,
        taken_back_at=post.deleted_at,
        id=post.id,
    )
