"""What readers hand over, one at a time: the core's dataclasses, and what could not be read."""

from dataclasses import dataclass

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


Record = Post | Account | Follow | Reaction | Mark | Coverage | Rejected | Note | Own
