"""Marks in a text: whom it names, where it leads, its tags. Places are counted in bytes of UTF-8."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final

import regex

from twoway.networks.bluesky.connector.names import is_handle

Facet = dict[str, Any]
Look = Callable[[str], Awaitable[str | None]]
"""Finds the DID behind a handle; None where nobody is called so."""

# Neither letters before it nor a dot: "me@museum.example" names nobody. Writing without spaces
# (Chinese, Thai) may stand right before.
_MENTION: Final = regex.compile(r"(?<![A-Za-z0-9_.@/])@([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)")
# Up to a blank, a quotation mark, or the punctuation of East Asia, which no address ends with.
_LINK: Final = regex.compile(
    r"(?<![A-Za-z0-9_])https?://[^\s\p{Cf}<>\"«»“”„、。，！？；：（）「」『』【】《》]+",
    regex.IGNORECASE,
)
_TAG: Final = regex.compile(r"(?<![^\s(（])[#＃]([^\s#＃\p{Cf}]*[^\d\s\p{P}\p{Cf}][^\s#＃\p{Cf}]*)")
_TAG_LIMIT: Final = 64
_TRAILING: Final = ".,;:!?'\"…"


def links_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Hand out addresses with where they begin and end, without what only ends the sentence."""
    for match in _LINK.finditer(text):
        address = match[0].rstrip(_TRAILING)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_TRAILING)
        if len(address) > len("https://"):
            yield match.start(), match.start() + len(address), address


def handles_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Hand out handles that are named with "@", with where they begin and end."""
    for match in _MENTION.finditer(text):
        if is_handle(match[1]):
            yield match.start(), match.end(), match[1].lower()


def tags_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Hand out tags without "#", with where they begin and end."""
    for match in _TAG.finditer(text):
        tag = regex.sub(r"\p{P}+$", "", match[1])
        if tag and len(regex.findall(r"\X", tag)) <= _TAG_LIMIT:
            yield match.start(), match.start() + 1 + len(tag), tag


async def facets_in(text: str, look: Look) -> list[Facet]:
    """Mark a text; a handle that nobody has stays plain text."""
    taken = [
        (begins, ends, {"$type": "app.bsky.richtext.facet#link", "uri": address})
        for begins, ends, address in links_in(text)
    ]
    for begins, ends, handle in handles_in(text):
        if _is_free(begins, taken) and (did := await look(handle)):
            taken.append((begins, ends, {"$type": "app.bsky.richtext.facet#mention", "did": did}))
    for begins, ends, tag in tags_in(text):
        if _is_free(begins, taken):
            taken.append((begins, ends, {"$type": "app.bsky.richtext.facet#tag", "tag": tag}))
    return [
        {
            "index": {"byteStart": _bytes(text, begins), "byteEnd": _bytes(text, ends)},
            "features": [feature],
        }
        for begins, ends, feature in sorted(taken, key=lambda one: one[0])
    ]


def _is_free(place: int, taken: list[tuple[int, int, Facet]]) -> bool:
    return not any(begins <= place < ends for begins, ends, _ in taken)


def _bytes(text: str, place: int) -> int:
    return len(text[:place].encode())
