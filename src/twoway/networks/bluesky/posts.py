"""A post on Bluesky: what its record says, where it stands, and whom it names."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from twoway.collection.values import identifier, mapping, mappings, text, texts
from twoway.core.accounts import Account
from twoway.core.posts import Link, Media, Mention, Post

NETWORK = "bluesky"

Fields = Mapping[str, Any]

_POST = re.compile(r"at://([^/]+)/app\.bsky\.feed\.post/([^/]+)")
_CHECKSUM = re.compile(r"[a-z2-7]{32,128}")


def read_post(record: Fields, address: str, said_at: int) -> Post:
    """Read the record of a post at its at:// address."""
    reply, embed = mapping(record.get("reply")), mapping(record.get("embed"))
    parent, root = reference(reply.get("parent")), reference(reply.get("root"))
    quoted, cards = _read_embedded(embed)
    words, links = spell_out(record)
    languages = texts(record.get("langs"))
    return Post(
        network=NETWORK,
        id=address,
        author=author_of(address) or address,
        said_at=said_at,
        text=words,
        address=page_of(address),
        language=languages[0] if languages else None,
        parent=parent,
        parent_author=author_of(parent),
        root=root,
        root_author=author_of(root),
        is_reply=parent is not None,
        quoted=quoted,
        quoted_author=author_of(quoted),
        mentions=tuple(Mention(account) for account in {a.id: a for a in read_people(record)}),
        links=_joined([*links, *cards]),
        media=tuple(_read_media(embed, author_of(address))),
        poll=tuple(texts(embed.get("options"))),
        client=text(record.get("via")) or None,
    )


def reference(value: object) -> str | None:
    """Return the at:// address in a reference, which also holds a checksum."""
    found = identifier(mapping(value).get("uri"))
    return found if found and found.startswith("at://") else None


def author_of(address: str | None) -> str | None:
    """Return whose repository an at:// address leads into; addresses by handle do not say."""
    authority = (address or "").removeprefix("at://").partition("/")[0]
    return authority if authority.startswith("did:") else None


def page_of(address: str) -> str | None:
    """Return where people see a post."""
    match = _POST.fullmatch(address)
    return f"https://bsky.app/profile/{match[1]}/post/{match[2]}" if match else None


def read_people(record: Fields) -> Iterator[Account]:
    """Return the accounts a post names, by the handle it names them with.

    Only facets make a mention; a handle typed without one names nobody.
    """
    raw = _raw_text(record)
    for named in _old_entities(record, "mention"):
        if named.startswith("did:"):
            yield Account(network=NETWORK, id=named, handle=named)
    for begins, ends, feature in _features(record, "mention"):
        if (account := identifier(feature.get("did"))) and account.startswith("did:"):
            shown = raw[begins:ends].decode(errors="replace").removeprefix("@").strip()
            yield Account(network=NETWORK, id=account, handle=text(shown) or account)


def spell_out(record: Fields) -> tuple[str, list[Link]]:
    """Put the addresses of links in place of what abbreviates them; positions count bytes."""
    raw = _raw_text(record)
    parts: list[str] = []
    links = [Link(address) for address in _old_entities(record, "link") if _opens(address)]
    done = 0
    for begins, ends, feature in _features(record, "link"):
        address = _of_the_web(feature.get("uri"))
        before, shown = _cut(raw, done, begins), _cut(raw, begins, ends)
        if address:
            links.append(Link(address))
        if address and shown and before is not None and begins >= done:
            is_short = _bare(address).startswith(_bare(shown))
            parts += [before, address if is_short else f"{shown} {address}"]
            done = ends
    parts.append(raw[done:].decode(errors="replace"))
    return text("".join(parts)).strip(), links


def _cut(raw: bytes, begins: int, ends: int) -> str | None:
    """Return a part of a text; None where it begins or ends inside a character."""
    try:
        return raw[begins:ends].decode()
    except UnicodeDecodeError:
        return None


def _old_entities(record: Fields, kind: str) -> Iterator[str]:
    """Return what posts named before there were facets (early 2023)."""
    for entity in mappings(record.get("entities")):
        if entity.get("type") == kind and (value := identifier(entity.get("value"))):
            yield value


def _raw_text(record: Fields) -> bytes:
    words = record.get("text")
    return words.encode(errors="replace") if isinstance(words, str) else b""


def _features(record: Fields, kind: str) -> Iterator[tuple[int, int, Fields]]:
    """Return the facets of a kind in the order of the text; what lies outside of it is cut off."""
    length = len(_raw_text(record))
    name = f"app.bsky.richtext.facet#{kind}"
    found = [
        (min(begins, length), min(ends, length), feature)
        for facet in mappings(record.get("facets"))
        for begins, ends in [_bounds(mapping(facet.get("index")))]
        for feature in mappings(facet.get("features"))
        if feature.get("$type") == name and 0 <= begins < ends
    ]
    yield from sorted(found, key=lambda facet: facet[:2])


def _bounds(index: Fields) -> tuple[int, int]:
    begins, ends = index.get("byteStart"), index.get("byteEnd")
    return (begins, ends) if isinstance(begins, int) and isinstance(ends, int) else (-1, -1)


def _read_embedded(embed: Fields) -> tuple[str | None, list[Link]]:
    """Return the post that is quoted, and links to anything else that is shown below the text."""
    links = []
    for part in (embed, mapping(embed.get("media"))):
        card = mapping(part.get("external"))
        if address := _of_the_web(card.get("uri")):
            links.append(Link(address, text(card.get("title")) or None))
    record = mapping(embed.get("record"))
    shown = reference(record) or reference(record.get("record"))  # alone, or beside media
    if shown is None or _POST.fullmatch(shown):
        return shown, links
    return None, [*links, Link(shown)]


def _read_media(embed: Fields, author: str | None) -> Iterator[Media]:
    for part in (embed, mapping(embed.get("media"))):
        # A gallery was specified with `media` (2026); importers of drafts write `items`.
        pictures = part.get("images") or part.get("items") or part.get("media")
        for picture in mappings(pictures):
            alt = text(picture.get("alt")) or None
            yield Media("image", alt, _picture(author, mapping(picture.get("image"))))
        if "video" in part:
            yield Media("video", text(part.get("alt")) or None)


def _picture(author: str | None, blob: Fields) -> str | None:
    """Return where Bluesky shows a picture small (2026-11); the record has only its checksum."""
    checksum = text(mapping(blob.get("ref")).get("$link"))
    if author is None or not _CHECKSUM.fullmatch(checksum):
        return None
    return f"https://cdn.bsky.app/img/feed_thumbnail/plain/{author}/{checksum}@jpeg"


def _of_the_web(value: object) -> str:
    """Return an address that may be opened; nothing for "javascript:" and its like."""
    address = text(value).strip()
    return address if _opens(address) else ""


def _opens(address: str) -> bool:
    return address[:8].lower().startswith(("http://", "https://"))


def _joined(links: list[Link]) -> tuple[Link, ...]:
    """Name each address once, with the title of its card."""
    found: dict[str, Link] = {}
    for link in links:
        if link.address not in found or link.title:
            found[link.address] = link
    return tuple(found.values())


def _bare(address: str) -> str:
    """Return what abbreviations have in common with the address."""
    return re.sub(r"^https?://(?:www\.)?", "", address.strip()).rstrip("…./").lower()
