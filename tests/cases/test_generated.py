"""On generated conversations both forms of the rule agree, whatever the order, and never fail."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import book
import generated
import many
import one


@given(generated.cases(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_delivery_does_not_matter(case, random):
    first = one.judge(case)
    shuffled = list(case["posts"])
    random.shuffle(shuffled)
    again = one.judge({**case, "posts": [*shuffled, *shuffled[:2]]})
    assert not book.differences(first, again)


@given(generated.cases())
@settings(max_examples=50, deadline=None)
def test_what_is_open_is_what_the_last_interval_leaves_open(case):
    found = one.judge(case)
    for conversation in found["conversations"]:
        mine = [
            i
            for i in found["intervals"]
            if (i["with"], i["thread"]) == (conversation["with"], conversation["thread"])
        ]
        still = [i["from"] for i in mine if i["to"] is None]
        assert bool(conversation["open"]) == bool(still)
        assert conversation["since"] == (still[0] if still else None)
        assert (conversation["turn"] == "ours") == bool(still or conversation["promised"])
        assert all(i["to"] is None or i["from"] <= i["to"] for i in mine)
        for earlier, later in pairwise(mine):
            assert earlier["to"] is not None
            assert later["to"] is None or later["to"] > earlier["to"]


@given(st.lists(generated.cases(8), min_size=1, max_size=4))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_forms_agree(cases):
    compare(cases)


def test_both_forms_agree_on_hundreds():
    """All at once, because the rule over tables judges hundreds as fast as one."""
    random = Random("everyday")
    compare([generated.case(random, random.randint(3, 12)) for _ in range(500)])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_both_forms_agree_on_thousands(seed):
    random = Random(seed)
    compare([generated.case(random, random.randint(3, 12)) for _ in range(4000)])


def compare(cases):
    for case, found in zip(cases, many.judge_all(cases), strict=True):
        assert not book.differences(one.judge(case), found), case
