"""What the script decided, written down while it was decided: the ground that truth is counted on.

Nothing here is found out afterwards by a rule over posts. A scene that lets somebody wait says so,
says until when and how it ended; it also says whom a post of ours speaks to and what it is.
"""

from dataclasses import dataclass, field
from typing import Literal

from twoway.practice.cast import Organisation, Person, Writer
from twoway.practice.lines import Line

Class = Literal["original", "reply", "self_thread", "quote", "share"]
Ending = Literal[
    "answer", "taken_private", "withdrawal", "community", "no_answer_needed", "deleted", "edited"
]
Call = Literal["answer", "kind_word", "nothing", "unsure"]


@dataclass(slots=True, eq=False)
class Told:
    """A post of an organisation. `speaks_to` are outsiders; the first is whom a reply answers.

    `outcome_at`: when something public followed an answer that had moved to a private channel.
    """

    who: Organisation
    line: Line
    what: Class
    speaks_to: tuple[Writer, ...] = ()
    answers_complaint: bool = False
    is_unprompted: bool = False
    is_machine: bool = False
    shares_family: bool = False
    is_featuring: bool = False
    outcome_at: int | None = None


@dataclass(slots=True, eq=False)
class Heard:
    """A post by somebody else that is addressed to an organisation.

    `below_original` is the original of ours it directly comments on; `answered_at` when a post of
    ours answered it, whether it called for that or not, `gone_at` when its call ended otherwise;
    `before_edit` is what it called for until its first edit, where that changed.
    """

    who: Organisation
    line: Line
    how: str
    kinds: tuple[str, ...]
    call: Call
    before_edit: Call | None = None
    below_original: Line | None = None
    answered_at: int | None = None
    gone_at: int | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a call: when an answer would come, and what may end the waiting before."""

    answer_at: int | None
    other_at: int | None
    other: Ending | None
    is_private: bool

    @property
    def by(self) -> Ending | None:
        """How it ends, were one to wait for ever."""
        if self.other_at is not None and (self.answer_at is None or self.other_at < self.answer_at):
            return self.other
        if self.answer_at is None:
            return None
        return "taken_private" if self.is_private else "answer"

    @property
    def at(self) -> int | None:
        by = self.by
        return (
            self.answer_at if by in ("answer", "taken_private") else self.other_at if by else None
        )


@dataclass(slots=True, eq=False)
class Wait:
    """A waiting interval: from `since` until `ended_at`, or for ever.

    `kinds` are those of the post that begins it. `is_follow_up` tells calls in the middle of a
    talk from fresh ones, because people write those at other hours.
    """

    who: Organisation
    person: Person
    line: Line
    since: int
    kinds: tuple[str, ...]
    fate: Fate
    ended_at: int | None = None
    ended_by: Ending | None = None
    answer: Line | None = None
    is_sure: bool = True
    is_private: bool = False
    is_follow_up: bool = False
    is_disturbed: bool = True
    seen_until: int = 0


@dataclass(slots=True, eq=False)
class Kindness:
    """A post that calls for a kind word, what it got first, and how likely it was to get any."""

    who: Organisation
    line: Line
    kinds: tuple[str, ...]
    since: int
    settled_at: int | None = None
    settled_by: Literal["like", "share", "answer"] | None = None
    is_private: bool = False
    chance: float = 0.0


@dataclass(slots=True, eq=False)
class Talk:
    """A post of a member to another member in a thread in which we have a conversation."""

    who: Organisation
    line: Line
    other: Writer
    answers: Line


@dataclass(slots=True)
class Ledger:
    """All facts of a play, in the order in which they were decided; `clauses` counts what was played."""

    told: list[Told] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    kindnesses: list[Kindness] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    clauses: dict[str, int] = field(default_factory=dict)
