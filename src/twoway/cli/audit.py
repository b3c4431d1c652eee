"""`twoway audit`: a collection, a file, an archive or an account in, a verdict with evidence out."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twoway.audit.errors import AuditError
from twoway.audit.request import Request
from twoway.audit.saying import ENGLISH, languages
from twoway.cli._ahead import read_ahead
from twoway.cli._given import opened
from twoway.cli._showing import FORMATS, show
from twoway.cli.terminal import DONE, TOO_LITTLE_DATA, Progress, Source

if TYPE_CHECKING:
    from twoway.audit.engines.interface import Engine
    from twoway.audit.findings import Report
    from twoway.collection.folder import Collection


@click.command(
    short_help="Tell whether an account talks with people, or at them.",
    epilog="\b\nExamples:\n  twoway audit tweets.zip"
    "\n  twoway audit nytimes.com    (read from Bluesky, without credentials)"
    "\n  twoway audit museum --peers zoo,theatre --timezone Europe/Dublin"
    "\n  twoway audit museum --format html --output report.html --redact",
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
@click.option(
    "--only",
    multiple=True,
    metavar="MEASURE,…",
    help="Make only these measures, by id or number, and no verdict: quicker.",
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
    "--language",
    type=click.Choice(languages()),
    default=ENGLISH,
    show_default=True,
    help="Of the report; JSON is always English.",
)
@click.option(
    "--compare",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
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
    peers: tuple[str, ...], covers: tuple[str, ...], zone: str, window: str, only: tuple[str, ...], change: str | None, form: str,
    output: Path | None, language: str, compare: Path | None, redact: bool, engine_name: str, memory: str,
) -> None:  # fmt: skip
    """Tell whether an account talks with people, from a collection, a file or an archive.

    Or straight from its network, as far as anybody may read it there: give the handle or the
    address. What only the account itself hears, such as mentions, is then not observable.

    Ends with 0 when there is a verdict or --only forgoes it, 2 on bad input, 3 when there is too
    little data, 4 when the network could not be read.
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
        only=_split("--only", only),
    )
    ahead = ["twoway.audit.run", "twoway.audit.shapes", f"twoway.audit.report.{form}"]
    with _everything_needed():
        with (
            Progress().showing() as progress,
            opened(source, request, progress) as (collection, stays),
        ):
            report = _audit(
                collection, request, engine_name, memory, compare, progress, ahead, keeps=stays
            )
        show(report, form, output, language=language, redact=redact)
    verdicts = {account.verdict.name for account in report.accounts if not account.is_peer}
    sys.exit(TOO_LITTLE_DATA if verdicts <= {"too_little_data"} else DONE)


@contextmanager
def _everything_needed() -> Iterator[None]:
    """Look for no garbage: all of a report is needed until it is written.

    To look all the same took 1.2 of 15 s of 150 organisations.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


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


def _audit(
    collection: "Collection", request: Request, engine_name: str, memory: str,
    compare: Path | None, progress: Progress, ahead: Sequence[str], *, keeps: bool,
) -> "Report":  # fmt: skip
    earlier = None
    if compare is not None:
        from twoway.audit.report import json as reports  # noqa: PLC0415  only to compare

        earlier = reports.read(compare.read_bytes(), str(compare))
    engine = _engine(engine_name, memory, ahead)
    from twoway.audit.run import audit  # noqa: PLC0415  read while the engine opened

    try:
        return audit(collection, request, engine, progress=progress, earlier=earlier, keeps=keeps)
    finally:
        engine.close()


def _engine(name: str, memory: str, ahead: Sequence[str]) -> "Engine":
    """Open the engine, and read the modules that come after it meanwhile."""
    kind, _, master = name.partition("=")
    if kind == "duckdb" and not master:
        from twoway.audit.engines.duckdb import DuckDB  # noqa: PLC0415  one engine at a time

        read_ahead(*ahead)
        return DuckDB(memory=memory)
    if kind == "spark":
        from twoway.audit.engines.spark import Spark  # noqa: PLC0415  one engine at a time

        return Spark(master=master or "local[*]", memory=memory)
    raise AuditError(f"--engine {name!r}: write duckdb, spark or spark=MASTER.")
