"""What fits into a post and into a private message, by the lexicons of November 2026."""

from typing import Final

from twoway.connectors.interface import Limits

LIMITS: Final = Limits(
    characters=300,
    counted="graphemes",
    utf8_bytes=3_000,
    media=4,
    media_bytes=2_000_000,
    media_types=("image/jpeg", "image/png", "image/webp", "image/gif"),
)
MESSAGES: Final = Limits(characters=1_000, counted="graphemes", utf8_bytes=10_000)
