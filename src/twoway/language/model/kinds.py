"""Chances into kinds: which hold, and whether the post is unsure."""

from collections.abc import Mapping

from twoway.core.readings import CALLS_FOR_ANSWER, THEIR_KINDS, Kind

# Those with a head of their own; `unsure` follows from them.
KINDS = tuple(kind for kind in THEIR_KINDS if kind != "unsure")
# Shown beside those that hold.
SHOWN = 0.15
_QUIET = ("praise", "story", "closer", "withdrawal")
_BEYOND_DOUBT = 0.9


def kinds(chances: Mapping[str, float], limits: Mapping[str, float]) -> tuple[Kind, ...]:
    """Return the kinds of a post.

    `limits` say from which chance a kind holds; `calls` from which chance the likeliest call holds
    although none reaches its own limit; `maybe` from which chance of any call the post is unsure,
    `maybe beside` the same where a kind that calls for no answer is beyond doubt.
    """
    called = _calls(chances, limits)
    held = set(called)
    doubt = max(chances["calls"], *(chances[name] for name in CALLS_FOR_ANSWER))
    if chances["spam"] >= limits["spam"] and chances["spam"] > doubt:
        held = {"spam"}
    elif not called and doubt >= _doubtful(chances, limits):
        held = {"unsure"}
    if not held & {"spam", "unsure"}:
        held |= {name for name in _QUIET if chances[name] >= limits[name]}
        held = _without_contradictions(held, chances)
    found = [
        Kind(name, chance, name in held)
        for name, chance in chances.items()
        if name in KINDS and (chance >= SHOWN or name in held)
    ]
    if not held or "unsure" in held:
        other = "unsure" if held else "statement"
        certainty = doubt if held else max(chances["statement"], SHOWN)
        found = [kind for kind in found if kind.name != other]
        found.append(Kind(other, round(certainty, 4), holds=True))
    return tuple(found)


def _doubtful(chances: Mapping[str, float], limits: Mapping[str, float]) -> float:
    """Return from which chance of a call a post is unsure; praise beyond doubt leaves less room."""
    sure = max(chances[name] for name in _QUIET) >= _BEYOND_DOUBT
    return limits["maybe beside"] if sure else limits["maybe"]


def _calls(chances: Mapping[str, float], limits: Mapping[str, float]) -> set[str]:
    """Return the calls that hold; the likeliest where it is only sure that one of them does."""
    called = {name for name in CALLS_FOR_ANSWER if chances[name] >= limits[name]}
    if not called and chances["calls"] >= limits["calls"]:
        called = {max(sorted(CALLS_FOR_ANSWER), key=lambda name: chances[name] - limits[name])}
    return called


def _without_contradictions(held: set[str], chances: Mapping[str, float]) -> set[str]:
    """Take out what a stronger kind denies: no closer beside a question, no thanks beside "solved"."""
    if held & CALLS_FOR_ANSWER:
        held = held - {"closer"}
        if "withdrawal" in held and chances["withdrawal"] < chances["calls"]:
            held = held - {"withdrawal"}
    if "withdrawal" in held:
        # Taking what was asked for withdrawn is worse than leaving a thanks unread.
        if "closer" in held and chances["closer"] > chances["withdrawal"]:
            return held - {"withdrawal", "praise", "story"}
        return held - {"closer", "praise", "story"}
    if {"closer", "praise"} <= held:
        return held - {"closer" if chances["praise"] > chances["closer"] else "praise"}
    return held
