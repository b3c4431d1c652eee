"""Whether it matters who asks, how and when: measure 8, and what its odds ratios would be for ever."""

from collections.abc import Callable, Iterator
from statistics import median

from twoway.practice.clock import HOUR
from twoway.practice.facts import Wait
from twoway.practice.truth import laws
from twoway.practice.truth.answering import _judged
from twoway.practice.truth.draws import is_odd
from twoway.practice.truth.figures import Truth
from twoway.practice.truth.view import View


def counts(view: View) -> Iterator[tuple[str, Truth]]:
    """Count the fourfold tables of an answer within 72 hours; hits are the exposed that had one."""
    old = [wait for wait in view.waits if view.ends - wait.since >= 72 * HOUR]
    judged = _judged(old, 72 * HOUR)
    followers = [wait.person.followers for wait, _ in judged]
    middle = median(followers) if followers else 0
    ours = view.who.accounts
    exposures: dict[str, Callable[[Wait], bool]] = {
        "popular_author": lambda wait: wait.person.followers > middle,
        "other_handles": lambda wait: any(
            who not in ours and who is not wait.person
            for line in view.whole(wait.line)
            for who, _ in line.mentions
        ),
        "other_language": lambda wait: wait.line.language != view.world.stage.language,
        "night_weekend": lambda wait: is_odd(
            view.local(wait.since).hour, view.local(wait.since).isoweekday()
        ),
    }
    law = laws.Law(view)
    for part, exposed in exposures.items():
        yield (
            f"response_equity.{part}",
            _odds(judged, exposed, law.odds(view.waits, exposed, by_time=part == "night_weekend")),
        )


def _odds(
    judged: list[tuple[Wait, bool]], exposed: Callable[[Wait], bool], parameter: float | None
) -> Truth:
    table = [[0, 0], [0, 0]]
    for wait, is_answered in judged:
        table[exposed(wait)][is_answered] += 1
    (no_miss, no_hit), (miss, hit) = table
    value = ((hit + 0.5) / (miss + 0.5)) / ((no_hit + 0.5) / (no_miss + 0.5))
    return Truth(value, len(judged), None, parameter)
