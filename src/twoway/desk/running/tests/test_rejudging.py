"""After an upgrade the desk judges anew what it holds: killed in the middle, it goes on."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from twoway.desk.running.tests import outside

pytestmark = pytest.mark.slow

KILLS = 3


@pytest.fixture
def long_ago(home):
    """Return a desk with people in it whom a rule of before did not hear, and how they should lie."""
    outside.ask(home, "prepare", "0")
    right = outside.ask(home, "lying")
    outside.ask(home, "judge_long_ago")
    assert outside.ask(home, "lying") != right
    return home, right


def test_whoever_is_killed_while_judging_anew_goes_on_and_all_is_right(long_ago):
    home, right = long_ago
    for _ in range(KILLS):
        assert outside.run(home, "judge_anew", "2").returncode == -signal.SIGKILL
    told = outside.run(home | {"TWOWAY_LOG_LEVEL": "INFO"}, "judge_anew")
    assert told.returncode == 0, told.stderr
    assert outside.ask(home, "lying") == right
    assert "threads judged anew" in told.stderr, "it says how far it is"
    assert "came out otherwise" in told.stderr
    assert "by the rule of now" not in told.stderr, "nobody begins again"


def test_two_at_once_do_it_once(long_ago):
    home, right = long_ago
    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(lambda _: outside.run(home, "judge_anew").returncode, range(2)))
    assert ended == [0, 0]
    assert outside.ask(home, "lying") == right
