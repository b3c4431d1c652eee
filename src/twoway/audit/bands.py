"""Published limits beside a figure: read from a measure's head, and placed around a value."""

import re
from dataclasses import dataclass

from twoway.audit.findings import Band

ORIGINS = ("L", "D", "ours")
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(%?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BandLine:
    """One published yardstick: L(iterature), D(ata of real accounts), or ours.

    `labels` stand between the `limits`, one more than there are limits; without limits the line
    is shown and never coloured. `meaning` says what was measured, with its denominator.
    """

    origin: str
    labels: tuple[str, ...]
    limits: tuple[float, ...]
    meaning: str
    source: str
    year: str

    def place(self, value: float | None) -> Band:
        """Return the band with the label `value` falls into; a value on a limit is above it."""
        return Band(
            label=self._label(value), meaning=self.meaning, source=self.source, year=self.year,
            lower=self._beside("ordinary", 0), upper=self._beside("ordinary", 1),
        )  # fmt: skip

    def _label(self, value: float | None) -> str:
        if value is None or not self.labels:
            return ""
        return self.labels[sum(value >= limit for limit in self.limits)]

    def _beside(self, label: str, side: int) -> float | None:
        """The limit left (0) or right (1) of a label, where there is one."""
        if label not in self.labels:
            return None
        place = self.labels.index(label) + side - 1
        return self.limits[place] if 0 <= place < len(self.limits) else None


def read(line: str) -> BandLine:
    """Read "origin | label < limit < label | meaning | source | year"; ValueError says what is wrong."""
    fields = [field.strip() for field in line.split("|")]
    if len(fields) != 5:
        raise ValueError(f"a band has five fields between bars, not {len(fields)}")
    origin, scale, meaning, source, year = fields
    if origin not in ORIGINS:
        raise ValueError(f"a band begins with L, D or ours, not {origin!r}")
    labels, limits = _scale(scale)
    return BandLine(
        origin=origin, labels=labels, limits=limits, meaning=meaning, source=source, year=year
    )


def _scale(text: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    steps = [step.strip() for step in text.split("<")] if text else []
    limits = tuple(_limit(step) for step in steps[1::2])
    if limits != tuple(sorted(limits)) or (len(steps) % 2 == 0 and steps):
        raise ValueError(f"labels and rising limits take turns, unlike {text!r}")
    return tuple(steps[0::2]), limits


def _limit(text: str) -> float:
    number = _NUMBER.fullmatch(text.replace("−", "-"))
    if number is None:
        raise ValueError(f"{text!r} is no number")
    return round(float(number[1]) / (100 if number[2] else 1), 12)
