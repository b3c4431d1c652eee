"""What a shown post was taken for, in words: "surely a question, because of “open” and “?”"."""

from twoway.audit import words
from twoway.audit.findings import Evidence, TakenFor
from twoway.audit.report import cleaning
from twoway.audit.saying import marked, say
from twoway.core.readings import certainty_in_words

_NAMES = {
    "question": marked("a question"), "complaint": marked("a complaint"), "request": marked("a request"), "praise": marked("praise"),
    "story": marked("a story"), "statement": marked("a statement"), "closer": marked("a closing word"), "withdrawal": marked("a withdrawal"),
    "spam": marked("spam"), "asks": marked("a question back"), "promise": marked("a promise"), "invitation": marked("an invitation"),
    "taken_private": marked("a move to a private channel"), "thanks": marked("a word of thanks"), "offer": marked("an offer"),
    "launch": marked("a launch"), "featuring": marked("a post about others"), "daily_life": marked("a look behind the scenes"),
}  # fmt: skip
_SAID = {*_NAMES, "unsure"}
SURE = (
    marked("surely"),
    marked("very likely"),
    marked("likely"),
    marked("perhaps"),
    marked("hardly"),
)
"""What core.readings.certainty_in_words says."""
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
        return _because(one, say("unclear whether it calls for an answer"))
    if one.is_decided:
        return say("{what}, as a teammate decided", what=say(_NAMES[one.kind]))
    sure = say(certainty_in_words(one.certainty))
    return _because(one, say("{sure} {what}", sure=sure, what=say(_NAMES[one.kind])))


def _because(one: TakenFor, told: str) -> str:
    mattered = [say("“{word}”", word=cleaning.line(word, 40)) for word in one.why]
    if not mattered:
        return told
    return say("{told}, because of {words}", told=told, words=words.listing(mattered))
