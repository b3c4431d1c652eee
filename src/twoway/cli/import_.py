"""`twoway import`: files, archives and dumps into a collection."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twoway.cli._first_audit import prepare_first_audit
from twoway.cli.terminal import Place, Progress
from twoway.collection.errors import CollectionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twoway.collection.reader import Options, Reader
    from twoway.collection.summary import Summary

_OTHER_PLACES = ("blog", "forum", "mail")
"""Where people talk too, and which have no folder of their own."""


@click.command(
    epilog="\b\nExamples:\n  twoway import archive.zip --into museum"
    "\n  twoway import comments.csv --into museum --columns text=body,created_at=date"
)
@click.argument("sources", nargs=-1, required=True, type=Place(path_type=Path))
@click.option(
    "--into",
    required=True,
    type=Place(path_type=Path),
    metavar="FOLDER",
    help="The collection: made when it does not exist, added to when it does.",
)
@click.option(
    "--columns",
    default="",
    metavar="OURS=THEIRS,…",
    help="Which column is which, where guessing fails: text=body,created_at=date.",
)
@click.option("--network", help="Whose posts these are, where the file does not say.")
@click.option("--account", metavar="HANDLE", help="Whose archive this is, where it does not say.")
@click.option(
    "--covers",
    default="",
    metavar="STREAM,…",
    help="Streams the source holds whole, overruling what is inferred: "
    "originals,replies,shares,likes,comments,mentions,quotes,private,profile.",
)
@click.option(
    "--timezone",
    "zone",
    default="UTC",
    show_default=True,
    metavar="ZONE",
    help="Of dates that name none.",
)
@click.option(
    "--readings/--no-readings",
    default=True,
    help="Read what each post is now, or leave it to the first audit.",
)
def command(
    sources: tuple[Path, ...], into: Path, columns: str, network: str | None, account: str | None,
    covers: str, zone: str, readings: bool,
) -> None:  # fmt: skip
    """Read SOURCES into a collection, a folder that audits read.

    A source is CSV, TSV, JSON, JSON lines, Parquet, TWCS, twarc, or the archive that X, Mastodon or
    Bluesky gives to an account's owner; zipped or not.

    What is there already is kept and merged. Rows that cannot be read are counted, shown with file
    and line, and kept aside in the collection; they never stop the rest.
    """
    from twoway.collection.reader import Options  # noqa: PLC0415  only when importing

    options = Options(
        columns=parse_columns(columns),
        network=_known(network),
        account=account,
        covers=tuple(part.strip() for part in covers.split(",") if part.strip()),
        zone=zone,
    )
    with Progress().showing() as progress:
        summary = gather_sources(sources, into, options, progress, readings=readings)
        if readings:
            prepare_first_audit(into, summary.added, progress)
    tell(summary, into)


def _known(network: str | None) -> str | None:
    """Return a network that there is; a slip of the pen would make its posts strangers to the rest."""
    if network is None:
        return None
    from twoway.networks import names  # noqa: PLC0415  only when asked

    if network not in (known := (*names(), *_OTHER_PLACES)):
        raise CollectionError(
            f"--network {network}: known are {', '.join(sorted(known))}. Leave it out for any other."
        )
    return network


def gather_sources(
    sources: "Sequence[Path]", into: Path, options: "Options", progress: Progress, *, readings: bool
) -> "Summary":
    """Import sources with every reader there is."""
    from twoway.collection.gathering import gather  # noqa: PLC0415  costs Arrow

    return gather(sources, into, all_readers(), options, progress=progress, language=readings)


def all_readers() -> "list[Reader]":
    """Return the readers of plain tables and of every network's own archive."""
    from twoway.collection.readers import readers  # noqa: PLC0415  only when importing
    from twoway.networks import archives  # noqa: PLC0415

    return [*readers(), *archives()]


def parse_columns(text: str) -> dict[str, str]:
    """Read "text=body,created_at=date"; raises CollectionError that shows the form."""
    columns = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        ours, equals, theirs = pair.partition("=")
        if not equals or not ours.strip() or not theirs.strip():
            raise CollectionError(
                f"--columns {pair!r}: write pairs of our name and the file's, as in "
                "--columns text=body,created_at=date."
            )
        columns[ours.strip()] = theirs.strip()
    return columns


def tell(summary: "Summary", into: Path) -> None:
    """Say what came in, what was guessed, and what could not be read."""
    click.echo(summary)
    click.echo(f"Next: twoway audit {into}")
