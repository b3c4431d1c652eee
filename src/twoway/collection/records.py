"""What readers hand over, one at a time: the core's dataclasses, and what could not be read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage
from twoway.core.posts import Post
from twoway.core.reactions import Mark, Reaction


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be read: where it stood, why, and its first 2,000 characters."""

    file: str
    line: int
    reason: str
    raw: str


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence the user must see: what was guessed, inferred or left out."""

    text: str


@dataclass(frozen=True, slots=True)
class Own:
    """`account` (remote id) is the owner of the archive that was read."""

    network: str
    account: str


@dataclass(frozen=True, slots=True)
class Deletion:
    """The network says that `id` is gone, at `deleted_at` (µs UTC), and nothing more about it.

    It names a post, or a reaction by its own id. A collection keeps no ids of reactions and honours
    it for posts; `connectors.pulling` finds the reaction among the raw pages.
    """

    network: str
    id: str
    deleted_at: int


@dataclass(frozen=True, slots=True)
class Posts:
    """Many posts of one network, by column: a table hands them over thousands at a time.

    `columns` are called as the fields of core.posts.Post, all of one length; what has no column
    has its default. A Post object a row would cost more than reading the row and keeping it.
    """

    network: str
    columns: Mapping[str, Sequence[Any]]

    def __len__(self) -> int:
        return len(self.columns["id"])

    def __iter__(self) -> Iterator[Post]:
        """Hand them over one by one, for whoever needs them so."""
        for row in zip(*self.columns.values(), strict=True):
            yield Post(network=self.network, **dict(zip(self.columns, row, strict=True)))


Record = (
    Post | Posts | Account | Follow | Reaction | Deletion | Mark | Coverage | Rejected | Note | Own
)


def singly(records: Iterable[Record]) -> Iterator[Record]:
    """Hand over records with the posts among them one by one."""
    for record in records:
        if isinstance(record, Posts):
            yield from record
        else:
            yield record
