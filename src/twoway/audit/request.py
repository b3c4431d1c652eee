"""What an audit is asked to do: the command's options as one value."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Handles as the user typed them, with or without @.

    `ours` are groups of handles that are one organisation. `window` is "90d", "all" or
    "2026-01-01..2026-03-31". `covers` overrules the coverage that readers inferred. `only` are ids or
    numbers of measures; none means all, and a verdict.
    """

    accounts: tuple[str, ...] = ()
    ours: tuple[tuple[str, ...], ...] = ()
    brands: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    zone: str = "UTC"
    window: str = "90d"
    change: date | None = None
    only: tuple[str, ...] = ()
