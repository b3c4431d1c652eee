"""The test that every assessor must pass before it may read: told right, and sure for good reason."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from twoway.language.assessor import Assessor
from twoway.language.evaluation import Evaluation, Labelled, evaluate
from twoway.language.model.kinds import KINDS

# What the shipped model must reach itself to be called assessed.
LEAST_F1 = 0.70
# A chance of 0.8 may come true in 7 to 9 of 10 cases.
MOST_MISCALIBRATED = 0.10
MOST_MISSED = 0.02
# Fewer posts with a kind measure luck.
FEWEST = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an assessor may read, in which languages, and in words why not."""

    is_admitted: bool
    languages: tuple[str, ...]
    evaluation: Evaluation
    failures: tuple[str, ...]


def admit(assessor: Assessor, posts: Sequence[Labelled]) -> Verdict:
    """Judge `assessor` by labelled `posts` that it was not made with."""
    whole = evaluate(assessor, posts, KINDS)
    by_language: dict[str, list[Labelled]] = defaultdict(list)
    for post in posts:
        by_language[post.language or ""].append(post)
    each = {name: evaluate(assessor, own, KINDS).macro_f1 for name, own in by_language.items()}
    failures = (
        *_failures(whole),
        *(_too_low(name, f1) for name, f1 in each.items() if f1 < LEAST_F1),
    )
    languages = tuple(sorted(name for name, f1 in each.items() if name and f1 >= LEAST_F1))
    return Verdict(not _failures(whole) and bool(languages), languages, whole, failures)


def _failures(whole: Evaluation) -> list[str]:
    found = []
    if whole.macro_f1 < LEAST_F1:
        found.append(f"Macro-F1 of kind is {whole.macro_f1:.2f}; {LEAST_F1:.2f} is needed.")
    if whole.turns.missed > MOST_MISSED:
        found.append(
            f"{whole.turns.missed:.1%} of the posts that call for an answer were taken to call for "
            f"none; at most {MOST_MISSED:.0%} may be."
        )
    for kind, score in whole.kinds.items():
        if score.n >= FEWEST and score.calibration_error > MOST_MISCALIBRATED:
            found.append(
                f"Its chances of {kind} are off by {score.calibration_error:.2f} on average; "
                f"{MOST_MISCALIBRATED:.2f} is allowed."
            )
    return found


def _too_low(language: str, f1: float) -> str:
    return f"{language or 'Posts without a language'}: macro-F1 {f1:.2f}, not assessed."
