"""`twoway backup`: the whole desk in one file."""

import os
from pathlib import Path

import click

from twoway.cli._desk import DeskTrouble, set_up_desk
from twoway.cli.terminal import Place
from twoway.connectors.sealed import VARIABLE


@click.command(
    short_help="Keep the whole desk in one file, while it goes on running.",
    epilog="\b\nExample:\n  twoway backup desk-monday.zip",
)
@click.argument("file", type=Place(path_type=Path))
def command(file: Path) -> None:
    """Write the desk's database, credentials and keys to FILE, while it goes on running.

    Whoever has the file can speak as you: keep it where only you can read it.
    """
    if file.exists():
        raise DeskTrouble(f"{file} is there already. Choose another name.")
    if not file.absolute().parent.is_dir():
        raise DeskTrouble(f"{file} cannot be written: its folder does not exist.")
    with set_up_desk():
        from twoway.desk.running import backup, starting  # noqa: PLC0415  after Django is set up

        if backup.holds_nothing():
            raise DeskTrouble(
                f"{starting.home()} holds no desk yet. Name the folder of yours in TWOWAY_HOME."
            )
        try:
            size = backup.write(file)
        except OSError as error:
            raise DeskTrouble(f"{file} cannot be written: {error.strerror}.") from None
    click.echo(f"{file} holds the whole desk ({size / 1_000_000:,.1f} MB), its keys included.")
    if os.environ.get(VARIABLE):
        click.echo(
            f"Credentials are sealed with {VARIABLE}, which is not in it: keep {VARIABLE} as well."
        )
