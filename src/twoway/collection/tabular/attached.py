"""Links and media of a row's post."""

from collections.abc import Iterator
from typing import Any, Final

from twoway.collection.tabular.cells import is_empty, read_list
from twoway.collection.tabular.wording import find_anchors, find_links
from twoway.collection.values import text
from twoway.core.posts import Link, Media

_KINDS: Final = {
    "photo": "image", "image": "image", "picture": "image", "album": "image", "gif": "video",
    "animated_gif": "video", "video": "video", "native_video": "video", "live_video": "video",
    "video_inline": "video", "youtube": "video", "audio": "audio", "music": "audio",
}  # fmt: skip
_ADDRESS_KEYS: Final = ("expanded_url", "unwound_url", "url", "uri", "href", "text")
# A post with more is an attack on whoever opens it.
_MOST: Final = 200


def read_links(column: Any, title: Any, raw: Any, body: str) -> tuple[Link, ...]:
    """Return the links of a column and of the text, each once; the title is that of the first."""
    if column is None and "://" not in body and not (isinstance(raw, str) and "href" in raw):
        return ()
    found = dict.fromkeys(_addresses(column)) if column is not None else {}
    name = None if is_empty(title) or not isinstance(title, str) else title.strip()
    titled = next(iter(found), None)
    if isinstance(raw, str) and "href" in raw:
        found.update(dict.fromkeys(find_anchors(raw)))
    for address in find_links(body):
        if not any(address.rstrip("…") in longer for longer in found):
            found[address] = None
    return tuple(
        Link(address, name if address == titled else None) for address in list(found)[:_MOST]
    )


def read_media(column: Any) -> tuple[Media, ...]:
    """Return what is attached, told by a kind, by addresses, or by objects with a type."""
    if not column:
        return ()
    return tuple(media for item in read_list(column)[:_MOST] if (media := _medium(item)))


def _medium(item: Any) -> Media | None:
    if isinstance(item, dict):
        alt = item.get("alt_text") or item.get("altText")
        kind = _KINDS.get(str(item.get("type", "")).lower(), "other")
        return Media(kind, text(alt) or None)
    word = str(item).strip().lower()
    kind = "other" if "://" in word else _KINDS.get(word, "")
    return Media(kind) if kind else None


def _addresses(column: Any) -> Iterator[str]:
    if isinstance(column, str) and "://" in column and column[:1] not in "[{":
        yield from find_links(column)
        return
    for item in read_list(column):
        address = item
        if isinstance(item, dict):
            address = next((str(item[key]) for key in _ADDRESS_KEYS if item.get(key)), "")
        if isinstance(address, str) and "://" in address:
            yield address.strip()[:2_000]
