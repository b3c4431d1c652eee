"""The whole desk in one file, and back: database, sealed credentials, keys."""

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from twoway import __version__

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SQLITE_FILE: Final = "desk.sqlite3"
# What lies in the home folder besides the database and belongs to it.
KEPT: Final = ("secret.key", "key", "credentials", "practice", "learned")
_CHUNK: Final = 1 << 20


class CannotRestore(Exception):
    """A sentence: why a backup cannot be restored here, and what to do."""


def write(to: Path) -> int:
    """Write a backup and return its size in bytes; the desk may go on running meanwhile.

    Only the owner may read it: it holds the keys with which the credentials are sealed.
    """
    part = to.with_name(f"{to.name}.part")
    part.touch(mode=0o600)
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        archive.writestr(MANIFEST, json.dumps(_manifest(), indent=1))
        if connection.vendor == "sqlite":
            _pack_sqlite(archive)
        else:
            _pack_tables(archive)
        for path in _kept_files():
            archive.write(path, f"home/{path.relative_to(settings.CONFIGURATION.home)}")
    part.replace(to)
    return to.stat().st_size


def restore(from_: Path) -> None:
    """Put a backup into an empty desk and bring it up to this version.

    Raises CannotRestore, with nothing changed, where the file is none, the desk is not empty, or
    the backup comes from a newer version or the other kind of database.
    """
    try:
        archive = zipfile.ZipFile(from_)
        manifest = json.loads(archive.read(MANIFEST))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise CannotRestore(f"{from_} is no backup of a desk ({error}).") from error
    with archive:
        _check(manifest)
        if connection.vendor == "sqlite":
            _unpack_sqlite(archive)
        else:
            _unpack_tables(archive, manifest)
        _unpack_home(archive)
    connection.close()
    call_command("migrate", verbosity=0, interactive=False)


def is_empty() -> bool:
    """Tell whether nobody has used this database yet."""
    if "team_organisation" not in connection.introspection.table_names():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM team_organisation LIMIT 1")
        return cursor.fetchone() is None


def _manifest() -> dict[str, Any]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "format": FORMAT,
        "twoway": __version__,
        "database": connection.vendor,
        "migrations": sorted(list(one) for one in applied),
    }


def _check(manifest: dict[str, Any]) -> None:
    if manifest.get("format") != FORMAT:
        raise CannotRestore("The backup was written by a newer Twoway. Install that one first.")
    if manifest["database"] != connection.vendor:
        raise CannotRestore(
            f"The backup is of a {manifest['database']} desk, this one runs on {connection.vendor}. "
            "Set TWOWAY_DATABASE to the same kind."
        )
    if not is_empty():
        raise CannotRestore(
            "This desk is in use. Restore into an empty one: another TWOWAY_HOME or TWOWAY_DATABASE."
        )


def _pack_sqlite(archive: zipfile.ZipFile) -> None:
    with tempfile.TemporaryDirectory(dir=settings.CONFIGURATION.home) as folder:
        copy = Path(folder) / SQLITE_FILE
        here = str(settings.DATABASES["default"]["NAME"])
        with closing(sqlite3.connect(here)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        archive.write(copy, SQLITE_FILE)


def _unpack_sqlite(archive: zipfile.ZipFile) -> None:
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    connection.close()
    database.parent.mkdir(parents=True, exist_ok=True)
    part = database.with_name(f"{database.name}.part")
    with archive.open(SQLITE_FILE) as packed, part.open("wb") as target:
        while chunk := packed.read(_CHUNK):
            target.write(chunk)
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    part.replace(database)


def _pack_tables(archive: zipfile.ZipFile) -> None:
    """Copy every table as PostgreSQL's own text, all as of one moment."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            for table in _tables():
                out = cursor.connection.cursor().copy(f'COPY "{table}" TO STDOUT')
                with archive.open(f"tables/{table}", "w", force_zip64=True) as target, out as rows:
                    for chunk in rows:
                        target.write(chunk)
        finally:
            cursor.execute("ROLLBACK")


def _unpack_tables(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Make the tables as they were then, and fill them in one transaction."""
    latest: dict[str, str] = {}
    for app, name in manifest["migrations"]:
        latest[app] = max(latest.get(app, ""), name)
    for app, name in latest.items():
        call_command("migrate", app, name, verbosity=0, interactive=False)
    connection.ensure_connection()
    driver = connection.connection
    with driver.transaction(), driver.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'DELETE FROM "{table}"')
        for entry in archive.namelist():
            if not entry.startswith("tables/"):
                continue
            table = entry.removeprefix("tables/")
            with archive.open(entry) as packed, cursor.copy(f'COPY "{table}" FROM STDIN') as rows:
                while chunk := packed.read(_CHUNK):
                    rows.write(chunk)
        for table, column in _sequences(cursor):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'),"
                f' coalesce((SELECT max("{column}") FROM "{table}"), 0) + 1, false)'
            )


def _tables() -> list[str]:
    return sorted(t for t in connection.introspection.table_names() if t != "django_migrations")


def _sequences(cursor: Any) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND (is_identity = 'YES' OR column_default LIKE 'nextval%%')"
    )
    return list(cursor.fetchall())


def _kept_files() -> Iterator[Path]:
    for name in KEPT:
        path = settings.CONFIGURATION.home / name
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from (file for file in sorted(path.rglob("*")) if file.is_file())


def _unpack_home(archive: zipfile.ZipFile) -> None:
    home = settings.CONFIGURATION.home
    for entry in archive.namelist():
        if not entry.startswith("home/"):
            continue
        path = (home / entry.removeprefix("home/")).resolve()
        if not path.is_relative_to(home.resolve()):
            raise CannotRestore(f"The backup holds a file that leads out of its folder: {entry}.")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(archive.read(entry))
