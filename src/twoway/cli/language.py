"""`twoway language`: how well posts are read, and what was learned from corrections."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from twoway.language.assessor import Assessor
    from twoway.language.evaluation import Evaluation, Labelled
    from twoway.language.labels import Labels


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
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def evaluate(
    file: Path, text: str, label: str, names: str, language: str | None, *, as_json: bool
) -> None:
    """Compare the model with labels in FILE (CSV, TSV, JSON lines or Parquet), beside rules and VADER."""
    from twoway.language.labels import Labels, LabelsError  # noqa: PLC0415 - NumPy only when asked

    try:
        labels = Labels.read(file, text, label, language, _mapping(names))
    except LabelsError as error:
        raise click.UsageError(str(error)) from None
    found = _evaluations(labels)
    if as_json:
        click.echo(json.dumps(_as_json(found, labels), ensure_ascii=False))
    else:
        _show(found, labels)


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


def _mapping(names: str) -> dict[str, str]:
    pairs = [pair.split("=", 1) for pair in names.split(",") if pair.strip()]
    wrong = next((pair for pair in pairs if len(pair) < 2), None)
    if wrong:
        raise click.BadParameter(f"{wrong[0]!r} has no '='; write label=kind.", param_hint="--map")
    return {name.strip(): kind.strip() for name, kind in pairs}


def _evaluations(labels: "Labels") -> "dict[str, Evaluation]":
    from twoway.language.evaluation import evaluate as measure  # noqa: PLC0415 - as above
    from twoway.language.model.assessor import shipped  # noqa: PLC0415
    from twoway.language.rules.assessor import Rules  # noqa: PLC0415
    from twoway.language.vader import Vader  # noqa: PLC0415

    assessors: list[Assessor] = [shipped(), Rules(), *Vader.where_installed()]
    return {one.name: measure(one, labels.posts, labels.kinds) for one in assessors}


def _as_json(found: "Mapping[str, Evaluation]", labels: "Labels") -> dict[str, Any]:
    (model, first), *others = found.items()
    return {
        "model": model,
        **_plain(first),
        "languages": {
            name: _plain(_own(posts, labels.kinds)) for name, posts in labels.by_language().items()
        },
        "beside": {name: _plain(one) for name, one in others},
        "notes": list(labels.notes),
    }


def _own(posts: "Sequence[Labelled]", kinds: Sequence[str]) -> "Evaluation":
    from twoway.language.evaluation import evaluate as measure  # noqa: PLC0415 - as above
    from twoway.language.model.assessor import shipped  # noqa: PLC0415

    return measure(shipped(), posts, kinds)


def _plain(one: "Evaluation") -> dict[str, Any]:
    return {
        "n": one.n,
        "macro_f1": one.macro_f1,
        "kinds": {kind: asdict(score) for kind, score in one.kinds.items()},
        "turns": asdict(one.turns),
    }


def _show(found: "Mapping[str, Evaluation]", labels: "Labels") -> None:
    from rich.console import Console  # noqa: PLC0415 - costs a tenth of a second
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=f"{len(labels.posts):,} posts of {labels.name}", title_justify="left")
    for heading in (
        "kind",
        "posts",
        *(f"{name}: F1" for name in found),
        "AUC",
        "calibration error",
    ):
        table.add_column(heading, justify="left" if heading == "kind" else "right")
    first = next(iter(found.values()))
    for kind, score in first.kinds.items():
        each = [f"{one.kinds[kind].f1:.2f}" for one in found.values()]
        auc = "–" if score.auc is None else f"{score.auc:.3f}"
        table.add_row(kind, f"{score.n:,}", *each, auc, f"{score.calibration_error:.3f}")
    table.add_row("mean", "", *(f"{one.macro_f1:.2f}" for one in found.values()), "", "")
    console = Console(file=sys.stdout)
    console.print(table)
    for note in labels.notes:
        console.print(note)


def _lines(found: Mapping[str, Any]) -> str:
    return "\n".join(f"{name.replace('_', ' ')}: {value}" for name, value in found.items())
