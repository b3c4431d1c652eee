"""kill -9 of workers while answers go out: none is lost, none goes out twice."""

import os

import pytest

from twoway.desk.running.tests import killing

ANSWERS = 60


@pytest.fixture(params=["sqlite"])
def environment(request, tmp_path):
    """Return the environment of a desk of its own."""
    del request
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TWOWAY_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"TWOWAY_HOME": str(tmp_path / "home"), "TWOWAY_LOG_LEVEL": "WARNING"}


@pytest.mark.slow
def test_killed_workers_send_everything_exactly_once(environment):
    killing.ask(environment, "prepare", str(ANSWERS))
    kills = int(os.environ.get("TWOWAY_KILLS", "20"))
    assert killing.run(environment, kills, seed=7, patience=120 + 4 * kills) == kills
    assert killing.ask(environment, "tried") > kills // 5  # kills that struck nothing prove nothing
    expected = {killing.text_of(number): 1 for number in range(ANSWERS)}
    assert killing.ask(environment, "published") == expected
