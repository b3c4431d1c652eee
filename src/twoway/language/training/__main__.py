"""`python -m twoway.language.training --data FOLDER --spam FILE`: make the shipped weights anew."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.language.model.assessor import SHIPPED
from twoway.language.model.weights import Weights, save
from twoway.language.training import limits as choosing
from twoway.language.training.examples import examples
from twoway.language.training.fit import Head, features, fit, quantise, rarity
from twoway.language.training.sources import HEADS, rows

LABELLED = Path(__file__).parents[1] / "tests" / "labelled.jsonl"
# Of 0.25, 1, 3 and 4 the one that told the tuning half best.
SOFTNESS = 3.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Train all heads, calibrate them on the labelled tuning half, write the weights."""
    parser = argparse.ArgumentParser(prog="python -m twoway.language.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the licensed texts")
    parser.add_argument("--spam", type=Path, required=True, help="YouTube Spam Collection as Parquet")
    parser.add_argument("--into", type=Path, default=SHIPPED)
    chosen = parser.parse_args(arguments)
    found = list(examples(chosen.data, chosen.spam))
    seen = features([one.text for one in found], [one.language for one in found])
    idf = (rarity(seen.characters), rarity(seen.words))
    matrix = seen.joined(idf)
    heads = {}
    for head in HEADS:
        heads[head] = fit(matrix, found, head, SOFTNESS)
        sys.stderr.write(f"{head}: {len(found)} examples\n")
    tuning = [row for row in labelled() if row["half"] == "tuning"]
    genuine = [r["text"] for r in rows(chosen.data, "goemotions") if r["split"] == "test"]
    chosen.into.parent.mkdir(exist_ok=True)
    save(_weights(heads, idf, tuning, genuine), chosen.into)
    return 0


def labelled(file: Path = LABELLED) -> list[dict[str, Any]]:
    """Return the project's labelled posts."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def _weights(
    heads: dict[str, Head],
    idf: tuple[NDArray[np.float64], NDArray[np.float64]],
    tuning: list[dict[str, Any]],
    genuine: list[str],
) -> Weights:
    """Return integer weights with chances and limits chosen on `tuning`."""
    size = len(idf[0])
    parts = [
        (quantise(h.weights[:size] * idf[0]), quantise(h.weights[size : 2 * size] * idf[1]))
        for h in heads.values()
    ]
    plain = Weights(
        heads=tuple(heads),
        characters=np.stack([characters for (characters, _), _ in parts], axis=1),
        words=np.stack([words for _, (words, _) in parts], axis=1),
        steps=np.array([[a for (_, a), _ in parts], [b for _, (_, b) in parts]], dtype=np.float32),
        marks=np.stack([h.weights[2 * size :] for h in heads.values()], axis=1).astype(np.float32),
        bias=np.array([h.bias for h in heads.values()], dtype=np.float32),
        slope=np.ones(len(heads), dtype=np.float32),
        offset=np.zeros(len(heads), dtype=np.float32),
        holds={},
    )
    return _calibrated(plain, tuning, genuine)


def _calibrated(plain: Weights, tuning: list[dict[str, Any]], genuine: list[str]) -> Weights:
    from dataclasses import replace  # noqa: PLC0415 - beside its only use

    scores = _scores(plain, [row["text"] for row in tuning], [row["language"] for row in tuning])
    truths = [_truth(row) for row in tuning]
    truth = np.array([[known[head] for head in plain.heads] for known in truths])
    fitted = [choosing.platt(scores[:, i], truth[:, i]) for i in range(len(plain.heads))]
    slope = np.array([a for a, _ in fitted], dtype=np.float32)
    made = replace(plain, slope=slope, offset=np.array([b for _, b in fitted], dtype=np.float32))
    chances = made.chances(scores)
    column = {head: i for i, head in enumerate(made.heads)}
    found = {k: choosing.best_limit(chances[:, column[k]], truth[:, column[k]]) for k in choosing.KINDS}
    others = made.chances(_scores(plain, genuine, ["en"] * len(genuine)))[:, column["spam"]]
    own = chances[~truth[:, column["spam"]], column["spam"]]
    found["spam"] = max(choosing.spam_limit(others), choosing.spam_limit(own))
    rows_ = [dict(zip(made.heads, map(float, row), strict=True)) for row in chances]
    return replace(made, holds=choosing.turn_limits(rows_, truth[:, column["calls"]], found))


def _scores(weights: Weights, texts: list[str], languages: list[str]) -> NDArray[np.float64]:
    """Return the scores the running model gives, language taken as known."""
    from twoway.language.model.assessor import TrainedModel  # noqa: PLC0415 - beside its only use
    from twoway.language.reader import hear  # noqa: PLC0415
    from twoway.language.utterance import Utterance  # noqa: PLC0415

    model = TrainedModel(weights, "in the making")
    heard = [hear(Utterance(text=t, language=l))[0] for t, l in zip(texts, languages, strict=True)]
    parts = [model.scores(heard[i : i + 500]) for i in range(0, len(heard), 500)]
    return np.vstack(parts).astype(np.float64)


def _truth(row: dict[str, Any]) -> dict[str, bool]:
    known = {kind: kind in row["kinds"] for kind in choosing.KINDS}
    known["calls"] = bool(CALLS_FOR_ANSWER & set(row["kinds"]))
    return known | {"negative": row["tone"] < 0, "positive": row["tone"] > 0}


if __name__ == "__main__":
    sys.exit(main())
