"""The whole desk in one file: database, sealed credentials, keys, practice towns, what was learned."""

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from twoway import __version__

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SQLITE_FILE: Final = "desk.sqlite3"
TABLES: Final = "tables/"
HOME: Final = "home/"
KEPT: Final = ("secret.key", "key", "credentials", "practice", "learned")
"""What lies in the home folder besides the database and belongs to it."""
_SQLITE: Final = ".sqlite"
# Of what is kept while others write: half-written files, locks, and what SQLite keeps beside a file.
_PASSING: Final = (".draft", ".lock", "-wal", "-shm", "-journal")


def write(to: Path) -> int:
    """Write a backup and return its size in bytes; the desk may go on running meanwhile.

    Only the owner may read it: it holds the keys with which the credentials are sealed.
    """
    part = to.with_name(f"{to.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            archive.writestr(MANIFEST, json.dumps(_manifest(), indent=1))
            if connection.vendor == "sqlite":
                _pack_sqlite(archive, Path(settings.DATABASES["default"]["NAME"]), SQLITE_FILE)
            else:
                _pack_tables(archive)
            # After the database: a town, or a token, that is ahead of it does no harm.
            _pack_home(archive, settings.CONFIGURATION.home)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return to.stat().st_size


def is_empty() -> bool:
    """Tell whether nobody has used this database yet."""
    if "team_organisation" not in connection.introspection.table_names():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM team_organisation LIMIT 1")
        return cursor.fetchone() is None


def holds_nothing() -> bool:
    """Tell whether there is neither a desk nor a connected account to keep."""
    return is_empty() and not any((settings.CONFIGURATION.home / "credentials").glob("*"))


def tables() -> list[str]:
    """Return the tables that a backup holds: all but Django's list of migrations."""
    return sorted(t for t in connection.introspection.table_names() if t != "django_migrations")


def _manifest() -> dict[str, Any]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "format": FORMAT,
        "twoway": __version__,
        "database": connection.vendor,
        "migrations": sorted(list(one) for one in applied),
    }


def _pack_sqlite(archive: zipfile.ZipFile, file: Path, name: str) -> None:
    """Copy a database that others write to, as of one moment."""
    with tempfile.TemporaryDirectory(dir=settings.CONFIGURATION.home) as folder:
        copy = Path(folder) / SQLITE_FILE
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        archive.write(copy, name)


def _pack_tables(archive: zipfile.ZipFile) -> None:
    """Copy every table as PostgreSQL's own text, all as of one moment."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            for table in tables():
                out = cursor.connection.cursor().copy(f'COPY "{table}" TO STDOUT')
                with archive.open(f"{TABLES}{table}", "w", force_zip64=True) as target, out as rows:
                    for chunk in rows:
                        target.write(chunk)
        finally:
            cursor.execute("ROLLBACK")


def _pack_home(archive: zipfile.ZipFile, home: Path) -> None:
    for path in _kept_files(home):
        name = f"{HOME}{path.relative_to(home).as_posix()}"
        if path.suffix == _SQLITE:
            _pack_sqlite(archive, path, name)
        else:
            with suppress(FileNotFoundError):  # disconnected meanwhile
                archive.write(path, name)


def _kept_files(home: Path) -> Iterator[Path]:
    for name in KEPT:
        path = home / name
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from (
                file
                for file in sorted(path.rglob("*"))
                if file.is_file() and not file.name.endswith(_PASSING)
            )
