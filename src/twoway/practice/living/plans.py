"""What somebody means to do at a time, what they then do, and what they can see meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from twoway.practice.cast import Person

What = Literal[
    "arrives",
    "loses patience",
    "reacts",
    "is helped by another",
    "thanks another",
    "visits a post",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a talk is about, so that a later line still speaks of the same thing."""

    topic: int = 0
    bound: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """In `after` µs a person means to do something about `post`.

    `turns` counts how often they have come back already.
    """

    what: What
    after: int
    person: str = ""
    post: str = ""
    about: About = About()
    turns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """A person writes; `names` are the handles that the text names. `kinds` is the truth about it."""

    person: Person
    text: str
    kinds: tuple[str, ...]
    below: str | None = None
    quotes: str | None = None
    is_private: bool = False
    names: tuple[str, ...] = ()
    about: About = About()
    then: tuple[Plan, ...] = ()
    """Plans about the post that this becomes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likes:
    """A person likes a post."""

    person: Person
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakesBack:
    """A person deletes a post of theirs."""

    post: str


Deed = Says | Likes | TakesBack | Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A post as it stands: who wrote it, below what, whether it is private."""

    id: str
    author: str
    text: str
    kinds: tuple[str, ...]
    is_private: bool
    is_ours: bool
    below: str | None = None
    about: About = About()


class Sight(Protocol):
    """What a person sees when their plan is due."""

    def post(self, post: str) -> Standing | None:
        """Return a post, None where it was deleted."""
        ...

    def answered(self, person: str, post: str) -> bool:
        """Tell whether the organisation has answered the person since `post`, there or below."""
        ...

    def lately(self) -> list[Standing]:
        """Return the organisation's latest originals, the newest first."""
        ...

    def somebody(self, person: str) -> Person:
        """Return who a person is."""
        ...
