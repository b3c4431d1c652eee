"""What a network's pretended server must be: it answers requests, and states all it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self
from urllib.parse import parse_qsl, urlsplit

import orjson

from twoway.core.posts import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as the pretended server sees it; names of headers are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The address without its query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query; of a name that comes several times the last value."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the pretended server answers."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def of(cls, value: object, status: int = 200, **headers: str) -> Self:
        """Make an answer of JSON."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        kind = {"content-type": "application/json"}
        return cls(status=status, headers={**kind, **named}, body=orjson.dumps(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A post of ours that stands at the pretended server.

    `reaches` are the remote ids of those who are told of it, `visibility` who may read it.
    """

    id: str
    text: str
    answers: str | None = None
    visibility: Visibility = "public"
    reaches: frozenset[str] = frozenset()


class Fake(Protocol):
    """A pretended server with one account of ours, and one person who writes to us.

    It holds everything in memory. Times are µs UTC; ids are remote ids.
    """

    person: str
    """Who writes to us."""

    def answer(self, request: Request) -> Reply:
        """Answer as the network would, from what is held."""
        ...

    def hear(self, text: str, at: int, visibility: Visibility = "public") -> str:
        """Let the person write to us, by name, at this time, and return the post's id."""
        ...

    def delete(self, post: str) -> None:
        """Let whoever wrote a post take it down."""
        ...

    def holds(self) -> set[str]:
        """Return the ids of all posts by the person that stand."""
        ...

    def ours(self) -> list[Held]:
        """Return all posts of ours that stand."""
        ...

    def revoke(self) -> None:
        """Make our credentials worthless from now on."""
        ...

    @property
    def is_revoked(self) -> bool:
        """Say whether our credentials were made worthless, by us or by others."""
        ...
