"""`twoway practice`: a world of invented organisations and people, to try everything on."""

import shutil
from pathlib import Path

import click

from twoway.cli._first_audit import prepare_first_audit
from twoway.cli.terminal import Place, Progress
from twoway.collection import manifest
from twoway.collection.errors import CollectionError
from twoway.collection.folder import Collection
from twoway.collection.opening import was_stopped

POSTS_OF_A_WORLD = 100_000
"""Larger collections are several worlds side by side, so that memory stays flat."""


@click.command(
    short_help="Invent five rival organisations and their people.",
    epilog="\b\nExamples:\n  twoway practice --into world"
    "\n  twoway practice --into large --posts 100000 --seed 7",
)
@click.option(
    "--into", required=True, type=Place(path_type=Path), metavar="FOLDER", help="A new folder."
)
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same world.")
@click.option(
    "--posts", default=8_000, show_default=True, type=click.IntRange(100), help="How many, about."
)
@click.option(
    "--days", default=120, show_default=True, type=click.IntRange(30, 1000), help="How long."
)
@click.option("--anew", is_flag=True, help="Replace the practice world that is there.")
def command(into: Path, seed: int, posts: int, days: int, anew: bool) -> None:
    """Invent five rival organisations and the people around them, and write them as a collection.

    Everything is made up, nothing is random: a seed always makes the same world.
    """
    from twoway.practice.many import write_many  # noqa: PLC0415  costs Arrow

    if anew and (into / manifest.NAME).exists():
        _remove(into)
    elif into.exists() and any(into.iterdir()) and not was_stopped(into):
        cure = "" if anew else ", or add --anew to replace a practice world"
        raise CollectionError(f"{into} is not empty. Choose a new folder{cure}.")
    with Progress().showing() as progress:
        written = write_many(
            into,
            posts,
            seed=seed,
            days=days,
            world=POSTS_OF_A_WORLD,
            told=lambda done, of: progress("Inventing people and what they say:", done, of),
        )
        prepare_first_audit(into, written, progress)
    click.echo(f"{written:,} posts of a practice world are in {into}.")
    click.echo(f"Next: twoway audit {into}")


def _remove(folder: Path) -> None:
    """Remove a practice world, and nothing that anybody collected."""
    if any(i.reader != "practice world" for i in Collection.open(folder).manifest.imports):
        raise CollectionError(f"{folder} holds more than a practice world. Choose a new folder.")
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise CollectionError(
            f"{folder} cannot be removed: {error.strerror}. Choose a new folder."
        ) from None
