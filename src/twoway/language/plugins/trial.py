"""The test that every assessor must pass before it may read: told right, and sure for good reason."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from twoway.language.assessor import Assessment, Assessor, Heard
from twoway.language.evaluation import Evaluation, Labelled, assess, evaluate
from twoway.language.model.assessor import not_assessed
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


class Admitted:
    """An assessor in the languages in which it passed; posts in any other are unsure."""

    def __init__(self, assessor: Assessor, languages: Sequence[str]) -> None:
        self._assessor = assessor
        self._languages = frozenset(languages)

    @property
    def name(self) -> str:
        """The assessor's own name, kept with every reading."""
        return self._assessor.name

    def assess(self, heard: Sequence[Heard]) -> list[Assessment]:
        """Return one assessment per post, in their order."""
        asked = [one for one in heard if one.language in self._languages]
        told = iter(self._assessor.assess(asked))
        return [
            next(told)
            if one.language in self._languages
            else Assessment(not_assessed(asks=one.surface.asks))
            for one in heard
        ]


def admit(assessor: Assessor, posts: Sequence[Labelled]) -> Verdict:
    """Judge `assessor` by labelled `posts` that it was not made with."""
    found = assess(assessor, posts)
    whole = evaluate(assessor, posts, KINDS, found)
    each = {name: one.macro_f1 for name, one in _by_language(assessor, posts, found).items()}
    failures = (
        *_failures(whole),
        *(_too_low(name, f1) for name, f1 in each.items() if f1 < LEAST_F1),
    )
    languages = tuple(sorted(name for name, f1 in each.items() if name and f1 >= LEAST_F1))
    return Verdict(not _failures(whole) and bool(languages), languages, whole, failures)


def _by_language(
    assessor: Assessor, posts: Sequence[Labelled], found: Sequence[Assessment]
) -> dict[str, Evaluation]:
    """Return an evaluation for each language; asking once is enough, and may cost money."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, post in enumerate(posts):
        places[post.language or ""].append(place)
    return {
        name: evaluate(assessor, [posts[i] for i in own], KINDS, [found[i] for i in own])
        for name, own in places.items()
    }


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
