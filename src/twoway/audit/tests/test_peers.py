"""Quartiles of the others replace published bands, from five others on."""

import statistics

from hypothesis import given
from hypothesis import strategies as st

from twoway.audit import peers
from twoway.audit.findings import Band, Figure

PUBLISHED = Band(label="ordinary", meaning="m", source="s", year="2015")


def _figures(*values):
    return {
        f"org{n}": (Figure(id="x", name="X", unit="share", value=value, n=9, band=PUBLISHED),)
        for n, value in enumerate(values)
    }


def _bands(figures):
    return [measures[0].band for measures in peers.compare(figures).values()]


def test_five_others_are_needed():
    assert _bands(_figures(1, 2, 3, 4, 5)) == [PUBLISHED] * 5


def test_quartiles_of_the_others_only():
    # without 60: 10 20 30 40 50, quartiles 20 and 40; without 10: 20 30 40 50 60, quartiles 30 and 50
    first, *_, last = _bands(_figures(10, 20, 30, 40, 50, 60))
    assert (last.lower, last.upper, last.label) == (20, 40, "above most peers")
    assert (first.lower, first.upper, first.label) == (30, 50, "below most peers")
    assert first.from_peers


def test_those_without_a_value_are_no_peers():
    figures = _figures(1, 2, 3, 4, 5)
    figures["silent"] = (Figure(id="x", name="X", unit="share", status="too_little_data"),)
    assert all(not band or not band.from_peers for band in _bands(figures))


def test_parts_have_peers_of_their_own():
    figures = {
        f"org{n}": (
            Figure(
                id="x",
                name="X",
                unit="text",
                parts=(Figure(id="p", name="P", unit="share", value=n),),
            ),
        )
        for n in range(7)
    }
    part = peers.compare(figures)["org3"][0].parts[0]
    assert (part.band.lower, part.band.upper, part.band.label) == (1.25, 4.75, "as most peers")


@given(st.lists(st.floats(0, 1), min_size=6, max_size=30))
def test_quartiles_are_the_librarys(values):
    for place, band in enumerate(_bands(_figures(*values))):
        others = values[:place] + values[place + 1 :]
        quartiles = statistics.quantiles(others, n=4, method="inclusive")
        assert abs(band.lower - quartiles[0]) < 1e-9
        assert abs(band.upper - quartiles[2]) < 1e-9
