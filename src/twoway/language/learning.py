"""A team's corrections make a model of its own: beside the base, measured before it is used, reversible.

The base stays what it is; what is learned is added to it (Gaussian prior at the base's weights),
and invented posts rehearse what it knew. Corrections, confirmed readings and all versions lie in
one folder; forgetting a person takes their words out and learns again from what is left.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from twoway.language import MODEL
from twoway.language.adapting import adapt
from twoway.language.evaluation import Labelled, evaluate
from twoway.language.model.assessor import SHIPPED, TrainedModel, shipped
from twoway.language.model.kinds import KINDS
from twoway.language.model.weights import load, save

ANCHORS = SHIPPED.with_name("anchors.jsonl")
# One post in five is kept aside to measure by; fewer than this many measure nothing.
_ASIDE = 5
FEWEST = 40
# The base may lose at most one point of macro-F1 on what it knew.
_LOSS = 0.01


@dataclass(frozen=True, slots=True)
class Correction:
    """A post with the kinds a teammate gave it, or confirmed; `person` is its author's key.

    Posts handled without a correction are confirmations: learning from errors alone unlearns.
    """

    post: int
    person: int
    text: str
    kinds: tuple[str, ...]
    language: str | None = None
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What learning came to: macro-F1 on posts kept aside and on the base's own, before and after."""

    is_accepted: bool
    reason: str
    version: int
    corrections: int
    confirmed: int
    local_before: float
    local_after: float
    base_before: float
    base_after: float


def learn(folder: Path, corrections: Iterable[Correction]) -> Outcome:
    """Add `corrections` to those in `folder` and learn anew; the old model stays unless it is beaten."""
    folder.mkdir(parents=True, exist_ok=True)
    known = {one.post: one for one in _corrections(folder)} | {one.post: one for one in corrections}
    _keep(folder, known.values())
    outcome, model = _learned(list(known.values()), _state(folder)["version"] + 1)
    if outcome.is_accepted and model:
        save(model.weights, folder / f"model-{outcome.version}.npz")
        _write(
            folder,
            {
                "version": outcome.version,
                "base": MODEL,
                "before": _state(folder),
                "outcome": asdict(outcome),
            },
        )
    return outcome


def current(folder: Path | None) -> TrainedModel:
    """Return the model of `folder`, the shipped one where it has none.

    What was added to an older shipped model does not fit a new one: `learn(folder, ())` learns the
    same corrections anew, until then the shipped model reads.
    """
    state = _state(folder) if folder else {"version": 0}
    version = state["version"]
    if not folder or not version or state.get("base") != MODEL:
        return shipped()
    return TrainedModel(load(folder / f"model-{version}.npz"), f"{MODEL} local {version}")


def revert(folder: Path) -> int:
    """Go back to the version before; return its number, 0 for the shipped model."""
    before: dict[str, Any] = _state(folder).get("before") or {"version": 0}
    _write(folder, before)
    return int(before["version"])


def forget(folder: Path, person: int) -> Outcome | None:
    """Take everything learned from `person`'s words out of `folder`, all versions included.

    Returns None where nothing was learned from them.
    """
    known = list(_corrections(folder))
    left = [one for one in known if one.person != person]
    if len(left) == len(known):
        return None
    version = _state(folder)["version"]
    for file in folder.glob("model-*.npz"):
        file.unlink()
    _write(folder, {"version": 0, "before": None})
    _keep(folder, left)
    outcome, model = _learned(left, version + 1)
    if outcome.is_accepted and model:
        save(model.weights, folder / f"model-{outcome.version}.npz")
        state = {"version": outcome.version, "base": MODEL, "before": None}
        _write(folder, {**state, "outcome": asdict(outcome)})
    return outcome


def report(folder: Path | None) -> dict[str, Any]:
    """Return which model reads and what it learned, for people and programs."""
    state: dict[str, Any] = _state(folder) if folder else {"version": 0}
    found: dict[str, Any] = {"model": current(folder).name, "learned": bool(state["version"])}
    if folder:
        kept = list(_corrections(folder))
        found |= {
            "corrections": sum(not one.is_confirmed for one in kept),
            "confirmed": sum(one.is_confirmed for one in kept),
        }
    outcome: dict[str, Any] = state.get("outcome") or {}
    return found | {name: outcome[name] for name in outcome if name.endswith(("before", "after"))}


def _learned(kept: Sequence[Correction], version: int) -> tuple[Outcome, TrainedModel | None]:
    confirmed = sum(one.is_confirmed for one in kept)
    counts = (len(kept) - confirmed, confirmed)
    aside = [one for one in kept if _is_aside(one)]
    if len(kept) < FEWEST or not aside:
        reason = f"{len(kept)} posts are too few to measure by; {FEWEST} are needed."
        return Outcome(False, reason, version, *counts, 0.0, 0.0, 0.0, 0.0), None
    rehearsed, checked = anchors()
    base = shipped()
    used = [one for one in kept if not _is_aside(one)]
    model = TrainedModel(
        adapt(base, [_labelled(one) for one in used], rehearsed), f"{MODEL} local {version}"
    )
    own = [_labelled(one) for one in aside]
    figures = [
        evaluate(which, posts, KINDS).macro_f1
        for posts in (own, checked)
        for which in (base, model)
    ]
    worse = figures[1] < figures[0] or figures[3] < figures[2] - _LOSS
    reason = "It reads worse than before." if worse else "It reads your posts as well or better."
    return Outcome(not worse, reason, version, *counts, *figures), model


def anchors() -> tuple[list[Labelled], list[Labelled]]:
    """Return invented posts that stand for what the base knows: to rehearse with, and to check by."""
    rows = [json.loads(line) for line in ANCHORS.read_text("utf-8").splitlines()]
    posts = [Labelled(row["text"], frozenset(row["kinds"]), row["language"]) for row in rows]
    return posts[::2], posts[1::2]


def _labelled(one: Correction) -> Labelled:
    return Labelled(one.text, frozenset(one.kinds), one.language)


def _is_aside(one: Correction) -> bool:
    """Choose by a hash of the post, so that it stays on its side whenever it is learned again."""
    return blake2b(str(one.post).encode(), digest_size=2).digest()[0] % _ASIDE == 0


def _corrections(folder: Path) -> Iterable[Correction]:
    file = folder / "corrections.jsonl"
    if not file.exists():
        return
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Correction(**{**row, "kinds": tuple(row["kinds"])})


def _keep(folder: Path, corrections: Iterable[Correction]) -> None:
    text = "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in corrections)
    _replace(folder / "corrections.jsonl", text)


def _state(folder: Path) -> dict[str, Any]:
    file = folder / "current.json"
    found: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {"version": 0}
    return found


def _write(folder: Path, state: dict[str, Any]) -> None:
    _replace(folder / "current.json", json.dumps(state, ensure_ascii=False))


def _replace(file: Path, text: str) -> None:
    """Write at once or not at all."""
    fresh = file.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(file)
