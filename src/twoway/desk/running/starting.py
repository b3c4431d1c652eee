"""Sets Django up, brings the database up to date after a backup, and says where to go."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from filelock import FileLock

from twoway.desk.configuration import Misconfigured


class Trouble(Exception):
    """A sentence for whoever runs the desk: what its set-up lacks, and the cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readied:
    """What getting ready did: the backup made before an upgrade, and the first teammate's token."""

    backup: Path | None = None
    token: str | None = None


def set_up() -> None:
    """Load Django with the desk's settings; once per process. Raises Trouble."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twoway.desk.settings")
    try:
        django.setup()
    except Misconfigured as error:
        raise Trouble(str(error)) from error
    except OSError as error:  # the folder where its key is made
        raise _homeless(error) from error


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what the database and its set-up complain about into Trouble."""
    from twoway.desk.running.restoring import CannotRestore  # noqa: PLC0415  after set_up

    try:
        yield
    except (CannotRestore, Misconfigured) as error:
        raise Trouble(str(error)) from error
    except (ImproperlyConfigured, DatabaseError) as error:
        said = " ".join(str(error).split())
        said += "" if said.endswith((".", "?", "!")) else "."
        raise Trouble(
            f"The desk's database does not answer as it should: {said} "
            "Look at TWOWAY_DATABASE and whether the database runs."
        ) from error


def get_ready() -> Readied:
    """Bring the database up to date, after a backup where there is anything in it."""
    from twoway.desk.team import queries, services  # noqa: PLC0415  after set_up

    make_home()
    kept: Path | None = None
    if _is_behind():
        # Pages and workers start together: one of them does it, the others wait for that.
        with FileLock(home() / "upgrade.lock"):
            kept = _bring_up_to_date() if _is_behind() else None
    token = None if queries.is_founded() else services.make_first_token()
    return Readied(backup=kept, token=token)


def _is_behind() -> bool:
    from django.db import connection  # noqa: PLC0415  after set_up
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _bring_up_to_date() -> Path | None:
    """Migrate the database; return the backup made before, None where there was nothing in it."""
    from django.core.management import call_command  # noqa: PLC0415  after set_up

    from twoway.desk.running import backup  # noqa: PLC0415

    kept: Path | None = None
    if not backup.is_empty():
        folder = home() / "backups"
        folder.mkdir(exist_ok=True, mode=0o700)
        kept = folder / f"before-upgrade-{time.strftime('%Y-%m-%d-%H%M%S')}.zip"
        backup.write(kept)
    call_command("migrate", verbosity=0, interactive=False)
    return kept


def make_home() -> None:
    """Make the desk's folder where there is none yet. Raises Trouble."""
    try:
        home().mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _homeless(error) from error


def _homeless(error: OSError) -> Trouble:
    return Trouble(
        f"{error.filename} cannot be made ({error.strerror}). Name a folder of your own in TWOWAY_HOME."
    )


def home() -> Path:
    """Return the desk's folder."""
    from django.conf import settings  # noqa: PLC0415  after set_up

    folder: Path = settings.CONFIGURATION.home
    return folder
