"""On generated conversations the rule says the same whatever the order, and never fails."""

from itertools import pairwise

import book
import generated
import one
from hypothesis import given, settings
from hypothesis import strategies as st


@given(generated.cases(), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_the_order_of_delivery_does_not_matter(case, random):
    first = one.judge(case)
    shuffled = list(case["posts"])
    random.shuffle(shuffled)
    again = one.judge({**case, "posts": [*shuffled, *shuffled[:2]]})
    assert not book.differences(first, again)


@given(generated.cases())
@settings(max_examples=300, deadline=None)
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
