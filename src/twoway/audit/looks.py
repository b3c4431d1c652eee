"""What an own post looks like at first sight: a word, a mark, and whether it speaks with people or at them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """One class of findings.Class: its words, its letter where there is no picture, its side."""

    one: str
    many: str
    letter: str
    is_with_people: bool


LOOKS = {
    "answer": Look("answer", "answers", "A", True),
    "share": Look("share of others", "shares of others", "S", True),
    "quote": Look("quote of others", "quotes of others", "Q", True),
    "featuring": Look("post featuring others", "posts featuring others", "F", True),
    "question": Look("question to readers", "questions to readers", "?", True),
    "daily_life": Look("look at daily life", "looks at daily life", "D", True),
    "self_thread": Look("thread of its own", "threads of its own", "T", False),
    "own_link": Look("link to its own site", "links to its own site", "L", False),
    "offer": Look("offer", "offers", "$", False),
    "launch": Look("announcement", "announcements", "N", False),
    "information": Look("piece of information", "pieces of information", "i", False),
}
UNKNOWN = Look("other post", "other posts", "·", False)


def look(what: str) -> Look:
    """Return how a class looks; a class of a later version is shown as an other post."""
    return LOOKS.get(what, UNKNOWN)
