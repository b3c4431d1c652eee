"""What would help most: rules over figures, each a change with its reason and the posts to start with.

Every rule that applies says how many conversations of the window the change would gain, at most:
one for each person left waiting; for everything else a share of the posts it touches. Those
shares are this project's judgement, not measured; they only put the steps in order.
"""

from collections.abc import Callable

from twoway.audit.advice import answering, being_there
from twoway.audit.advice.situation import Advice, Situation, with_values
from twoway.audit.counts import Counts
from twoway.audit.findings import Evidence, Figure, Step, Verdict

SHOWN = 3
RULES: tuple[Callable[[Situation], Advice | None], ...] = (*answering.RULES, *being_there.RULES)


def advise(
    figures: tuple[Figure, ...],
    counts: Counts,
    verdict: Verdict,
    days: float,
    waiting: tuple[Evidence, ...] = (),
) -> tuple[Step, ...]:
    """Return the three steps that would gain most conversation."""
    situation = Situation(
        figures=dict(with_values(figures)), counts=counts, verdict=verdict, days=max(days, 1),
        waiting=waiting,
    )  # fmt: skip
    found = [advice for rule in RULES if (advice := rule(situation))]
    best = sorted(found, key=lambda advice: -advice.gain)[:SHOWN]
    return tuple(advice.step for advice in best)
