"""Peers instead of published bands: from five others on, their quartiles say what is ordinary."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from twoway.audit.findings import Band, Figure
from twoway.audit.saying import marked, say

FEWEST = 5
LABELS = (marked("below most peers"), marked("as most peers"), marked("above most peers"))
Figures = Mapping[str, tuple[Figure, ...]]
Path = tuple[str, ...]


def compare(figures: Figures, year: str = "") -> dict[str, tuple[Figure, ...]]:
    """Return the figures of all organisations, with bands from the others where five have a value."""
    values: dict[Path, list[float]] = {}
    for measures in figures.values():
        for measure in measures:
            _collect(measure, (), values)
    for known in values.values():
        known.sort()
    return {
        organisation: tuple(_placed(measure, (), values, year) for measure in measures)
        for organisation, measures in figures.items()
    }


def _collect(figure: Figure, above: Path, values: dict[Path, list[float]]) -> None:
    path = (*above, figure.id)
    if figure.status == "ok" and figure.value is not None:
        values.setdefault(path, []).append(figure.value)
    for part in figure.parts:
        _collect(part, path, values)


def _placed(figure: Figure, above: Path, values: Mapping[Path, list[float]], year: str) -> Figure:
    path = (*above, figure.id)
    parts = tuple(_placed(part, path, values, year) for part in figure.parts)
    others = len(values.get(path, ())) - 1
    if figure.status != "ok" or figure.value is None or others < FEWEST:
        return replace(figure, parts=parts)
    own = bisect_left(values[path], figure.value)
    lower, upper = (_quartile(values[path], own, share) for share in (1 / 4, 3 / 4))
    label = LABELS[(figure.value >= lower) + (figure.value > upper)]
    return replace(figure, parts=parts, band=Band(
        label=label, meaning=say("the middle half of {others} other organisations in this collection", others=others),
        source="peers", year=year, lower=lower, upper=upper, from_peers=True,
    ))  # fmt: skip


def _quartile(values: Sequence[float], without: int, share: float) -> float:
    """Return a quantile of sorted values, linear between neighbours, as if one were not there."""
    place = (len(values) - 2) * share
    below = int(place)
    one, two = (values[at + (at >= without)] for at in (below, min(below + 1, len(values) - 2)))
    return one + (two - one) * (place - below)
