"""What a post shows beside its letters: marks, phrases of its language, length; a few dozen numbers."""

from collections.abc import Sequence
from math import log1p

from twoway.language.phrases import Hits, Phrasebook, phrasebook
from twoway.language.surface import LINK, Surface

SECTIONS = (
    "question", "rhetorical", "request", "complaint", "praise", "thanks", "closer", "withdrawal",
    "spam", "story", "never_answer",
)  # fmt: skip
NAMES = (
    *SECTIONS,
    *(f"{name} twice" for name in SECTIONS),
    "asks", "ends asking", "asks twice", "exclaims", "exclaims often", "shouts", "link", "only link",
    "friendly", "hostile", "number", "question word first", "question word first, not asked",
    "filler", "all filler", "no words", "words", "one or two words", "up to six words",
    "over thirty words", "ellipsis", "first person",
)  # fmt: skip
_LONG = 30
_SHORT = 6


def marks(surface: Surface, hits: Hits, book: Phrasebook | None) -> list[float]:
    """Return the numbers that NAMES names for one post; without a phrasebook the marks alone."""
    counts = [len(hits.get(name, ())) for name in SECTIONS]
    return [
        *(float(count > 0) for count in counts),
        *(float(count > 1) for count in counts),
        *_signs(surface),
        *_shape(surface.words, surface.asks, book),
        float("..." in surface.bare),
        float(book is not None and not book.lists["first_person"].isdisjoint(surface.tokens)),
    ]


def _signs(surface: Surface) -> list[float]:
    bare = surface.bare
    emoji = phrasebook("emoji").lists
    odd = () if bare.isascii() else bare
    capitals = sum(map(str.isupper, bare))
    has_link = LINK.search(surface.plain) is not None
    return [
        float(surface.asks),
        float(bare.endswith(("?", "?!", "??"))),
        float(bare.count("?") > 1),
        float("!" in bare),
        float(bare.count("!") > 1),
        float(capitals > 0.4 * max(len(bare), 10)),
        float(has_link),
        float(has_link and not bare),
        float(any(mark in emoji["friendly"] for mark in odd)),
        float(any(mark in emoji["hostile"] for mark in odd)),
        float(any(map(str.isdigit, bare))),
    ]


def _shape(words: Sequence[str], asks: bool, book: Phrasebook | None) -> list[float]:
    first = bool(words) and book is not None and words[0] in book.lists["question_start"]
    filler = book.lists["filler"] if book else frozenset[str]()
    share = sum(word in filler for word in words) / len(words) if words else 0.0
    count = len(words)
    return [
        float(first),
        float(first and not asks),
        share,
        float(share > 0.99),
        float(count == 0),
        log1p(count) / 3,
        float(0 < count <= 2),
        float(0 < count <= _SHORT),
        float(count > _LONG),
    ]
