"""What a careful colleague would say about a draft. It advises; it never keeps anybody from sending."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twoway.connectors.interface import Limits
from twoway.connectors.lengths import left
from twoway.core.readings import Reading
from twoway.language import Utterance, read

ALIKE: Final = 0.7
"""As in measure 14: from here on two texts say the same."""
SHARP: Final = 0.8
"""A draft of ours that would so surely be a complaint, had they written it, is worth reading once more.

Of 678 answers of a practice world 3 in 100 are. Tones are not assessed in any language.
"""
BARE: Final = 20
"""Under so many characters beside a link, the link is all there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is about to be sent, and what it answers.

    `asked` are their questions still open, `before` our latest answers on the channel, `signature`
    how the voice signs there, `undescribed` how many pictures have no description.
    """

    text: str
    limits: Limits
    asked: Sequence[str] = ()
    before: Sequence[str] = ()
    signature: str = ""
    undescribed: int = 0
    content_warning: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """One remark: its name for tests and styles, and the sentence with a way to follow it."""

    name: str
    sentence: str


def advise(draft: Draft) -> tuple[Advice, ...]:
    """Return the remarks about a draft, what matters most first."""
    text = draft.text.strip()
    over = left(draft.text, draft.limits, draft.content_warning)
    found = [] if over is None or over >= 0 else [_too_long(-over)]
    if text:
        readings = list(read([Utterance(text=one) for one in (text, *draft.before)]))
        found += _remarks(draft, readings[0], readings[1:])
    if draft.undescribed:
        found.append(_undescribed(draft.undescribed))
    return tuple(found)


def _remarks(draft: Draft, reading: Reading, before: Sequence[Reading]) -> Iterator[Advice]:
    does = {kind.name for kind in reading.ours if kind.holds}
    if any(kind.name == "complaint" and kind.certainty >= SHARP for kind in reading.theirs):
        yield Advice("temper", _("This sounds sharp. Read it once more in an hour, or aloud now."))
    if "http" in draft.text and reading.bare_length < BARE:
        yield Advice(
            "only a link", _("This is only a link. A sentence that answers is worth more.")
        )
    elif "taken_private" in does:
        yield Advice("sends away", _("This sends them elsewhere. Can part of it be answered here?"))
    if _sounds_like(reading, before):
        yield Advice(
            "again", _("This says nearly what an answer before it said. What is theirs alone?")
        )
    if "promise" in does:
        yield Advice("promise", _("You promise something. Give it a date, so that it is kept."))
    if len(draft.asked) > 1:
        yield Advice(
            "asked",
            _("They ask more than one thing: %(asked)s") % {"asked": " · ".join(draft.asked)},
        )
    if not reading.signature and draft.signature and draft.signature not in draft.text:
        yield Advice(
            "no name",
            _("Nobody signs this. You sign here as %(name)s.") % {"name": draft.signature},
        )


def _sounds_like(reading: Reading, before: Sequence[Reading]) -> bool:
    own = reading.bare_words
    return any(
        len(own & other.bare_words) / len(own | other.bare_words) >= ALIKE
        for other in before
        if own and other.bare_words
    )


def _too_long(over: int) -> Advice:
    sentence = ngettext(
        "%(over)d character too long for this network.", "%(over)d characters too long for this network.", over
    ) % {"over": over}  # fmt: skip
    return Advice("too long", sentence)


def _undescribed(many: int) -> Advice:
    sentence = ngettext(
        "A picture has no description. Say what it shows, for those who do not see it.",
        "%(many)d pictures have no description. Say what they show, for those who do not see them.",
        many,
    ) % {"many": many}
    return Advice("no alt text", sentence)


def questions_in(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences of theirs that end with a question mark, at most five."""
    found = [
        sentence.strip()
        for text in texts
        for sentence in text.replace("\n", " ")
        .replace("? ", "?\n")
        .replace(". ", ".\n")
        .splitlines()
        if sentence.rstrip().endswith("?")
    ]
    return tuple(found[:5])
