"""`twoway language`: how well posts are read, and what was learned from corrections."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from twoway.cli._plug_ins import Named, admitted, bigger_model, find, tried
from twoway.cli.terminal import Progress


@click.group(
    name="language",
    short_help="Say how posts are read, and measure how well.",
    epilog="\b\nExamples:\n  twoway language read 'Thanks! Are you open on Sunday?'"
    "\n  twoway language evaluate ours.csv --text body --label kind",
)
def command() -> None:
    """Say how posts are read, and measure how well, on your own labelled posts."""


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
@bigger_model
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def evaluate(
    file: Path,
    text: str,
    label: str,
    names: str,
    language: str | None,
    endpoint: str | None,
    bigger: str | None,
    plug_in: str | None,
    *,
    as_json: bool,
) -> None:
    """Compare the model with labels in FILE (CSV, TSV, JSON lines or Parquet), beside rules and VADER.

    With --endpoint or --plug-in a bigger model is put to the same test; TWOWAY_MODEL_KEY holds its key.
    """
    from twoway.cli import _evaluations  # noqa: PLC0415 - NumPy only when asked
    from twoway.language.labels import Labels, LabelsError  # noqa: PLC0415 - as above

    try:
        labels = Labels.read(file, text, label, language, _mapping(names))
    except LabelsError as error:
        raise click.UsageError(str(error)) from None
    beside = find(Named(endpoint, bigger, plug_in))
    found = _evaluations.measure(labels, [beside] if beside else [])
    if as_json:
        click.echo(json.dumps(_evaluations.as_json(found, labels), ensure_ascii=False))
    else:
        _evaluations.show(found, labels)


@command.command(
    epilog="\b\nExample:\n  twoway language trial --endpoint http://localhost:11434/v1 --model some-model"
)
@bigger_model
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def trial(endpoint: str | None, bigger: str | None, plug_in: str | None, *, as_json: bool) -> None:
    """Put a bigger model to the test it must pass before it may read; without options our own.

    Ends with 0 when it passes, 1 when not. Sends 624 invented posts.
    """
    from twoway.language.model.assessor import shipped  # noqa: PLC0415 - NumPy only when asked

    assessor = find(Named(endpoint, bigger, plug_in)) or shipped()
    verdict = tried(assessor)
    if as_json:
        click.echo(json.dumps(asdict(verdict), ensure_ascii=False))
    else:
        passed = (
            f"may read {', '.join(verdict.languages)}" if verdict.is_admitted else "may not read"
        )
        click.echo("\n".join((f"{assessor.name} {passed}.", *verdict.failures)))
    sys.exit(not verdict.is_admitted)


@command.command(epilog="\b\nExample:\n  twoway language report")
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
@bigger_model
def reread(collection: Path, endpoint: str | None, bigger: str | None, plug_in: str | None) -> None:
    """Read all posts of a COLLECTION anew, where another model read them.

    Can be stopped at any time; the next call goes on where it was. A bigger model reads only what
    it passed the trial for.
    """
    from twoway.collection.folder import Collection  # noqa: PLC0415 - costs Arrow
    from twoway.collection.rereading import reread as read_anew  # noqa: PLC0415 - as above

    before = Collection.open(collection).manifest.model
    assessor = admitted(Named(endpoint, bigger, plug_in))
    with Progress().showing() as progress:
        after = read_anew(collection, progress, assessor=assessor).model
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
    lines = [
        f"{name.replace('_', ' ')}: {value}" for name, value in found.items() if name != "kinds"
    ]
    for kind, lesson in found.get("kinds", {}).items():
        words = f": {', '.join(lesson['words'])}" if lesson["words"] else ""
        lines.append(f"{kind}, taught by {lesson['posts']} posts{words}")
    return "\n".join(lines)
