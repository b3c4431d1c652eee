"""A backup put into an empty desk: all of it or nothing."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from twoway.desk.outbox.claiming import doubt_all
from twoway.desk.running.backup import (
    FORMAT,
    HOME,
    KEPT,
    MANIFEST,
    SQLITE_FILE,
    TABLES,
    is_empty,
    tables,
)

_CHUNK: Final = 1 << 20
_ALWAYS: Final = ("secret.key", "key")
"""Taken from the backup whatever lies there: starting makes the first of them."""

Migrations = list[tuple[str, str]]


class CannotRestore(Exception):
    """A sentence: why a backup cannot be restored here, and what to do."""


def restore(from_: Path) -> None:
    """Put a backup into an empty desk and bring it up to this version.

    What was about to go out then may have gone out since: it is looked up at its network before it
    is sent. Raises CannotRestore, with the database as it was, where the file is none or damaged, the
    desk is not empty, or the backup comes from a newer version or the other kind of database.
    """
    with _opened(from_) as archive:
        migrations = _checked(archive, from_)
        _unpack_home(archive)
        fill = _fill_sqlite if connection.vendor == "sqlite" else _fill_postgresql
        try:
            fill(archive, migrations)
        except DatabaseError as error:
            raise _damaged(from_, str(error).strip()) from error


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except (OSError, zipfile.BadZipFile) as error:
        raise _no_backup(file, error) from error
    with archive:
        yield archive


def _no_backup(file: Path, error: object) -> CannotRestore:
    return CannotRestore(
        f"{file} is no backup of a desk ({error}). Give a file that `twoway backup` wrote."
    )


def _damaged(file: Path, what: str) -> CannotRestore:
    return CannotRestore(f"{file} is damaged ({what}). Nothing was restored; take another backup.")


def _checked(archive: zipfile.ZipFile, file: Path) -> Migrations:
    """Return the migrations that a backup's database has, once nothing speaks against it."""
    try:
        if MANIFEST not in archive.namelist():
            raise _no_backup(file, f"it holds no {MANIFEST}")
        manifest = json.loads(archive.read(MANIFEST))
        is_known, database = manifest["format"] == FORMAT, manifest["database"]
        migrations = [(str(app), str(name)) for app, name in manifest["migrations"]]
    except (KeyError, TypeError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise _no_backup(file, error) from error
    if not is_known or not _knows(migrations):
        raise CannotRestore("The backup was written by a newer Twoway. Install that one first.")
    if database != connection.vendor:
        raise CannotRestore(
            f"The backup is of a {database} desk, this one runs on {connection.vendor}. "
            "Set TWOWAY_DATABASE to the same kind."
        )
    if not is_empty():
        raise CannotRestore(
            "This desk is in use. Restore into an empty one: another TWOWAY_HOME or TWOWAY_DATABASE."
        )
    _check_files(archive, file)
    return migrations


def _knows(migrations: Migrations) -> bool:
    return set(migrations) <= set(MigrationLoader(None).disk_migrations)


def _check_files(archive: zipfile.ZipFile, file: Path) -> None:
    if broken := archive.testzip():
        raise _damaged(file, broken)
    if connection.vendor == "sqlite" and SQLITE_FILE not in archive.namelist():
        raise _damaged(file, f"{SQLITE_FILE} is missing")
    for name in _in_home(archive):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or path.parts[:1] not in {(k,) for k in KEPT}:
            raise CannotRestore(f"The backup holds a file that is none of a desk's: {name}.")
    home = settings.CONFIGURATION.home
    if any((home / "credentials").glob("*")) and not _is_same_key(archive, home):
        raise CannotRestore(
            f"{home} holds credentials that were sealed with another key. "
            "Restore into another TWOWAY_HOME."
        )


def _in_home(archive: zipfile.ZipFile) -> list[str]:
    names = (one.filename for one in archive.infolist() if not one.is_dir())
    return [name.removeprefix(HOME) for name in names if name.startswith(HOME)]


def _is_same_key(archive: zipfile.ZipFile, home: Path) -> bool:
    key = home / "key"
    if not key.exists() or "key" not in _in_home(archive):
        return False
    return key.read_bytes() == archive.read(f"{HOME}key")


def _unpack_home(archive: zipfile.ZipFile) -> None:
    """Put keys, credentials, towns and lessons where they belong.

    Under the same key it is the same desk's folder, whose database was lost: what lies there is newer.
    """
    home = settings.CONFIGURATION.home
    is_same = _is_same_key(archive, home)
    for name in _in_home(archive):
        path = home / name
        if is_same and path.exists() and name not in _ALWAYS:
            continue
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(f"{path.name}.part")
        part.touch(mode=0o600)
        _unpack(archive, f"{HOME}{name}", part)
        part.replace(path)


def _unpack(archive: zipfile.ZipFile, name: str, to: Path) -> None:
    with archive.open(name) as packed, to.open("wb") as target:
        shutil.copyfileobj(packed, target, _CHUNK)


def _fill_sqlite(archive: zipfile.ZipFile, _: Migrations) -> None:
    """Bring the file up to date beside its place, and put it there as a whole."""
    place = Path(str(settings.DATABASES["default"]["NAME"]))
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f"{place.name}.part")
    try:
        _unpack(archive, SQLITE_FILE, part)
        with _connected_to(part):
            _finish()
        _drop_beside(place)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
        _drop_beside(part)


@contextmanager
def _connected_to(file: Path) -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(file)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _drop_beside(file: Path) -> None:
    for suffix in ("-wal", "-shm"):
        file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)


def _fill_postgresql(archive: zipfile.ZipFile, migrations: Migrations) -> None:
    """Make the tables as they were then, fill them and bring them up to date, in one transaction."""
    with transaction.atomic():
        for app, name in _latest(migrations).items():
            call_command("migrate", app, name, verbosity=0, interactive=False)
        with connection.cursor() as cursor, connection.wrap_database_errors:
            # In whatever order the tables come. Migrations want references checked at once.
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            _copy_tables(archive, cursor)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _finish()


def _latest(migrations: Migrations) -> dict[str, str]:
    return dict(sorted(migrations))


def _copy_tables(archive: zipfile.ZipFile, cursor: Any) -> None:
    known = tables()
    for table in known:
        cursor.execute(f'DELETE FROM "{table}"')
    for entry in archive.namelist():
        if (table := entry.removeprefix(TABLES)) == entry:
            continue
        if table not in known:
            raise CannotRestore(f"The backup holds a table that no desk has: {table}.")
        into = cursor.connection.cursor().copy(f'COPY "{table}" FROM STDIN')
        with archive.open(entry) as packed, into as rows:
            while chunk := packed.read(_CHUNK):
                rows.write(chunk)
    for table, column in _sequences(cursor):
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'),"
            f' coalesce((SELECT max("{column}") FROM "{table}"), 0) + 1, false)'
        )


def _sequences(cursor: Any) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND (is_identity = 'YES' OR column_default LIKE 'nextval%%')"
    )
    return list(cursor.fetchall())


def _finish() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    doubt_all()
