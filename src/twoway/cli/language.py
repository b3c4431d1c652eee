"""`twoway language`: how well posts are read, and what was learned from corrections."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from twoway.cli.terminal import Progress


@click.group(name="language")
def command() -> None:
    """Measure how well posts are read, on your own labelled posts."""


@command.command(
    epilog="\b\nExample:\n  twoway language evaluate ours.csv --text body --label kind --map asks=question"
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", "text", required=True, metavar="COLUMN", help="Column with the posts.")
@click.option("--label", "label", required=True, metavar="COLUMN", help="Column with their labels.")
@click.option(
    "--map",
    "names",
    default="",
    metavar="LABEL=KIND,…",
    help="What your labels mean; an unmapped label means none of the kinds.",
)
@click.option(
    "--language",
    "language",
    metavar="COLUMN",
    help="Column with their language, where there is one.",
)
@click.option(
    "--endpoint",
    metavar="URL",
    help="A bigger model's address that speaks as OpenAI's does; the posts are sent there.",
)
@click.option("--model", "bigger", metavar="NAME", help="Which model the endpoint is to use.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def evaluate(
    file: Path,
    text: str,
    label: str,
    names: str,
    language: str | None,
    endpoint: str | None,
    bigger: str | None,
    *,
    as_json: bool,
) -> None:
    """Compare the model with labels in FILE (CSV, TSV, JSON lines or Parquet), beside rules and VADER.

    With --endpoint a bigger model is put to the same test; TWOWAY_MODEL_KEY holds its key.
    """
    from twoway.cli import _evaluations  # noqa: PLC0415 - NumPy only when asked
    from twoway.language.labels import Labels, LabelsError  # noqa: PLC0415 - as above

    try:
        labels = Labels.read(file, text, label, language, _mapping(names))
    except LabelsError as error:
        raise click.UsageError(str(error)) from None
    found = _evaluations.measure(labels, _plug_ins(endpoint, bigger))
    if as_json:
        click.echo(json.dumps(_evaluations.as_json(found, labels), ensure_ascii=False))
    else:
        _evaluations.show(found, labels)


def _plug_ins(endpoint: str | None, model: str | None) -> list[Any]:
    if not endpoint:
        return []
    if not model:
        raise click.UsageError("--endpoint needs --model, the name of the model there.")
    from twoway.cli._endpoint import ask  # noqa: PLC0415 - reaches the internet only when asked
    from twoway.language.plugins.endpoint import Endpoint  # noqa: PLC0415 - as above

    return [Endpoint(partial(ask, endpoint), model)]


@command.command()
@click.option(
    "--model",
    "model",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of a model of your own.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def report(model: Path | None, *, as_json: bool) -> None:
    """Say which model reads posts, how it was measured, and what yours has learned."""
    from twoway.language import learning  # noqa: PLC0415 - NumPy only when asked

    found = learning.report(model)
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else _lines(found))


@command.command(epilog="\b\nExample:\n  twoway language read 'Thanks! Are you open on Sunday?'")
@click.argument("text")
@click.option("--language", "hint", metavar="CODE", help="Its language, where you know it.")
@click.option("--reply", is_flag=True, help="It answers another post.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def read(text: str, hint: str | None, *, reply: bool, as_json: bool) -> None:
    """Say what a post is, how sure that is, and which words mattered."""
    from twoway.language.telling import tell  # noqa: PLC0415 - NumPy only when asked
    from twoway.language.utterance import Utterance  # noqa: PLC0415 - as above

    told = tell(Utterance(text=text, language=hint, is_reply=reply))
    click.echo(json.dumps(told.as_dict(), ensure_ascii=False) if as_json else str(told))


@command.command(epilog="\b\nExample:\n  twoway language reread museum")
@click.argument("collection", type=click.Path(exists=True, file_okay=False, path_type=Path))
def reread(collection: Path) -> None:
    """Read all posts of a COLLECTION anew, where another model read them.

    Can be stopped at any time; the next call goes on where it was.
    """
    from twoway.collection.folder import Collection  # noqa: PLC0415 - costs Arrow
    from twoway.collection.rereading import reread as read_anew  # noqa: PLC0415 - as above

    before = Collection.open(collection).manifest.model
    with Progress().showing() as progress:
        after = read_anew(collection, progress).model
    if before == after:
        click.echo(f"Every post was read by {after} already.")
    else:
        click.echo(f"Every post has been read by {after}; before it was {before or 'no model'}.")
        click.echo("Reports made before cannot be compared with new ones.")


def _mapping(names: str) -> dict[str, str]:
    pairs = [pair.split("=", 1) for pair in names.split(",") if pair.strip()]
    wrong = next((pair for pair in pairs if len(pair) < 2), None)
    if wrong:
        raise click.BadParameter(f"{wrong[0]!r} has no '='; write label=kind.", param_hint="--map")
    return {name.strip(): kind.strip() for name, kind in pairs}


def _lines(found: Mapping[str, Any]) -> str:
    return "\n".join(f"{name.replace('_', ' ')}: {value}" for name, value in found.items())
