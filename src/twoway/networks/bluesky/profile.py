"""The account a repository belongs to: its profile, and what its records tell beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from typing import Any, Final

from twoway.collection.values import mapping, mappings, moment, text
from twoway.core.accounts import Account
from twoway.networks.bluesky.posts import NETWORK

# Whether anybody may reply is set for each thread; the latest ones tell how it is now.
_LATEST: Final = 20


@dataclass(slots=True)
class Owner:
    """Gathers what is known of the owner while the records go by."""

    account: str
    handle: str
    profile: Mapping[str, Any] = field(default_factory=dict)
    messages_open: bool | None = None
    following: int = 0
    _threads: list[tuple[int, str]] = field(default_factory=list)
    _closed: set[str] = field(default_factory=set)

    def began(self, said_at: int, post: str) -> None:
        """Remember the latest posts that begin a thread."""
        if len(self._threads) < _LATEST:
            heappush(self._threads, (said_at, post))
        else:
            heappushpop(self._threads, (said_at, post))

    def gate(self, record: Mapping[str, Any]) -> None:
        """Remember a thread in which not everybody may reply."""
        post = text(record.get("post"))
        if isinstance(record.get("allow"), list) and post:
            self._closed.add(post)

    def declare(self, record: Mapping[str, Any]) -> None:
        """Remember who may write privately."""
        if allowed := text(record.get("allowIncoming")):
            self.messages_open = allowed == "all"

    def account_at(self, observed_at: int | None) -> Account:
        """Return the account as it was at the repository's last change."""
        labels = {
            text(label.get("val"))
            for label in mappings(mapping(self.profile.get("labels")).get("values"))
        }
        closed = sum(post in self._closed for _, post in self._threads)
        return Account(
            network=NETWORK,
            id=self.account,
            handle=self.handle,
            name=text(self.profile.get("displayName")),
            biography=text(self.profile.get("description")) if self.profile else None,
            site=text(self.profile.get("website")) or None,
            replies_open=2 * closed <= len(self._threads) if self._threads else None,
            messages_open=self.messages_open,
            following=self.following,
            made_at=moment(self.profile.get("createdAt")),
            automatic="bot" in labels,
            no_index="!no-unauthenticated" in labels,
            observed_at=observed_at,
        )
