"""For all tests: the door stays shut, and the real servers that tests may start."""

import os
from pathlib import Path

from hypothesis import settings

# No test is timed: on a busy machine every example may be slow.
settings.register_profile("whole", deadline=None)
# A third of the examples for `scripts/test fast`; the whole run tries all of them.
settings.register_profile("everyday", deadline=None, max_examples=30)
settings.load_profile("whole")

SERVERS = Path(__file__).parent / "tests" / "servers"

# The door reaches only hosts that a test allows (Door(allow=…) or TWOWAY_ALLOW_HOSTS).
os.environ["TWOWAY_OFFLINE"] = "1"

# Those with fixtures; the rest is imported by them.
pytest_plugins = [
    f"servers.{path.stem}"
    for path in sorted(SERVERS.glob("[a-z]*.py"))
    if "@pytest.fixture" in path.read_text("utf-8")
]
