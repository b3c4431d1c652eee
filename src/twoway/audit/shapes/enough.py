"""Fewer than five observations make no figure; their count is given all the same."""

from dataclasses import replace

from twoway.audit.findings import Figure
from twoway.audit.saying import say
from twoway.audit.statistics import LEAST
from twoway.audit.words import spelled


def judged(figure: Figure, observed: int | None = None) -> Figure:
    """Return the figure, or what is left of it where too little was observed (`n` by default)."""
    seen = figure.n if observed is None else observed
    if seen >= LEAST:
        return figure
    return replace(
        figure, value=None, low=None, high=None, bound=None, status="too_little_data",
        reason=_told(seen),
    )  # fmt: skip


def _told(seen: int) -> str:
    if not seen:
        return say("No observations, and it takes {least}.", least=spelled(LEAST))
    return say(
        "{seen:capital} observation, and it takes {least}.", "{seen:capital} observations, and it takes {least}.",
        n=seen, seen=spelled(seen), least=spelled(LEAST),
    )  # fmt: skip
