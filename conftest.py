"""For all tests: the door stays shut, and the real servers that tests may start."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

# No test is timed: on a busy machine every example may be slow, and so may be finding one.
UNTIMED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("whole", **UNTIMED)
# A third of the examples for `scripts/test fast`; the whole run tries all of them.
settings.register_profile("everyday", max_examples=30, **UNTIMED)
settings.load_profile("whole")

ROOT = Path(__file__).parent
SERVERS = ROOT / "tests" / "servers"
DESK = ROOT / "src" / "twoway" / "desk"

JOURNEYS = "tests/journeys"
"""Its files share a browser and a desk on each database."""

LONG = ("spark", "browser", "server", "slow")
"""Marks of tests that take long, the longest first."""

TOLD = {"exactly once"}
"""What tests record for whoever started them."""

# The door reaches only hosts that a test allows (Door(allow=…) or TWOWAY_ALLOW_HOSTS).
os.environ["TWOWAY_OFFLINE"] = "1"

# Those with fixtures; the rest is imported by them.
pytest_plugins = [
    f"servers.{path.stem}"
    for path in sorted(SERVERS.glob("[a-z]*.py"))
    if "@pytest.fixture" in path.read_text("utf-8")
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where the run names a database, leave out what stores nothing: it has run beside SQLite.

    Begin with the files that take longest, so that all workers end at about the same time.
    """
    if os.environ.get("TWOWAY_DATABASE"):
        repeated = [one for one in items if DESK in one.path.parents and not _stores(one)]
        config.hook.pytest_deselected(items=repeated)
        items[:] = [one for one in items if one not in repeated]
    marks: dict[Path, set[str]] = {}
    for one in items:
        marks.setdefault(one.path, set()).update(mark.name for mark in one.iter_markers())
    items.sort(key=lambda one: [mark not in marks[one.path] for mark in LONG])


class WholeFiles(LoadFileScheduling):
    """Give each file to one worker, where its fixtures are made once, and all journeys to one."""

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WholeFiles:
    """Hand out files in the order of collection."""
    config.option.loadscopereorder = False
    return WholeFiles(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what tests found beside passing: of the kills, how many struck, and what came of it."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, value in getattr(report, "user_properties", ()):
                if report.when == "call" and name in TOLD:
                    terminalreporter.write_line(f"{report.nodeid}: {value}")


def _stores(item: pytest.Item) -> bool:
    """Tell whether a test has the desk's database, or a whole desk in a home of its own."""
    stores = {"db", "transactional_db", "home", "elsewhere", "monday"}
    has_one = not stores.isdisjoint(getattr(item, "fixturenames", ()))
    return has_one or item.get_closest_marker("django_db") is not None
