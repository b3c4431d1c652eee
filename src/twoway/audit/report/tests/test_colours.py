"""The tokens keep 4.5 : 1 for words and 3 : 1 for what charts draw, in light and in dark."""

import re
from math import cos, radians, sin
from pathlib import Path

import pytest

CSS = Path(__file__).parents[1].joinpath("look", "tokens.css").read_text(encoding="utf-8")
WORDS = ("ink", "quiet", "accent", "waiting", "late", "settled")


def tokens(side):
    one = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"
    found = re.findall(rf"--([\w-]+): light-dark\({one}, {one}\)", CSS)
    return {name: luminance(*map(float, value[3 * side : 3 * side + 3])) for name, *value in found}


def luminance(lightness, chroma, hue):
    """Return the relative luminance of an oklch colour (Ottosson 2020, WCAG 2)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    clip = (min(max(channel, 0), 1) for channel in (red, green, blue))
    return sum(
        weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), clip, strict=True)
    )


def contrast(one, other):
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_words_can_be_read(side):
    colours = tokens(side)
    for name in WORDS:
        for ground in ("paper", "sheet", "raised"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    for name in ("ink", "quiet", "waiting", "late"):  # on tiles of the strip, on a chosen row
        assert contrast(colours[name], colours["faint"]) >= 4.5, name
    assert contrast(colours["ink"], colours["accent-soft"]) >= 4.5
    assert contrast(colours["paper"], colours["accent"]) >= 4.5


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_edges_of_fields_can_be_seen(side):
    colours = tokens(side)
    for ground in ("paper", "sheet", "raised"):
        assert contrast(colours["edge"], colours[ground]) >= 3, ground
