"""`python -m twoway.language.training --data FOLDER --spam FILE`: make the shipped weights anew."""

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.language.model.assessor import SHIPPED, TrainedModel
from twoway.language.model.weights import Floats, Weights, save
from twoway.language.reader import hear
from twoway.language.tongue import ASSESSED
from twoway.language.training import limits as choosing
from twoway.language.training.examples import examples
from twoway.language.training.fit import Head, features, fit, quantise, rarity
from twoway.language.training.patterns import invent
from twoway.language.training.sources import HEADS, Example, rows
from twoway.language.utterance import Utterance

LABELLED = Path(__file__).parents[1] / "tests" / "labelled.jsonl"
# Of 0.25, 1, 3 and 4 the one that told the tuning half best.
SOFTNESS = 3.0
_JOBS = 3
Rarity = NDArray[np.float64]
# Of each kind in each language, with a seed of their own: not among the examples.
_ANCHORS = 16
_ANCHORED = 11


def main(arguments: Sequence[str] | None = None) -> int:
    """Train all heads, calibrate them on the labelled tuning half, write the weights."""
    parser = argparse.ArgumentParser(prog="python -m twoway.language.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the licensed texts")
    parser.add_argument(
        "--spam", type=Path, required=True, help="YouTube Spam Collection as Parquet"
    )
    parser.add_argument("--into", type=Path, default=SHIPPED)
    chosen = parser.parse_args(arguments)
    tuning = [row for row in labelled() if row["half"] == "tuning"]
    heads, idf = _fitted(list(examples(chosen.data, chosen.spam)))
    genuine = [r["text"] for r in rows(chosen.data, "goemotions") if r["split"] == "test"]
    chosen.into.parent.mkdir(exist_ok=True)
    save(_calibrated(_weights(heads, idf), tuning, genuine), chosen.into)
    _write_anchors(chosen.into.with_name("anchors.jsonl"))
    return 0


def _write_anchors(file: Path) -> None:
    """Write the invented posts that learning rehearses with and is checked by."""
    chance = random.Random(_ANCHORED)
    rows_ = [
        {"text": post.text, "kinds": sorted(post.kinds), "language": language}
        for language in ASSESSED
        for kind in choosing.KINDS
        for post in (invent(language, kind, chance) for _ in range(_ANCHORS))
    ]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows_), "utf-8")


def labelled(file: Path = LABELLED) -> list[dict[str, Any]]:
    """Return the project's labelled posts."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def _fitted(found: list[Example]) -> tuple[dict[str, Head], tuple[Rarity, Rarity]]:
    """Return all heads, and how rare each bucket is."""
    seen = features([one.text for one in found], [one.language for one in found])
    idf = (rarity(seen.characters), rarity(seen.words))
    matrix = seen.joined(idf)

    def one(head: str) -> Head:
        fitted = fit(matrix, found, head, SOFTNESS)
        sys.stderr.write(f"{head}: fitted\n")
        return fitted

    done = Parallel(n_jobs=_JOBS, backend="threading")(delayed(one)(head) for head in HEADS)
    return dict(zip(HEADS, done, strict=True)), idf


def _weights(heads: dict[str, Head], idf: tuple[Rarity, Rarity]) -> Weights:
    """Return integer weights of all heads, their chances not yet calibrated."""
    size = len(idf[0])
    parts = [
        (quantise(h.weights[:size] * idf[0]), quantise(h.weights[size : 2 * size] * idf[1]))
        for h in heads.values()
    ]
    return Weights(
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


def _calibrated(plain: Weights, tuning: list[dict[str, Any]], genuine: list[str]) -> Weights:
    """Return `plain` with chances and limits chosen on `tuning`, which it was not trained on."""
    scores = _scores(plain, [row["text"] for row in tuning], [row["language"] for row in tuning])
    truths = [_truth(row) for row in tuning]
    truth = np.array([[known[head] for head in plain.heads] for known in truths])
    fitted = [choosing.platt(scores[:, i], truth[:, i]) for i in range(len(plain.heads))]
    slope = np.array([a for a, _ in fitted], dtype=np.float32)
    made = replace(plain, slope=slope, offset=np.array([b for _, b in fitted], dtype=np.float32))
    chances = made.chances(scores)
    column = {head: i for i, head in enumerate(made.heads)}
    found = {
        k: choosing.best_limit(chances[:, column[k]], truth[:, column[k]]) for k in choosing.KINDS
    }
    others = made.chances(_scores(plain, genuine, ["en"] * len(genuine)))[:, column["spam"]]
    own = chances[~truth[:, column["spam"]], column["spam"]]
    found["spam"] = max(choosing.spam_limit(others), choosing.spam_limit(own))
    rows_ = [dict(zip(made.heads, map(float, row), strict=True)) for row in chances]
    return replace(made, holds=choosing.turn_limits(rows_, truth[:, column["calls"]], found))


def _scores(weights: Weights, texts: list[str], languages: list[str]) -> Floats:
    """Return the scores the running model gives to `texts`, their languages as a hint."""
    model = TrainedModel(weights, "in the making")
    heard = [
        hear(Utterance(text=text, language=code))[0]
        for text, code in zip(texts, languages, strict=True)
    ]
    return np.vstack([model.scores(heard[i : i + 500]) for i in range(0, len(heard), 500)])


def _truth(row: dict[str, Any]) -> dict[str, bool]:
    known = {kind: kind in row["kinds"] for kind in choosing.KINDS}
    known["calls"] = bool(CALLS_FOR_ANSWER & set(row["kinds"]))
    return known | {"negative": row["tone"] < 0, "positive": row["tone"] > 0}


if __name__ == "__main__":
    sys.exit(main())
