"""What decides which kinds a post is of: the trained model, the rules, or a plug-in of the same form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from twoway.core.readings import Kind
from twoway.language.phrases import Hits
from twoway.language.surface import Surface
from twoway.language.utterance import Utterance


@dataclass(frozen=True, slots=True)
class Heard:
    """A post with what was found out before its kinds are: surface, language, phrases."""

    utterance: Utterance
    surface: Surface
    language: str | None
    hits: Hits


@dataclass(frozen=True, slots=True)
class Assessment:
    """The kinds of a post as if theirs, and its tone from -1 to 1; None where not assessed.

    `chances` hold the chance of every kind, also of those too small to be among `theirs`; `likely`
    is what one would say if no doubt were allowed. `ours` are the kinds as if the organisation had
    written it; None leaves them to the rules.
    """

    theirs: tuple[Kind, ...]
    tone: float | None = None
    chances: Mapping[str, float] = field(default_factory=dict)
    likely: frozenset[str] = frozenset()
    ours: tuple[Kind, ...] | None = None


class Assessor(Protocol):
    """Anything that assesses batches of posts; `twoway language evaluate` puts all to the same test.

    A bigger model is a plug-in: answer within a batch, in order, and never raise for a text.
    """

    @property
    def name(self) -> str:
        """Name and version, kept with every reading."""
        ...

    def assess(self, heard: Sequence[Heard]) -> list[Assessment]:
        """Return one assessment per post, in their order."""
        ...
