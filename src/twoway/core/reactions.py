"""Likes and plain shares where the network tells them apart from posts, and what teammates decide."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """`account` liked or shared `post` (remote ids); `reacted_at` is None where no export says it.

    `id` is the network's own name for the reaction, where it takes one back by that name alone.
    """

    network: str
    account: str
    post: str
    kind: Literal["like", "share"]
    reacted_at: int | None = None
    taken_back_at: int | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a teammate decided about `post`: no answer needed, promise kept, or a corrected kind."""

    network: str
    post: str
    kind: Literal["no_answer_needed", "promise_kept", "corrected_kind"]
    marked_at: int
    value: str | None = None
    by: str | None = None
