"""The whole texts of long posts, which archives keep apart from the posts cut short."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from twoway.collection.values import identifier, mapping, moment, text
from twoway.networks.x.wording import unescape

# Enough to tell two long posts of the same second apart.
_COMPARED = 40
_NOISE = re.compile(r"^(?:@\w+\s+)+|https?://t\.co/\w+|…$|\s+")


class LongTexts:
    """Long texts by id and by second; an archive gives the post's id or only its time.

    Some 2 kB of memory each: they come after the posts they belong to.
    """

    def __init__(self) -> None:
        self._by_id: dict[str, str] = {}
        self._by_second: dict[int, list[str]] = defaultdict(list)

    def keep(self, record: object) -> tuple[()]:
        """Keep the text of one record of note-tweet.js."""
        note = mapping(mapping(record).get("noteTweet"))
        words = _words(note)
        if words and (own_id := identifier(note.get("noteTweetId"))):
            self._by_id[own_id] = words
        if words and (at := moment(note.get("createdAt"))) is not None:
            self._by_second[at // 1_000_000].append(words)
        return ()

    def find(self, post: str | None, made_at: int | None, cut: str) -> str:
        """Return the whole text of a post of which `cut` is known; empty where there is none."""
        if post in self._by_id:
            return self._by_id[post]
        if made_at is None:
            return ""
        beginning = _compared(cut)
        candidates = self._by_second.get(made_at // 1_000_000, ())
        return next((t for t in candidates if _compared(t).startswith(beginning)), "")


def _words(note: Mapping[str, Any]) -> str:
    """Return the text from either place where importers have seen it (facts of 2026-09)."""
    contents = mapping(note.get("noteTweetContents"))
    return text(mapping(note.get("core")).get("text")) or text(contents.get("text"))


def _compared(words: str) -> str:
    return _NOISE.sub("", unescape(words))[:_COMPARED]
