"""A team's corrections make a model of its own: beside the base, measured before it is used, reversible.

The base stays what it is; what is learned is added to it (Gaussian prior at the base's weights),
and invented posts rehearse what it knew. Corrections, confirmed readings and all versions lie in
one folder; forgetting a person takes their words out and learns again from what is left.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from twoway.language import MODEL, remembering
from twoway.language.adapting import adapt
from twoway.language.evaluation import Labelled, evaluate
from twoway.language.lessons import lessons
from twoway.language.model.assessor import SHIPPED, TrainedModel, shipped
from twoway.language.model.kinds import KINDS
from twoway.language.model.weights import load, save
from twoway.language.remembering import Correction

__all__ = [
    "Correction", "Outcome", "current", "forget", "is_outdated", "learn", "let_go", "remember",
    "report", "revert",
]  # fmt: skip

ANCHORS = SHIPPED.with_name("anchors.jsonl")
# One post in five is kept aside to measure by; fewer than this many measure nothing.
_ASIDE = 5
FEWEST = 40
# The base may lose at most one point of macro-F1 on what it knew.
_LOSS = 0.01
# Models of several organisations kept in memory, some 25 MB each.
_AT_HAND = 4


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


def remember(folder: Path, corrections: Iterable[Correction]) -> int:
    """Keep `corrections` for the next time `learn` is called; return how many posts are kept now.

    Of a post that was corrected before, the last correction counts.
    """
    with remembering.writing(folder):
        known = remembering.corrections(folder) | {one.post: one for one in corrections}
        remembering.keep(folder, known.values())
    return len(known)


def learn(folder: Path, corrections: Iterable[Correction] = ()) -> Outcome:
    """Learn anew from all that is kept in `folder`; the old model stays unless it is beaten."""
    remember(folder, corrections)
    with remembering.writing(folder):
        before = remembering.state(folder)
        known = list(remembering.corrections(folder).values())
        outcome, model = _learned(known, before["version"] + 1)
        if outcome.is_accepted and model:
            _take_up(folder, outcome, model, before)
    return outcome


def current(folder: Path | None) -> TrainedModel:
    """Return the model of `folder`, the shipped one where it has none.

    What was added to an older shipped model does not fit a new one: `learn(folder)` learns the
    same corrections anew, until then the shipped model reads.
    """
    state = remembering.state(folder) if folder else {"version": 0}
    version = state["version"]
    if not folder or not version or state.get("base") != MODEL:
        return shipped()
    file = remembering.model_file(folder, version)
    return _loaded(file, file.stat().st_mtime_ns, f"{MODEL} local {version}")


@lru_cache(maxsize=_AT_HAND)
def _loaded(file: Path, _changed: int, name: str) -> TrainedModel:
    return TrainedModel(load(file), name)


def is_outdated(folder: Path) -> bool:
    """Tell whether what reads here was added to an older shipped model, and so does not read."""
    state = remembering.state(folder)
    return bool(state["version"]) and state.get("base") != MODEL


def let_go(folder: Path) -> None:
    """Let the shipped model read; the corrections are kept, to be learned from another time."""
    with remembering.writing(folder):
        remembering.set_state(folder, None)


def revert(folder: Path) -> int:
    """Go back to the version before; return its number, 0 for the shipped model."""
    with remembering.writing(folder):
        before: dict[str, Any] = remembering.state(folder).get("before") or {"version": 0}
        remembering.set_state(folder, before)
    if is_outdated(folder):
        let_go(folder)
        return 0
    return int(before["version"])


def forget(folder: Path, person: int) -> Outcome | None:
    """Take everything learned from `person`'s words out of `folder`, all versions included.

    Returns None where nothing was learned from them. Until the rest has been learned anew, which
    takes seconds, the shipped model reads.
    """
    with remembering.writing(folder):
        known = remembering.corrections(folder)
        left = [one for one in known.values() if one.person != person]
        if len(left) == len(known):
            return None
        version = remembering.state(folder)["version"]
        remembering.set_state(folder, None)
        remembering.discard_models(folder)
        _loaded.cache_clear()
        remembering.keep(folder, left)
        outcome, model = _learned(left, version + 1)
        if outcome.is_accepted and model:
            _take_up(folder, outcome, model, None)
    return outcome


def report(folder: Path | None) -> dict[str, Any]:
    """Return which model reads and what it learned, for people and programs."""
    state: dict[str, Any] = remembering.state(folder) if folder else {"version": 0}
    found: dict[str, Any] = {"model": current(folder).name, "learned": bool(state["version"])}
    if folder:
        kept = remembering.corrections(folder).values()
        taught = lessons(shipped(), current(folder), kept)
        found |= {
            "corrections": sum(not one.is_confirmed for one in kept),
            "confirmed": sum(one.is_confirmed for one in kept),
            "kinds": {kind: lesson._asdict() for kind, lesson in taught.items()},
        }
    outcome: dict[str, Any] = state.get("outcome") or {}
    return found | {name: outcome[name] for name in outcome if name.endswith(("before", "after"))}


def anchors() -> tuple[list[Labelled], list[Labelled]]:
    """Return invented posts that stand for what the base knows: to rehearse with, and to check by."""
    rows = [json.loads(line) for line in ANCHORS.read_text("utf-8").splitlines()]
    posts = [Labelled(row["text"], frozenset(row["kinds"]), row["language"]) for row in rows]
    return posts[::2], posts[1::2]


def _take_up(
    folder: Path, outcome: Outcome, model: TrainedModel, before: dict[str, Any] | None
) -> None:
    save(model.weights, remembering.model_file(folder, outcome.version))
    fresh = {"version": outcome.version, "base": MODEL, "before": before}
    remembering.set_state(folder, {**fresh, "outcome": asdict(outcome)})


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


def _labelled(one: Correction) -> Labelled:
    return Labelled(one.text, frozenset(one.kinds), one.language)


def _is_aside(one: Correction) -> bool:
    """Choose by a hash of the post, so that it stays on its side whenever it is learned again."""
    return blake2b(str(one.post).encode(), digest_size=2).digest()[0] % _ASIDE == 0
