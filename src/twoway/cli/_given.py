"""What an audit is given, opened as a collection: a folder, a file or an archive, or an account to read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from twoway.audit.errors import AuditError
from twoway.audit.request import Request
from twoway.cli.terminal import Progress
from twoway.collection import manifest
from twoway.collection.errors import CollectionError
from twoway.collection.folder import Collection


@contextmanager
def opened(
    source: Path | str, request: Request, progress: Progress
) -> Iterator[tuple[Collection, bool]]:
    """Open a collection, and say whether it stays: a file is imported into a folder that goes afterwards."""
    if isinstance(source, str):
        with _read(source, request, progress) as collection:
            yield collection, True
        return
    if (source / manifest.NAME).exists():
        yield Collection.open(source), True
        return
    from twoway.cli.import_ import gather_sources  # noqa: PLC0415  only for what is no collection
    from twoway.collection.reader import Options  # noqa: PLC0415

    with TemporaryDirectory(prefix="twoway-") as folder:
        into = Path(folder) / "collection"
        try:
            summary = gather_sources(
                [source], into, Options(zone=request.zone), progress, readings=True
            )
        except CollectionError as error:
            raise AuditError(_with_columns(str(error), source)) from None
        # The rows kept aside go with the folder; only an import keeps them.
        aside = (Path("a folder that goes with this audit (twoway import keeps it)"),)
        click.echo(replace(summary, rejects=aside), err=True)
        yield Collection.open(into), False


@contextmanager
def _read(typed: str, request: Request, progress: Progress) -> Iterator[Collection]:
    """Read an account and its peers from their networks.

    A name that no network knows is a file that is missing.
    """
    if typed == "-":
        raise AuditError(
            "-: an audit reads a file more than once. Save what comes by the pipe first."
        )
    from twoway.connectors import registry  # noqa: PLC0415  loads what talks to the internet

    if not registry.looks_like_an_account(typed):
        raise AuditError(
            f"{typed}: there is no such file or folder, and no account looks like that. Give a "
            "collection, a file, an archive, or a handle such as museum.example or @museum@server."
        )
    from twoway.cli._fetching import fetch  # noqa: PLC0415  the same

    found = [fetch(name, request.window, progress) for name in (typed, *request.peers)]
    if len(found) == 1:
        yield Collection.open(found[0])
        return
    from twoway.collection.gathering import gather  # noqa: PLC0415  only to compare

    with TemporaryDirectory(prefix="twoway-") as folder:
        gather(found, Path(folder) / "all", (), progress=progress)
        yield Collection.open(Path(folder) / "all")


def _with_columns(message: str, source: Path) -> str:
    """Say where the option is that a message of the import recommends."""
    if "--columns" not in message:
        return message
    return (
        f"{message} An import takes that option: "
        f"twoway import {source} --into FOLDER --columns …, then twoway audit FOLDER."
    )
