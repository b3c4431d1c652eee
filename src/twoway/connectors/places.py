"""Where a user's own files are kept: what must last, and what may be fetched again."""

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path


def home() -> Path:
    """Return the folder of credentials and keys: TWOWAY_HOME, else the user's data folder."""
    named = os.environ.get("TWOWAY_HOME")
    return Path(named) if named else user_data_path("twoway", appauthor=False)


def cache() -> Path:
    """Return the folder of what was fetched for audits, which may be deleted at any time."""
    named = os.environ.get("TWOWAY_HOME")
    return Path(named) / "cache" if named else user_cache_path("twoway", appauthor=False)
