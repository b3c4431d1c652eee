"""The tokens keep 4.5 : 1 for words and 3 : 1 for what charts draw, in light and in dark."""

import re
from math import cos, radians, sin
from pathlib import Path

import pytest

CSS = Path(__file__).parents[1].joinpath("templates", "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = CSS.split("prefers-color-scheme: dark")
WORDS = ("ink", "quiet", "accent", "waiting", "late", "settled")


def tokens(css):
    found = re.findall(r"--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)", css)
    return {name: luminance(*map(float, value)) for name, *value in found}


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


@pytest.mark.parametrize("css", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read(css):
    colours = tokens(css)
    for name in WORDS:
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
    for name in ("ink", "quiet"):  # on the tiles of the strip
        assert contrast(colours[name], colours["faint"]) >= 4.5, name
    assert contrast(colours["ink"], colours["accent-soft"]) >= 4.5
    assert contrast(colours["paper"], colours["accent"]) >= 4.5


def test_dark_names_what_light_names():
    assert tokens(LIGHT).keys() == tokens(DARK).keys()
