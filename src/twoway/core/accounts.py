"""Anybody's presence on a network, and who follows whom."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as it was seen at `observed_at`; None means unknown, never "no"."""

    network: str
    id: str
    handle: str
    name: str = ""
    biography: str | None = None
    site: str | None = None
    site_links_back: bool | None = None
    avatar: str | None = None
    contact: str | None = None
    hours: str | None = None
    replies_open: bool | None = None
    messages_open: bool | None = None
    followers: int | None = None
    following: int | None = None
    made_at: int | None = None
    automatic: bool = False
    person_name: str | None = None
    no_index: bool = False
    observed_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """`follower` follows `followed` (remote ids), as seen at `seen_at`."""

    network: str
    follower: str
    followed: str
    seen_at: int | None = None
