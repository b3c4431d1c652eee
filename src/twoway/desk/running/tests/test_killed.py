"""kill -9 of workers while answers go out: none is lost, none goes out twice."""

import os

import pytest

from twoway.desk.running.tests import killing

ANSWERS_A_KILL = 8


@pytest.fixture(params=["sqlite"])
def environment(request, tmp_path):
    """Return the environment of a desk of its own."""
    del request
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TWOWAY_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"TWOWAY_HOME": str(tmp_path / "home"), "TWOWAY_LOG_LEVEL": "WARNING"}


@pytest.mark.slow
def test_killed_workers_send_everything_exactly_once(environment):
    kills = int(os.environ.get("TWOWAY_KILLS", "20"))
    answers = ANSWERS_A_KILL * kills
    killing.ask(environment, "prepare", str(answers))
    killing.run(environment, kills, seed=7)
    # Kills that struck nothing prove nothing.
    assert killing.ask(environment, "tried") > kills // 4
    assert killing.ask(environment, "published") == {killing.text_of(n): 1 for n in range(answers)}
