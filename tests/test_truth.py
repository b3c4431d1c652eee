"""What the audit finds in practice worlds is what is true of them.

Every count and share equals what the world's script decided; what is estimated lies inside its
95 % interval as often as such intervals promise.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice

import pytest

from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.findings import Figure
from twoway.audit.request import Request
from twoway.audit.run import audit
from twoway.collection.folder import Collection
from twoway.practice import World, build
from twoway.practice.clock import DAY
from twoway.practice.truth import Truth, truth
from twoway.practice.writing import write_all

CLOSE = 1e-9
# Of what is estimated, so much must lie inside its interval: 95 % is promised, and a hundred
# worlds of five organisations leave a doubt of 2 % about it.
INSIDE = (0.90, 0.99)
# Observations below which a share says little, and figures that must have more than that.
ENOUGH = 100
LEAST = 12
TOGETHER = 20


def _named(figures: Mapping[str, tuple[Figure, ...]]) -> dict[str, dict[str, Figure]]:
    """Return figures by organisation and "id" or "id.part"."""
    return {
        organisation: {
            name: one
            for figure in found
            for name, one in [
                (figure.id, figure),
                *((f"{figure.id}.{p.id}", p) for p in figure.parts),
            ]
        }
        for organisation, found in figures.items()
    }


def _audited(worlds: Sequence[World], folder, request: Request) -> dict[str, dict[str, Figure]]:
    """Write worlds as one collection and audit it, as a user would."""
    write_all(worlds, folder)
    with closing(DuckDB()) as engine:
        report = audit(Collection.open(folder), request, engine)
    return _named({one.organisation: (*one.measures, *one.audience) for one in report.accounts})


def _is_true(figure: Figure, known: Truth) -> bool:
    if known.text:
        return figure.text == known.text
    if known.hits is not None:
        return (figure.hits, figure.n) == (known.hits, known.n)
    if known.n not in (0, figure.n):
        return False
    if known.value is None or figure.value is None:
        return True
    return abs(figure.value - known.value) <= CLOSE * max(1.0, abs(known.value))


def _differences(world: World, folder, window: str, begins: int) -> list[str]:
    figures = _audited([world], folder, Request(window=window, zone=world.zone))
    return [
        f"{organisation}: {name} is {known}, and the audit finds {_shown(figures[organisation].get(name))}"
        for organisation, found in truth(world, begins, parameters=False).items()
        for name, known in found.items()
        if name not in figures[organisation] or not _is_true(figures[organisation][name], known)
    ]


def _shown(figure: Figure | None) -> str:
    if figure is None:
        return "nothing"
    return f"{figure.hits} of {figure.n}, {figure.value} {figure.text}"


def test_every_count_and_share_is_true(tmp_path):
    world = build(1)
    assert _differences(world, tmp_path / "world", "all", world.begins) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 8))
def test_every_count_and_share_of_a_window_is_true(tmp_path, seed):
    world = build(seed)
    assert _differences(world, tmp_path / "world", "90d", _last_ninety_days(world)) == []


@pytest.mark.slow
@pytest.mark.parametrize("setting", ["museum", "shop", "telecoms", "town_hall"])
def test_every_setting_is_true(tmp_path, setting):
    world = build(11, setting=setting, zone="America/New_York", posts=5_000)
    assert _differences(world, tmp_path / "world", "all", world.begins) == []


def test_what_was_not_seen_is_not_observable_and_the_rest_is_true(tmp_path):
    world = build(3, posts=3_000, covered={"Bluequay Lines": "own posts"})
    request = Request(accounts=("bluequayhelp",), window="all", zone=world.zone)
    figures = _audited([world], tmp_path / "world", request)
    found, known = figures["Bluequay Lines"], truth(world, parameters=False)["Bluequay Lines"]
    for name in ("response_rate", "left_unanswered", "answers_under_own_posts", "members_talk"):
        assert (found[name].status, found[name].value) == ("not_observable", None)
    for name in ("reply_share", "repeated_content", "link_only", "monologue", "volume"):
        assert _is_true(found[name], known[name]), name


def _last_ninety_days(world: World) -> int:
    return world.ends - 90 * DAY


@pytest.mark.slow
def test_estimates_lie_inside_their_intervals(tmp_path):
    _assert_inside(tmp_path, (build(n, posts=4_000, number=n) for n in range(100)))


@pytest.mark.slow
def test_trends_lie_inside_their_intervals(tmp_path):
    # Every other world gets better at answering from month to month.
    worlds = (
        build(n, posts=5_000, number=n, days=240, crisis=False, drift=0.12 * (n % 2)) for n in range(60)
    )  # fmt: skip
    _assert_inside(tmp_path, worlds)


def _assert_inside(folder, worlds: Iterator[World]) -> None:
    """Compare estimates with what they estimate; twenty worlds cost an audit hardly more than one."""
    inside: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    while some := list(islice(worlds, TOGETHER)):
        request = Request(window="all", zone=some[0].zone)
        figures = _audited(some, folder / f"{seen.total()}", request)
        for name, figure, parameter in _estimates(some, figures):
            seen[name] += 1
            inside[name] += figure.low <= parameter <= figure.high
    shares = {name: inside[name] / n for name, n in seen.items() if n >= ENOUGH}
    assert len(shares) >= LEAST
    outside = {name: share for name, share in shares.items() if not INSIDE[0] <= share <= INSIDE[1]}
    assert outside == {}


def _estimates(worlds: Sequence[World], figures) -> Iterator[tuple[str, Figure, float]]:
    """Hand over every figure that has an interval with what it estimates."""
    for world in worlds:
        for organisation, found in truth(world).items():
            for name, known in found.items():
                figure = figures[organisation].get(name)
                if known.parameter is None or figure is None or None in (figure.low, figure.high):
                    continue
                yield name, figure, known.parameter
