"""Sets Django up, brings the database up to date after a backup, and says where to go."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import django


@dataclass(frozen=True, slots=True, kw_only=True)
class Readied:
    """What getting ready did: the backup made before an upgrade, and the first teammate's token."""

    backup: Path | None = None
    token: str | None = None


def set_up() -> None:
    """Load Django with the desk's settings; once per process. Raises configuration.Misconfigured."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twoway.desk.settings")
    django.setup()


def get_ready() -> Readied:
    """Bring the database up to date, after a backup where there is anything in it."""
    from django.core.management import call_command  # noqa: PLC0415  after set_up
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from twoway.desk.running import backup  # noqa: PLC0415
    from twoway.desk.team import services  # noqa: PLC0415
    from twoway.desk.team.models import Organisation  # noqa: PLC0415

    home().mkdir(parents=True, exist_ok=True, mode=0o700)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    kept: Path | None = None
    if plan and not backup.is_empty():
        folder = home() / "backups"
        folder.mkdir(exist_ok=True, mode=0o700)
        kept = folder / f"before-upgrade-{time.strftime('%Y-%m-%d-%H%M%S')}.zip"
        backup.write(kept)
    if plan:
        call_command("migrate", verbosity=0, interactive=False)
    token = None if Organisation.objects.exists() else services.make_first_token()
    return Readied(backup=kept, token=token)


def home() -> Path:
    """Return the desk's folder."""
    from django.conf import settings  # noqa: PLC0415  after set_up

    folder: Path = settings.CONFIGURATION.home
    return folder
