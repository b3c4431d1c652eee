"""`twoway audit`: a collection, a file, an archive or an account in, a verdict with evidence out."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from twoway.audit.errors import AuditError
from twoway.audit.request import Request
from twoway.cli.terminal import DONE, TOO_LITTLE_DATA, Progress, Source
from twoway.collection import manifest
from twoway.collection.errors import CollectionError
from twoway.collection.folder import Collection

if TYPE_CHECKING:
    from twoway.audit.engines.interface import Engine
    from twoway.audit.findings import Report

FORMATS = ("terminal", "html", "json", "markdown")


@click.command(
    epilog="\b\nExamples:\n  twoway audit tweets.zip"
    "\n  twoway audit nytimes.com    (read from Bluesky, without credentials)"
    "\n  twoway audit museum --peers zoo,theatre --timezone Europe/Dublin"
    "\n  twoway audit museum --format html --output report.html --redact"
)
@click.argument("source", type=Source(path_type=Path), metavar="FOLDER-FILE-OR-ACCOUNT")
@click.option(
    "--account",
    "accounts",
    multiple=True,
    metavar="HANDLE",
    help="Audit this account; may be given again. Default: all whose posts are covered.",
)
@click.option(
    "--ours",
    multiple=True,
    metavar="HANDLE=HANDLE,…",
    help="Accounts that speak for one organisation; may be given again.",
)
@click.option(
    "--brand",
    "brands",
    multiple=True,
    metavar="WORD",
    help="A name or product of its own, for the measure of self-talk.",
)
@click.option(
    "--peers",
    multiple=True,
    metavar="HANDLE,…",
    help="Audited only to compare with; five or more replace published bands.",
)
@click.option(
    "--covers",
    multiple=True,
    metavar="STREAM,…",
    help="Streams the data holds whole, overruling what was inferred.",
)
@click.option(
    "--timezone",
    "zone",
    default="UTC",
    show_default=True,
    metavar="ZONE",
    help="Of the account: Europe/Dublin. Hours, days and nights are counted in it.",
)
@click.option(
    "--window",
    default="90d",
    show_default=True,
    metavar="90d|all|FROM..TO",
    help="What to look at; it ends where the data ends, not today.",
)
@click.option("--change", metavar="DATE", help="Compare before and after this day: 2026-03-01.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="terminal",
    show_default=True,
    help="How to show the report.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it; default: standard output.",
)
@click.option(
    "--compare",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="REPORT.json",
    help="An earlier report as JSON, to show what has changed.",
)
@click.option("--redact", is_flag=True, help="Hide people outside the organisation, for sharing.")
@click.option(
    "--engine",
    "engine_name",
    default="duckdb",
    show_default=True,
    metavar="duckdb|spark[=MASTER]",
    help="What counts: this process, or a cluster.",
)
@click.option(
    "--memory",
    default="1GB",
    show_default=True,
    metavar="SIZE",
    help="Memory the audit may use; beyond it goes to disk.",
)
def command(
    source: Path | str, accounts: tuple[str, ...], ours: tuple[str, ...], brands: tuple[str, ...],
    peers: tuple[str, ...], covers: tuple[str, ...], zone: str, window: str, change: str | None, form: str,
    output: Path | None, compare: Path | None, redact: bool, engine_name: str, memory: str,
) -> None:  # fmt: skip
    """Tell whether an account talks with people, from a collection, a file or an archive.

    Or straight from its network, as far as anybody may read it there: give the handle or the
    address. What only the account itself hears, such as mentions, is then not observable.

    Ends with 0 when there is a verdict, 2 on bad input, 3 when there is too little data, 4 when the
    network could not be read.
    """
    if output is not None and not output.parent.is_dir():
        raise AuditError(f"--output {output}: the folder {output.parent} does not exist.")
    request = Request(
        accounts=_split("--account", accounts),
        ours=tuple(_split("--ours", [group.replace("=", ",")]) for group in ours),
        brands=_split("--brand", brands),
        peers=_split("--peers", peers),
        covers=_split("--covers", covers),
        zone=zone,
        window=window,
        change=_day(change),
    )
    with Progress().showing() as progress, _opened(source, request, progress) as collection:
        report = _audit(collection, request, engine_name, memory, compare, progress)
    _show(report, form, output, redact=redact)
    verdicts = {account.verdict.name for account in report.accounts if not account.is_peer}
    sys.exit(TOO_LITTLE_DATA if verdicts <= {"too_little_data"} else DONE)


def _split(option: str, values: Sequence[str]) -> tuple[str, ...]:
    """Read a list of names; an empty one is a script's unset variable, and not a wish for all."""
    names = tuple(part.strip() for value in values for part in value.split(",") if part.strip())
    if values and not names:
        raise AuditError(f"{option} is given and names nothing. Name something, or leave it out.")
    return names


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day, no moment
    except ValueError:
        raise AuditError(f"--change {text!r}: write a day as 2026-03-01.") from None


@contextmanager
def _opened(source: Path | str, request: Request, progress: Progress) -> Iterator[Collection]:
    """Open a collection; an account is read, a file imported into a folder that goes afterwards."""
    if isinstance(source, str):
        yield _read_account(source, request.window, progress)
        return
    if (source / manifest.NAME).exists():
        yield Collection.open(source)
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
        yield Collection.open(into)


def _read_account(typed: str, window: str, progress: Progress) -> Collection:
    """Read an account from its network; a name that no network knows is a file that is missing."""
    from twoway.connectors import registry  # noqa: PLC0415  loads what talks to the internet

    if not registry.looks_like_an_account(typed):
        raise AuditError(
            f"{typed}: there is no such file or folder, and no account looks like that. Give a "
            "collection, a file, an archive, or a handle such as museum.example or @museum@server."
        )
    from twoway.cli._fetching import fetch  # noqa: PLC0415  the same

    return Collection.open(fetch(typed, window, progress))


def _with_columns(message: str, source: Path) -> str:
    """Say where the option is that a message of the import recommends."""
    if "--columns" not in message:
        return message
    return (
        f"{message} An import takes that option: "
        f"twoway import {source} --into FOLDER --columns …, then twoway audit FOLDER."
    )


def _audit(
    collection: Collection, request: Request, engine_name: str, memory: str,
    compare: Path | None, progress: Progress,
) -> "Report":  # fmt: skip
    from twoway.audit.run import audit  # noqa: PLC0415  costs the engine

    earlier = None
    if compare is not None:
        from twoway.audit.report import json as reports  # noqa: PLC0415  only to compare

        earlier = reports.read(compare.read_bytes(), str(compare))
    engine = _engine(engine_name, memory)
    try:
        return audit(collection, request, engine, progress=progress, earlier=earlier)
    finally:
        engine.close()


def _engine(name: str, memory: str) -> "Engine":
    kind, _, master = name.partition("=")
    if kind == "duckdb" and not master:
        from twoway.audit.engines.duckdb import DuckDB  # noqa: PLC0415  one engine at a time

        return DuckDB(memory=memory)
    if kind == "spark":
        from twoway.audit.engines.spark import Spark  # noqa: PLC0415  one engine at a time

        return Spark(master=master or "local[*]", memory=memory)
    raise AuditError(f"--engine {name!r}: write duckdb, spark or spark=MASTER.")


def _show(report: "Report", form: str, output: Path | None, *, redact: bool) -> None:
    if redact:
        from twoway.audit.report.redaction import redact as hide  # noqa: PLC0415  only when asked

        report = hide(report)
    room = import_module(f"twoway.audit.report.{form}")
    if form == "terminal" and output is None:
        from rich.console import Console  # noqa: PLC0415  only for a terminal

        room.show(report, Console())
    elif output is None:
        click.echo(room.render(report))
    else:
        _write(room.render(report), output)


def _write(text: str, output: Path) -> None:
    """Write a file whole or not at all."""
    draft = output.with_name(f".{output.name}.draft")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(output)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise AuditError(f"--output {output} cannot be written: {error.strerror}.") from None
    click.echo(f"Written to {output}", err=True)
