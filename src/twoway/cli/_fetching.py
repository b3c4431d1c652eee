"""An account as a collection in the user's cache, for audits straight from a network."""

import asyncio
import re
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import click

from twoway.audit.errors import AuditError
from twoway.cli._accounts import way_to
from twoway.cli._pulling import pull_into, shortfalls
from twoway.collection import manifest
from twoway.collection.progress import Progress
from twoway.connectors import places
from twoway.connectors.errors import TryLater
from twoway.connectors.pulling import holding
from twoway.connectors.shelf import slug

# As fresh as need be: an account says a few things a day.
_FRESH: Final = 15 * 60
# What nobody asked for in this time goes: deleted there means deleted here.
_KEPT: Final = 30 * 86_400
# Touched when everything was read to its end.
_WHOLE: Final = "read-whole"
_PATIENCE: Final = 120.0
_DAYS: Final = re.compile(r"(\d{1,5})d")
_SPAN: Final = re.compile(r"(\d{4}-\d{2}-\d{2})\.\..*")


def fetch(typed: str, window: str, progress: Progress) -> Path:
    """Return a collection of what the public may read of an account over `window`.

    Reads what is new since the last time; says on standard error how old it is, what could not be
    read, and why. Raises ConnectorError where nothing could be read at all.
    """
    room = places.cache() / "accounts"
    _sweep(room)
    into = room / slug(f"{typed.casefold()} {window}")
    age = _age(into / manifest.NAME)
    if age is not None and (_age(into / _WHOLE) or _FRESH) < _FRESH:
        _say(f"Read {_words(age)} ago.")
        return into
    try:
        with holding(into):
            asyncio.run(_read(typed, into, _since(window), progress))
    except AuditError:
        shutil.rmtree(into, ignore_errors=True)  # it asks not to be read: what was read goes, too
        raise
    except TryLater as error:
        if age is None:
            raise
        _say(f"{error} What follows was read {_words(age)} ago.")
    if _age(into / manifest.NAME) is None:
        raise AuditError(f"Of {typed} nothing could be read. Run it again later.")
    return into


async def _read(typed: str, into: Path, since: int | None, progress: Progress) -> None:
    """Read what is new, and say what could not be read: then the next audit goes on with it."""
    (into / _WHOLE).unlink(missing_ok=True)
    async with way_to(typed) as way:
        outcomes = await pull_into(into, way, since, progress, patience=_PATIENCE)
    for sentence in shortfalls(outcomes):
        _say(sentence)
    if any(isinstance(outcome.stopped, TryLater) for outcome in outcomes):
        _say("Run it again to go on.")
    else:
        (into / _WHOLE).touch()


def _since(window: str) -> int | None:
    """Return where reading must begin (µs UTC); a wrong window is told by the audit itself."""
    if days := _DAYS.fullmatch(window):
        begins = datetime.now(UTC) - timedelta(days=int(days[1]) + 1)
    elif span := _SPAN.fullmatch(window):
        try:
            begins = datetime.fromisoformat(f"{span[1]}T00:00:00+00:00") - timedelta(days=1)
        except ValueError:
            return None
    else:
        return None
    return round(begins.timestamp() * 1_000_000)


def _age(file: Path) -> float | None:
    """Return how long ago (s) a file was changed; None where there is none."""
    try:
        return max(0.0, time.time() - file.stat().st_mtime)
    except OSError:
        return None


def _sweep(room: Path) -> None:
    """Delete what nobody asked for in a long time."""
    for folder in room.glob("*/"):
        ages = (_age(folder), _age(folder / manifest.NAME))
        if min(age for age in ages if age is not None) > _KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


def _words(age: float) -> str:
    if age < 3_600:
        return f"{round(age / 60)} min"
    return f"{round(age / 3_600)} h" if age < 2 * 86_400 else f"{round(age / 86_400)} days"
