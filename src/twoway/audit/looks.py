"""What an own post looks like at first sight: a word, a mark, and whether it speaks with people or at them."""

from dataclasses import dataclass

from twoway.audit.saying import Said, forms, marked, say


@dataclass(frozen=True, slots=True)
class Look:
    """One class of findings.Class: its words, its letter where there is no picture, its side."""

    name: str
    counted: tuple[str, str]
    letter: str
    is_with_people: bool

    @property
    def one(self) -> Said:
        """What one of it is called: "offer"."""
        return say(self.name)

    def count(self, number: int) -> Said:
        """Return "1 offer", "7 offers"."""
        return say(*self.counted, n=number)


LOOKS = {
    "answer": Look(marked("answer"), forms("{n} answer", "{n} answers"), "A", True),
    "share": Look(
        marked("share of others"), forms("{n} share of others", "{n} shares of others"), "S", True
    ),
    "quote": Look(
        marked("quote of others"), forms("{n} quote of others", "{n} quotes of others"), "Q", True
    ),
    "featuring": Look(
        marked("post featuring others"),
        forms("{n} post featuring others", "{n} posts featuring others"),
        "F",
        True,
    ),
    "question": Look(
        marked("question to readers"),
        forms("{n} question to readers", "{n} questions to readers"),
        "?",
        True,
    ),
    "daily_life": Look(
        marked("look at daily life"),
        forms("{n} look at daily life", "{n} looks at daily life"),
        "D",
        True,
    ),
    "self_thread": Look(
        marked("thread of its own"),
        forms("{n} thread of its own", "{n} threads of its own"),
        "T",
        False,
    ),
    "own_link": Look(
        marked("link to its own site"),
        forms("{n} link to its own site", "{n} links to its own site"),
        "L",
        False,
    ),
    "offer": Look(marked("offer"), forms("{n} offer", "{n} offers"), "$", False),
    "launch": Look(
        marked("announcement"), forms("{n} announcement", "{n} announcements"), "N", False
    ),
    "information": Look(
        marked("piece of information"),
        forms("{n} piece of information", "{n} pieces of information"),
        "i",
        False,
    ),
}
UNKNOWN = Look(marked("other post"), forms("{n} other post", "{n} other posts"), "·", False)


def look(what: str) -> Look:
    """Return how a class looks; a class of a later version is shown as an other post."""
    return LOOKS.get(what, UNKNOWN)
