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
    assert at_once(home, "judge_anew", "judge_anew") == [0, 0]
    assert outside.ask(home, "lying") == right


def test_what_is_delivered_at_the_same_time_is_neither_lost_nor_undone(home, tmp_path):
    outside.ask(home, "prepare", "0")
    other = outside.another(home, tmp_path / "other")
    outside.ask(other, "answer_everybody")
    outside.ask(home, "judge_long_ago")
    assert at_once(home, "judge_anew", "answer_everybody") == [0, 0]
    assert outside.ask(home, "lying") == outside.ask(other, "lying")


def at_once(home, *words):
    """Run several of a desk's processes together; return how they ended."""
    with ThreadPoolExecutor(len(words)) as pool:
        return [one.returncode for one in pool.map(lambda word: outside.run(home, word), words)]
