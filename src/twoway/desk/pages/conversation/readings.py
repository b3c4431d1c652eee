"""How we read a post, in words: what it is, how sure, in what mood and language."""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twoway.core.readings import CALLS_FOR_ANSWER, certainty_in_words
from twoway.desk.inbox.readings import Kept
from twoway.desk.pages.conversation.choices import kind_titles
from twoway.desk.pages.stock import once_a_language
from twoway.desk.pages.words import tongue

# Tones run from -1 to 1; between these nobody would name a mood.
_UPSET, _FRIENDLY = -0.3, 0.3
_SHOWN = 0.15
_TAKEN_FOR = 0.3
_MOST = 0.99


def in_short(kept: Kept, corrected: str = "") -> str:
    """Say what a post is on one line: "Surely a complaint · upset · German".

    The reader's own language goes without saying.
    """
    foreign = kept.language if kept.language != (get_language() or "")[:2] else ""
    parts = [_kind(kept, corrected), mood(kept.tone), tongue(foreign)]
    return " · ".join(part for part in parts if part)


def in_full(kept: Kept, corrected: str = "") -> list[str]:
    """Say all that was considered, one sentence each."""
    titles = kind_titles()
    lines = (
        [_("A colleague says that it is %(kind)s.") % {"kind": titles.get(corrected, corrected)}]
        if corrected
        else []
    )
    for name, certainty, _holds in sorted(kept.theirs, key=lambda one: -one[1]):
        if certainty >= _SHOWN and name in titles:
            words = _("%(how)s %(kind)s: %(share)s.")
            lines.append(
                words % {"how": _how(certainty), "kind": titles[name], "share": _share(certainty)}
            )
    if (felt := mood(kept.tone)) and kept.tone is not None:
        lines.append(_("It sounds %(mood)s.") % {"mood": felt})
    if kept.language:
        lines.append(_("Written in %(language)s.") % {"language": tongue(kept.language)})
    return lines


def _kind(kept: Kept, corrected: str) -> str:
    titles = kind_titles()
    if corrected:
        return _("Put right: %(kind)s") % {"kind": titles.get(corrected, corrected)}
    known = [
        (certainty, name) for name, certainty, holds in kept.theirs if holds and name in titles
    ]
    if not known:
        return _("Hard to say what it asks")
    certainty, name = strongest(known)
    # What a post is taken for is never said to be hardly so.
    return f"{_how(max(certainty, _TAKEN_FOR))} {titles[name]}"


def strongest(held: Sequence[tuple[float, str]]) -> tuple[float, str]:
    """Return the kind to name a post by: what calls for an answer goes before all else."""
    calls = [one for one in held if one[1] in CALLS_FOR_ANSWER]
    return max(calls or held)


def _how(certainty: float) -> str:
    return _certainties()[certainty_in_words(certainty)]


@once_a_language
def _certainties() -> dict[str, str]:
    return {
        "surely": _("Surely"), "very likely": _("Very likely"), "likely": _("Likely"),
        "perhaps": _("Perhaps"), "hardly": _("Hardly"),
    }  # fmt: skip


def _share(certainty: float) -> str:
    """Write a certainty as a share: no model is ever quite sure."""
    if certainty > _MOST:
        return _("over 99 percent")
    return f"{certainty:.0%}".replace("%", " %")


def mood(tone: float | None) -> str:
    """Name a mood, where there is one."""
    if tone is None or _UPSET < tone < _FRIENDLY:
        return ""
    return _("upset") if tone < 0 else _("friendly")
