"""`python -m twoway.language.training --data FOLDER --spam FILE`: make the shipped weights anew."""

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from twoway.language import labelled
from twoway.language.model.assessor import SHIPPED
from twoway.language.model.kinds import KINDS
from twoway.language.model.weights import Weights, save
from twoway.language.tongue import KNOWN
from twoway.language.training import origins, unseen
from twoway.language.training.calibrating import calibrated
from twoway.language.training.examples import examples
from twoway.language.training.fit import Head, features, fit, quantise, rarity, softness
from twoway.language.training.patterns import invent
from twoway.language.training.sources import HEADS, SOURCES, Example, rows

_JOBS = 3
Rarity = NDArray[np.float64]
# Of each kind in each language, with a seed of their own: not among the examples.
_ANCHORS = 16
_ANCHORED = 11


def main(arguments: Sequence[str] | None = None) -> int:
    """Train all heads twice, calibrate them by what the second model was kept from, write the weights."""
    parser = argparse.ArgumentParser(prog="python -m twoway.language.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the licensed texts")
    parser.add_argument(
        "--spam", type=Path, required=True, help="YouTube Spam Collection as Parquet"
    )
    parser.add_argument(
        "--into", type=Path, default=SHIPPED, help="file of the weights (.npz); others stand beside"
    )
    chosen = parser.parse_args(arguments)
    if chosen.into.suffix != ".npz":
        parser.error(f"--into names a file that ends in .npz, and {chosen.into} does not.")
    whole, part = (
        _weights(*_fitted(list(examples(chosen.data, chosen.spam, part))))
        for part in ("all", "learned")
    )
    genuine = [r["text"] for r in rows(chosen.data, "goemotions") if r["split"] == "test"]
    chosen.into.parent.mkdir(exist_ok=True)
    save(
        calibrated(whole, part, unseen.theirs(), labelled.rows("ours", "tuning"), genuine),
        chosen.into,
    )
    _write_anchors(chosen.into.with_name("anchors.jsonl"))
    texts = [chosen.data / f"{name}.parquet" for name in SOURCES]
    made_of = [*origins.ours(), *origins.licensed([*texts, chosen.spam])]
    chosen.into.with_name("made-of.txt").write_text("\n".join(made_of) + "\n", "utf-8")
    return 0


def _write_anchors(file: Path) -> None:
    """Write the invented posts that learning rehearses with and is checked by."""
    chance = random.Random(_ANCHORED)
    rows_ = [
        {"text": post.text, "kinds": sorted(post.kinds), "language": language}
        for language in KNOWN
        for kind in KINDS
        for post in (invent(language, kind, chance) for _ in range(_ANCHORS))
    ]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows_), "utf-8")


def _fitted(found: list[Example]) -> tuple[dict[str, Head], tuple[Rarity, Rarity]]:
    """Return all heads, and how rare each bucket is."""
    seen = features([one.text for one in found], [one.language for one in found])
    idf = (rarity(seen.characters), rarity(seen.words))
    matrix = seen.joined(idf)

    def one(head: str) -> Head:
        fitted = fit(matrix, found, head, softness(head))
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


if __name__ == "__main__":
    sys.exit(main())
