"""Fewer than five observations make no figure; their count is given all the same."""

from dataclasses import replace

from twoway.audit.findings import Figure
from twoway.audit.statistics import LEAST
from twoway.audit.words import sentence, spelled


def judged(figure: Figure, observed: int | None = None) -> Figure:
    """Return the figure, or what is left of it where too little was observed (`n` by default)."""
    seen = figure.n if observed is None else observed
    if seen >= LEAST:
        return figure
    count = f"{spelled(seen)} observation{'s' * (seen != 1)}, and it takes {spelled(LEAST)}"
    return replace(
        figure, value=None, low=None, high=None, bound=None, status="too_little_data",
        reason=sentence(count),
    )  # fmt: skip
