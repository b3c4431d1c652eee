"""Chance that comes out alike on every machine and in every version of Python.

Only `Random.random` is promised to stay the same, so everything else is made of it here.
"""

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import cos, exp, log, pi, sqrt
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Dice:
    """A stream of chance of its own for every seed; the seed is whatever names its use."""

    __slots__ = ("roll",)

    def __init__(self, *seed: object) -> None:
        # A text is seeded by SHA-512, never by Python's own hash, which changes with every run.
        self.roll = Random("/".join(map(str, seed))).random  # noqa: S311 - nothing secret here

    def chance(self, probability: float) -> bool:
        return self.roll() < probability

    def pick(self, things: Sequence[T]) -> T:
        return things[int(self.roll() * len(things))]

    def whole(self, low: int, high: int) -> int:
        """Return a whole number between the two, both included."""
        return low + int(self.roll() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        return low + self.roll() * (high - low)

    def normal(self) -> float:
        return sqrt(-2.0 * log(1.0 - self.roll())) * cos(2.0 * pi * self.roll())

    def around(self, median: float, spread: float) -> float:
        """Return a lognormal number: half of them below `median`, two thirds within e^±spread."""
        return median * exp(spread * self.normal())


class Urn(Generic[T]):
    """Things drawn by weight, again and again, without counting the weights anew."""

    __slots__ = ("_bounds", "things")

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.things = tuple(weights)
        self._bounds = list(accumulate(weights.values()))

    def draw(self, dice: Dice) -> T:
        return self.things[bisect(self._bounds, dice.roll() * self._bounds[-1])]

    def part(self, thing: T) -> float:
        """Return the share of draws that give `thing`."""
        place = self.things.index(thing)
        below = self._bounds[place - 1] if place else 0.0
        return (self._bounds[place] - below) / self._bounds[-1]
