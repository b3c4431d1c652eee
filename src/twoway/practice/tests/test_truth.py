"""Truth adds up: parts to wholes, hits to shares, windows to longer windows."""

import pytest

from twoway.practice import World, build
from twoway.practice.clock import DAY
from twoway.practice.truth import truth
from twoway.practice.truth.posting import ORDER


@pytest.fixture(scope="module")
def known(world: World):
    return truth(world, parameters=False)


def test_every_organisation_has_every_measure(known):
    names = {name.partition(".")[0] for names in known.values() for name in names}
    assert len(names) >= 28  # 25 of metrics' 26 in four months, and what stands beside them


def test_shares_are_hits_of_n(known):
    for organisation, found in known.items():
        for name, one in found.items():
            if one.hits is not None:
                assert 0 <= one.hits <= one.n, (organisation, name)
                assert one.value is None or one.value == one.hits / one.n


def test_each_original_is_in_one_class(known):
    for found in known.values():
        classes = [found[f"what_posts_do.{name}"] for name in ORDER]
        assert sum(one.hits for one in classes) == found["what_posts_do"].n
        both = found["what_posts_do.offer"].hits + found["what_posts_do.launch"].hits
        assert found["what_posts_do"].hits == both


def test_parts_are_no_more_than_wholes(known):
    for found in known.values():
        assert found["repeated_content.exact"].hits <= found["repeated_content"].hits
        assert found["link_only"].hits <= found["link_only.any_link"].hits
        assert found["link_only.own_site"].hits <= found["link_only.any_link"].hits
        assert found["left_unanswered.after_72h"].value <= found["left_unanswered"].value
        assert found["response_rate.without_canned"].hits <= found["response_rate"].hits
        assert found["answered_within_hour"].hits == found["answered_within_hour.answered"].hits


def test_a_shorter_window_holds_no_more(world, known):
    last_month = truth(world, world.ends - 30 * DAY, parameters=False)
    for organisation, found in last_month.items():
        assert found["reply_share"].n <= known[organisation]["reply_share"].n
        assert found["response_rate"].n <= known[organisation]["response_rate"].n


@pytest.mark.slow
def test_a_law_is_near_what_it_made(world):
    # One world is one draw: within four standard errors of what the script would do for ever.
    for found in truth(world).values():
        one = found["response_rate"]
        error = (one.parameter * (1 - one.parameter) / one.n) ** 0.5
        assert abs(one.value - one.parameter) < 4 * error


@pytest.mark.slow
def test_drift_is_a_slope():
    world = build(1, posts=2_000, days=240, crisis=False, drift=0.2)
    for found in truth(world).values():
        assert 1.05 < found["change_over_time.response_rate"].parameter < 1.35
        assert "change_over_time.reply_share" not in found
