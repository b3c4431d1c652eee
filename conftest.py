"""For all tests: the door stays shut, and the real servers that tests may start."""

import os
from pathlib import Path

SERVERS = Path(__file__).parent / "tests" / "servers"

# The door reaches only hosts that a test allows (Door(allow=…) or TWOWAY_ALLOW_HOSTS).
os.environ["TWOWAY_OFFLINE"] = "1"

pytest_plugins = [f"servers.{path.stem}" for path in sorted(SERVERS.glob("[a-z]*.py"))]
