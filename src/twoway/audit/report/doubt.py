"""What a shown post was taken for, in words: "surely a question, because of “open” and “?”"."""

from twoway.audit import words
from twoway.audit.findings import Evidence, TakenFor
from twoway.audit.report import cleaning
from twoway.core.readings import certainty_in_words

_NAMES = {
    "question": "a question", "complaint": "a complaint", "request": "a request", "praise": "praise",
    "story": "a story", "statement": "a statement", "closer": "a closing word", "withdrawal": "a withdrawal",
    "spam": "spam", "asks": "a question back", "promise": "a promise", "invitation": "an invitation",
    "taken_private": "a move to a private channel", "thanks": "a word of thanks", "offer": "an offer",
    "launch": "a launch", "featuring": "a post about others", "daily_life": "a look behind the scenes",
}  # fmt: skip
_SAID = {*_NAMES, "unsure"}
# That these put a question needs no saying.
_ASKS = {"asks", "invitation"}
# More kinds in one post say less, not more.
_MOST = 2


def taken_for(post: Evidence) -> str:
    """Return what a post was taken for, how surely, and because of which words; empty where that says nothing.

    Of ours, that a post informs is not said: it is what is left where it does nothing else.
    """
    kinds = {one.kind for one in post.taken_for}
    told = [
        _told(one)
        for one in post.taken_for
        if one.kind in _SAID and not (one.kind == "question" and kinds & _ASKS)
    ]
    return words.sentence("; ".join(told[:_MOST])) if told else ""


def _told(one: TakenFor) -> str:
    if one.kind == "unsure":
        return f"unclear whether it calls for an answer{_because(one)}"
    if one.is_decided:
        return f"{_NAMES[one.kind]}, as a teammate decided"
    return f"{certainty_in_words(one.certainty)} {_NAMES[one.kind]}{_because(one)}"


def _because(one: TakenFor) -> str:
    mattered = [f"“{cleaning.line(word, 40)}”" for word in one.why]
    return f", because of {words.listing(mattered)}" if mattered else ""
