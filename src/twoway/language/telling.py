"""A reading in words, for people: what a post is, how sure that is, and why."""

from dataclasses import dataclass
from typing import Any

from twoway.core.readings import Kind, Reading, certainty_in_words
from twoway.language.assessed import is_assessed
from twoway.language.model.assessor import TrainedModel, shipped
from twoway.language.reader import read
from twoway.language.surface import look
from twoway.language.urgency import reasons
from twoway.language.utterance import Utterance
from twoway.language.why import mattered

_UNCOUNTED = frozenset({"praise", "spam"})


@dataclass(frozen=True, slots=True)
class Told:
    """A reading, the words that mattered by kind, and why it may be urgent."""

    reading: Reading
    why: dict[str, tuple[str, ...]]
    urgent_because: tuple[str, ...]
    model: str

    def as_dict(self) -> dict[str, Any]:
        """Return it for programs."""
        one = self.reading
        return {
            "model": self.model,
            "language": one.language,
            "assessed": is_assessed(one.language),
            "tone_assessed": is_assessed(one.language, "tone"),
            "addressee": one.addressee,
            "kinds": [_kind(kind, self.why.get(kind.name, ())) for kind in one.theirs],
            "ours": [_kind(kind, ()) for kind in one.ours],
            "tone": one.tone,
            "urgency": one.urgency,
            "urgent_because": list(self.urgent_because),
        }

    def __str__(self) -> str:
        one = self.reading
        lines = [_line(kind, self.why.get(kind.name, ())) for kind in one.theirs if kind.holds]
        if not is_assessed(one.language):
            lines.append(
                f"Not assessed: its language ({one.language or 'unknown'}) was not measured."
            )
        if one.addressee:
            lines.append(f"speaks to: {one.addressee}")
        if self.urgent_because:
            lines.append(f"may be urgent because of: {', '.join(self.urgent_because)}")
        doubts = [kind for kind in one.theirs if not kind.holds]
        if doubts:
            lines.append("less likely: " + ", ".join(_line(kind, ()) for kind in doubts))
        return "\n".join(lines)


def tell(utterance: Utterance, model: TrainedModel | None = None) -> Told:
    """Read one post and say why it was read so."""
    model = model or shipped()
    (reading,) = read([utterance], model)
    words = {kind.name: mattered(model, utterance.text, kind.name) for kind in reading.theirs}
    urgent: tuple[str, ...] = ()
    if reading.urgency and reading.language:
        urgent = reasons(look(utterance.text).tokens, reading.language)
    return Told(reading, words, urgent, model.name)


def _kind(kind: Kind, words: tuple[str, ...]) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "certainty": kind.certainty,
        "in_words": certainty_in_words(kind.certainty),
        "holds": kind.holds,
        "why": list(words),
    }


def _line(kind: Kind, words: tuple[str, ...]) -> str:
    because = f" – because of {', '.join(f'“{word}”' for word in words)}" if words else ""
    if kind.name == "unsure":
        return f"unsure: it may call for an answer ({certainty_in_words(kind.certainty)}){because}"
    article = "" if kind.name in _UNCOUNTED else "a "
    return f"{certainty_in_words(kind.certainty)} {article}{kind.name}{because}"
