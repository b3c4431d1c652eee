"""Which streams of an account a collection holds, from when to when."""

from dataclasses import dataclass
from typing import Literal, get_args

Stream = Literal[
    "originals",
    "replies",
    "shares",
    "likes",
    "comments",
    "mentions",
    "quotes",
    "private",
    "profile",
]
STREAMS: tuple[Stream, ...] = get_args(Stream)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One stream of one account between two times (microseconds UTC, both ends included).

    `likes` are those the account gave; `comments` are comments and replies it received.
    `how` says in words how we know ("the archive holds every post of its owner").
    """

    network: str
    account: str
    stream: Stream
    begins: int
    ends: int
    is_complete: bool
    how: str
