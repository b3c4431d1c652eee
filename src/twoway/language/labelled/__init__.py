"""The project's own labelled posts, all invented; docs/reference/models/labelled-posts.md is their card.

`first` and `ours` have two halves: "tuning", which training may read, and "held out"; `second` was
kept apart from all training.
"""

import json
from importlib.resources import files
from typing import Any

from twoway.language.evaluation import Labelled


def rows(name: str, half: str | None = None) -> list[dict[str, Any]]:
    """Return the rows of set `name` (first, second, ours), of one `half` where it is named."""
    text = files("twoway.language.labelled").joinpath(f"{name}.jsonl").read_text("utf-8")
    found = map(json.loads, text.splitlines())
    return [row for row in found if half is None or row["half"] == half]


def posts(name: str, half: str | None = None) -> list[Labelled]:
    """Return them as posts with the kinds a person gave them."""
    return [
        Labelled(row["text"], frozenset(row["kinds"]), row["language"]) for row in rows(name, half)
    ]
