"""`twoway restore`: a backup into an empty desk."""

from pathlib import Path

import click

from twoway.cli._desk import set_up_desk
from twoway.cli.terminal import Place
from twoway.connectors.credentials import Store
from twoway.connectors.errors import KeyTrouble


@click.command(
    short_help="Put a backup into an empty desk.",
    epilog="\b\nExample:\n  TWOWAY_HOME=~/desk twoway restore desk-monday.zip",
)
@click.argument("file", type=Place(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Put a backup into an empty desk, also on another machine or with a newer Twoway."""
    with set_up_desk():
        from twoway.desk.running import restoring, starting  # noqa: PLC0415  after Django is set up

        starting.make_home()
        restoring.restore(file)
    click.echo("Everything is back. Open it with: twoway desk")
    try:
        Store().accounts()
    except KeyTrouble as error:
        click.echo(str(error))
