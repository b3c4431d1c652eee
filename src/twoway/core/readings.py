"""What `language/` says about a post: kinds with their certainty, and what likeness needs."""

from dataclasses import dataclass, field

# What a post of theirs may be. `unsure` stands where it is neither sure to call for an answer
# nor sure not to; the threshold is the model's, so that the turn rule knows no numbers.
THEIR_KINDS = (
    "question", "complaint", "request", "praise", "story", "statement", "closer", "withdrawal",
    "spam", "unsure",
)  # fmt: skip
# What a post of ours may do.
OUR_KINDS = (
    "asks", "promise", "invitation", "taken_private", "thanks", "offer", "launch", "own_link",
    "featuring", "question", "daily_life", "information",
)  # fmt: skip
# Those of ours that the turn rule knows; the others only matter to measures.
OUR_KINDS_IN_TURNS = frozenset({"asks", "promise", "invitation", "taken_private", "thanks"})
CALLS_FOR_ANSWER = frozenset({"question", "complaint", "request"})
# Certainties as people say them: where each begins.
_CERTAINTIES = ((0.9, "surely"), (0.7, "very likely"), (0.5, "likely"), (0.3, "perhaps"))


def certainty_in_words(certainty: float) -> str:
    """Return how one says a certainty from 0 to 1: surely, very likely, likely, perhaps, hardly."""
    return next((word for least, word in _CERTAINTIES if certainty >= least), "hardly")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind with its certainty (0 to 1); `holds` where the model is sure enough to act on it."""

    name: str
    certainty: float
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one version of one post is.

    `theirs` are kinds as if somebody else had written it, `ours` as if the organisation had: at
    import nobody knows yet who will be audited. `text_key` is equal for texts that repeat each
    other exactly (handles, links, digits, case and spaces aside; None under 20 characters);
    `bare_length` counts characters without links, handles and tags. `words` and `bare_words`
    are sets of signed 64-bit hashes, the latter without handles, names and signature. `addressee`
    is whom the text speaks to (organisation, person, everyone), None where it does not tell; it is
    not kept in collections.
    """

    theirs: tuple[Kind, ...]
    ours: tuple[Kind, ...]
    language: str | None = None
    language_certainty: float = 0.0
    tone: float | None = None
    urgency: float | None = None
    signature: str | None = None
    text_key: int | None = None
    bare_length: int = 0
    first_person: bool = False
    says_never_answer: bool = False
    words: frozenset[int] = field(default_factory=frozenset)
    bare_words: frozenset[int] = field(default_factory=frozenset)
    addressee: str | None = None
