"""kill -9 of workers while answers go out: none is lost, none goes out twice."""

import os

import pytest

from twoway.desk.running.tests import killing, outside

ANSWERS_A_KILL = 8


@pytest.mark.slow
def test_killed_workers_send_everything_exactly_once(home):
    kills = int(os.environ.get("TWOWAY_KILLS", "20"))
    answers = ANSWERS_A_KILL * kills
    outside.ask(home, "prepare", str(answers))
    killing.run(home, kills, seed=7)
    # Kills that struck nothing prove nothing.
    assert outside.ask(home, "tried") > kills // 4
    assert outside.ask(home, "published") == {outside.text_of(n): 1 for n in range(answers)}
