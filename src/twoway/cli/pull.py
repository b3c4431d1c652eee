"""`twoway pull`: an account's posts, and what people said to it, into a collection."""

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from twoway.cli.terminal import Place, Progress

_DAYS: Final = re.compile(r"(\d{1,5})d")


class Since(click.ParamType[Any]):
    """A time to begin at: "90d", "2026-03-01" or "all"; µs UTC, None for all."""

    name = "since"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | None:
        """Return the time; fails with the forms that are understood."""
        text = str(value)
        if text == "all":
            return None
        if days := _DAYS.fullmatch(text):
            now = datetime.now(UTC).timestamp()
            return max(0, round((now - int(days[1]) * 86_400) * 1_000_000))
        try:
            return round(datetime.fromisoformat(f"{text}T00:00:00+00:00").timestamp() * 1_000_000)
        except ValueError:
            self.fail(f"{text!r}: write 90d, all, or a day such as 2026-03-01.", param, ctx)


@click.command(
    short_help="Read an account from its network into a collection.",
    epilog="\b\nExamples:\n  twoway pull nytimes.com --into times --since 90d"
    "\n  twoway pull @museum@server.example --into museum"
    "\n  twoway connect bluesky && twoway pull museum.example --into museum",
)
@click.argument("account")
@click.option(
    "--into",
    required=True,
    type=Place(path_type=Path),
    metavar="FOLDER",
    help="The collection: made when it does not exist, added to when it does.",
)
@click.option(
    "--since",
    type=Since(),
    default="90d",
    show_default=True,
    metavar="90d|all|DATE",
    help="How far back a first reading goes; later ones go on where it stopped.",
)
@click.option(
    "--patience",
    type=click.IntRange(0),
    default=900,
    show_default=True,
    metavar="SECONDS",
    help="Longest wait at a time where the network asks for one.",
)
def command(account: str, into: Path, since: int | None, patience: int) -> None:
    """Read an ACCOUNT from its network into a collection, a folder that audits read.

    A connected account is read with all it may see; any other as far as the public may. Run it
    again to go on: after an interruption, or for what is new.

    Ends with 4 when the network could not be read to the end.
    """
    from twoway.cli._accounts import way_to  # noqa: PLC0415  loads what talks to the internet
    from twoway.cli._pulling import pull_into, shortfalls  # noqa: PLC0415
    from twoway.connectors.pulling import holding  # noqa: PLC0415

    async def work(progress: Progress) -> tuple[str, list[str]]:
        async with way_to(account) as way:
            outcomes = await pull_into(into, way, since, progress, patience=patience)
            items = sum(outcome.items for outcome in outcomes)
            said = f"Read {way.title}: {items:,} items in {len(outcomes)} feeds, kept in {into}."
            return said, shortfalls(outcomes)

    with Progress().showing() as progress, holding(into):
        said, short = asyncio.run(work(progress))
    click.echo(said)
    for sentence in short:
        click.echo(sentence, err=True)
    click.echo(f"Next: twoway audit {into}")
    if short:
        raise click.exceptions.Exit(4)
