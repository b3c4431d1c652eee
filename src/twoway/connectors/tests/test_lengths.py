"""A text is as long as the network says."""

import pytest

from twoway.connectors.interface import Limits
from twoway.connectors.lengths import left, length

GRAPHEMES = Limits(characters=300, counted="graphemes", utf8_bytes=3000)
FEDIVERSE = Limits(
    characters=500, address_counts=23, mention_counts_name_only=True, warning_counts=True
)


@pytest.mark.parametrize(
    ("text", "limits", "long"),
    [
        ("Good morning", Limits(), 12),
        ("👩‍👩‍👧‍👦 e\u0301", GRAPHEMES, 3),
        ("早上好", Limits(counted="bytes"), 9),
        ("see https://museum.example/a/very/long/way?with=more", FEDIVERSE, 4 + 23),
        ("@ada@far.example hello", FEDIVERSE, len("@ada hello")),
        ("ada@far.example is an address", FEDIVERSE, len("ada@far.example is an address")),
    ],
)
def test_it_counts_as_the_network_does(text, limits, long):
    assert length(text, limits) == long


def test_a_content_warning_counts_where_the_network_says_so():
    assert length("hello", FEDIVERSE, "spoiler") == 12
    assert length("hello", GRAPHEMES, "spoiler") == 5


def test_what_is_left_is_what_runs_out_first():
    assert left("hello", GRAPHEMES) == 295
    assert left("👩‍👩‍👧‍👦" * 200, GRAPHEMES) == 3000 - 25 * 200
    assert left("hello", Limits()) is None
