"""What the exports of Meta's networks have in common: broken letters, and files of messages.

Facebook and Instagram write each byte of UTF-8 as a letter of its own, and name people by names
alone. State of the facts: November 2026; not run on a real export.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from typing import Any

from twoway.collection.elements import Element, elements, parse_elements
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.collection.values import count, mapping, mappings, need, text
from twoway.core.accounts import Account
from twoway.core.posts import Link, Media, Mention, Post

# Seconds of the year 9999: a larger number counts something else.
_LARGEST_SECOND = 253_402_300_799
_MEDIA = {"photos": "image", "gifs": "image", "videos": "video", "audio_files": "audio"}


def mend(value: object) -> str:
    """Return a text whose letters were written byte by byte; one that was not stays as it is."""
    words = value if isinstance(value, str) else ""
    with suppress(UnicodeError):
        words = words.encode("latin-1").decode()
    return text(words)


def second(value: object) -> int | None:
    """Return a time given in seconds since 1970, in microseconds."""
    seconds = count(value)
    return seconds * 1_000_000 if seconds and seconds <= _LARGEST_SECOND else None


def made_id(*parts: object) -> str:
    """Make an id of a time and a text for what the export gives none; the same wherever it is read."""
    digest = blake2b("\n".join(map(str, parts[1:])).encode(errors="replace"), digest_size=6)
    return f"{parts[0]}-{digest.hexdigest()}"


def person(name: object) -> str | None:
    """Return whom a name means; all of one name are one, as the export tells no more."""
    found = mend(name).strip().lower()[:200]
    return f"@{found}" if found else None


def read_thread(
    source: Source, name: str, network: str, owner: Account
) -> Iterator[Post | Rejected]:
    """Read one file of a conversation; several files of one folder are the same conversation."""
    folder = name.rpartition("/")[0].rpartition("/")[2] or name
    own_names = {person(owner.name), f"@{owner.handle.lower()}"}

    def who(value: object) -> str | None:
        found = person(value)
        return owner.id if found in own_names else found

    people = {
        found
        for element in elements(source, name, "participants")
        if isinstance(element, Element) and (found := who(mapping(element.value).get("name")))
    }

    def parse(value: object) -> Iterator[Post]:
        message = mapping(value)
        at = need(count(message.get("timestamp_ms")), "time")
        author = need(who(message.get("sender_name")), "sender")
        words = mend(message.get("content"))
        others = people - {author}
        yield Post(
            network=network,
            id=made_id(at, folder, author, words),
            author=author,
            said_at=need(second(at // 1_000), "time that can be") + at % 1_000 * 1_000,
            text=words,
            visibility="private",
            nesting="chat",
            root=folder,
            mentions=tuple(Mention(other) for other in others) if len(others) == 1 else (),
            links=_links(message),
            media=tuple(_media(message)),
        )

    yield from parse_elements(source, [name], parse, "messages")


def _links(message: Mapping[str, Any]) -> tuple[Link, ...]:
    address = mend(mapping(message.get("share")).get("link"))
    return (Link(address),) if address else ()


def _media(message: Mapping[str, Any]) -> Iterator[Media]:
    for key, kind in _MEDIA.items():
        for item in mappings(message.get(key)):
            yield Media(kind, mend(item.get("description")) or None)
