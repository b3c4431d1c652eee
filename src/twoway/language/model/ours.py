"""Chances into what a post of the organisation does.

What it does to whoever reads it depends on where it stands: a question in a reply asks that
person, in an original it invites everyone.
"""

from collections.abc import Iterator, Mapping

from twoway.core.readings import OUR_KINDS, Kind
from twoway.language.assessor import Heard
from twoway.language.phrases import phrasebook

# Whose site a link leads to is known in the audit alone.
KINDS = tuple(kind for kind in OUR_KINDS if kind != "own_link")
HEADS = {kind: f"ours {kind}" for kind in KINDS}
SHOWN = 0.2
# What moves a turn wants words for it: on the answers of a practice world (museum, 678) the chance
# alone calls 53 in 100 a promise, where 4 are meant as one; with the words 11 in 100, most of which
# say that they will do something. Of short answers ("Yes, it does.", "No.") the chance alone calls
# most nothing but thanks, and whoever asked would wait on.
_NEED_WORDS = ("promise", "asks", "thanks")
_NOT_SAID, _SURE = 0.25, 0.9
_ANNOUNCES = ("offer", "launch", "featuring", "daily_life")
# Of the invented posts that it was taught by, 99 in 100 have at most 18 words. In longer ones small
# pieces that nobody taught it add up: of 1,190 posts of a newspaper and its reporters, 34 words each,
# 56 in 100 were offers and 52 launches. With words for it 12 and 14 are; shorter posts stay as they were.
_TAUGHT = 20
# A poll asks, whatever its text says.
_POLL = 0.95
# "By private message", "call us": said in a reply it hardly ever means anything else.
_PRIVATE = 0.75
# Of its limit: of 0.3, 0.5 and 0.7 the one that told the tuning half best.
_NEARLY = 0.3


def ours(chances: Mapping[str, float], limits: Mapping[str, float], one: Heard) -> tuple[Kind, ...]:
    """Return the kinds of a post as if the organisation had written it.

    `limits` say from which chance each holds; where none does, the post informs.
    """
    said = one.utterance
    told = {kind: chances[head] for kind, head in HEADS.items()}
    for kind in _NEED_WORDS:
        if not _has_words(kind, one) and not (kind == "asks" and _puts_a_question(one, told[kind])):
            told[kind] = min(told[kind], _NOT_SAID * limits[HEADS[kind]])
    for kind in _ANNOUNCES:
        if not _announces(kind, one):
            told[kind] = min(told[kind], _NOT_SAID * limits[HEADS[kind]])
    if said.is_reply and "private" in one.hits:
        told["taken_private"] = max(told["taken_private"], _PRIVATE)
    found = dict(_done(told, limits, is_reply=said.is_reply, has_poll=said.has_poll))
    shares = {kind: chance / limits[HEADS[kind]] for kind, chance in found.items()}
    held = {kind for kind, share in shares.items() if share >= 1}
    if not held:
        held = {_likeliest(told["information"] / limits[HEADS["information"]], shares)}
    found["information"] = max(told["information"], SHOWN)
    return tuple(
        Kind(kind, round(chance, 4), holds=kind in held)
        for kind, chance in found.items()
        if kind in held or (chance >= SHOWN and kind != "information")
    )


def _has_words(kind: str, one: Heard) -> bool:
    # The Spanish list of thanks has this word behind others only; to mend it is to train anew.
    return kind in one.hits or (kind == "thanks" and "gracias" in one.surface.words)


def _announces(kind: str, one: Heard) -> bool:
    """Tell whether the chance may be believed: in a short post, or with words for it."""
    if len(one.surface.words) <= _TAUGHT or kind in one.hits:
        return True
    you = phrasebook(one.language or "").lists["you"]
    # An offer is made to somebody. "u" is left out: it stands in "U.S." as well.
    return kind == "offer" and any(len(word) > 1 and word in you for word in one.surface.words)


def _puts_a_question(one: Heard, chance: float) -> bool:
    return one.surface.asks or "private" in one.hits or chance >= _SURE


def _likeliest(informs: float, shares: Mapping[str, float]) -> str:
    """Return what a post does that is sure to do nothing: it informs, unless even that is unlikely."""
    best = max(shares, key=lambda kind: shares[kind])
    return best if informs < 1 and shares[best] >= _NEARLY else "information"


def _done(
    told: Mapping[str, float], limits: Mapping[str, float], *, is_reply: bool, has_poll: bool
) -> Iterator[tuple[str, float]]:
    question = max(told["question"], _POLL * has_poll)
    # What puts a question to somebody asks, however it was put.
    asks = "asks" if is_reply else "invitation"
    sure = question >= limits[HEADS["question"]]
    yield "question", question
    yield asks, max(told[asks], question * sure, limits[HEADS[asks]] * sure)
    yield "taken_private", told["taken_private"]
    if is_reply:
        yield "promise", told["promise"]
    if not sure and not any(
        told[kind] >= limits[HEADS[kind]] for kind in ("promise", "taken_private")
    ):
        yield "thanks", told["thanks"]
    # A reply that thanks for a photo features nobody.
    talk = max(told[kind] for kind in ("asks", "thanks", "promise")) if is_reply else 0.0
    # "Maintenance tonight" announces nothing: what informs more surely than it sells informs.
    informs = told["information"] / limits[HEADS["information"]]
    for kind in _ANNOUNCES:
        if told[kind] > talk and told[kind] / limits[HEADS[kind]] >= informs:
            yield kind, told[kind]
