"""How `twoway language evaluate` shows what it measured: a table for people, JSON for programs."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from twoway.language.assessed import is_assessed
from twoway.language.assessor import Assessor
from twoway.language.evaluation import Evaluation, Labelled, evaluate
from twoway.language.labels import Labels
from twoway.language.model.assessor import shipped
from twoway.language.rules.assessor import Rules
from twoway.language.vader import Vader

Found = Mapping[str, Evaluation]


def measure(labels: Labels, plug_ins: Iterable[Assessor]) -> Found:
    """Return what the shipped model, plug-ins, the rules and VADER come to, by their names."""
    assessors = [shipped(), *plug_ins, Rules(), *Vader.where_installed()]
    return {one.name: evaluate(one, labels.posts, labels.kinds) for one in assessors}


def as_json(found: Found, labels: Labels) -> dict[str, Any]:
    """Return the shipped model's figures, by language too, and the others' beside them."""
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


def _own(posts: Sequence[Labelled], kinds: Sequence[str]) -> Evaluation:
    return evaluate(shipped(), posts, kinds)


def _plain(one: Evaluation) -> dict[str, Any]:
    return {
        "n": one.n,
        "macro_f1": one.macro_f1,
        "kinds": {kind: asdict(score) for kind, score in one.kinds.items()},
        "turns": asdict(one.turns),
    }


def _by_language(labels: Labels) -> Table:
    table = Table(title="By language", title_justify="left")
    for heading in ("language", "posts", "macro-F1", ""):
        table.add_column(heading, justify="right" if heading in ("posts", "macro-F1") else "left")
    for name, posts in sorted(labels.by_language().items(), key=lambda pair: -len(pair[1])):
        figures = f"{_own(posts, labels.kinds).macro_f1:.2f}" if is_assessed(name) else "–"
        table.add_row(name, f"{len(posts):,}", figures, "" if is_assessed(name) else "not assessed")
    return table


def show(found: Found, labels: Labels) -> None:
    """Print the figures as a table, and what the reader of it must know."""
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
    console.print(_by_language(labels))
    for note in labels.notes:
        console.print(note)
