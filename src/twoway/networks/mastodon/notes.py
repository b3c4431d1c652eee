"""A post of the fediverse in ActivityStreams: what a note, a poll or a boost says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from twoway.collection.values import (
    count,
    identifier,
    mapping,
    mappings,
    moment,
    need,
    text,
    texts,
)
from twoway.core.accounts import Account
from twoway.core.posts import Media, Mention, Post, Visibility
from twoway.networks.mastodon.addresses import PUBLIC, author_at, handle_at, is_page_of
from twoway.networks.mastodon.markup import Markup, host_of, read_markup

NETWORK = "mastodon"

Fields = Mapping[str, Any]

_QUOTES = ("quote", "quoteUri", "quoteUrl", "_misskey_quote")


def read_note(note: Fields, author: Account, observed_at: int | None = None) -> Post:
    """Read a note, poll or article; raises Lacking without id or time."""
    parent = address_of(note.get("inReplyTo"))
    quoted = next((found for name in _QUOTES if (found := address_of(note.get(name)))), None)
    language, html = _content(note)
    markup = read_markup(html, without_quote=quoted is not None)
    named = list(read_people(note))
    people = [author, *named]
    parent_author = author_at(parent, people) if parent else None
    visibility = read_visibility(note)
    own_id = need(address_of(note), "id")
    return Post(
        network=NETWORK,
        id=own_id,
        author=author.id,
        said_at=need(moment(note.get("published")), "time"),
        text=_join(text(note.get("name")), text(note.get("summary")), markup.text),
        address=address_of(note.get("url")) or own_id,
        language=language,
        visibility=visibility,
        nesting="chat" if visibility == "private" else "threaded",
        parent=parent,
        parent_author=parent_author,
        is_reply=parent is not None,
        quoted=quoted,
        quoted_author=author_at(quoted, people) if quoted else None,
        mentions=tuple(_read_mentions(named, markup, parent, author.id, parent_author)),
        links=markup.links,
        media=tuple(_read_media(note)),
        poll=tuple(_read_poll(note)),
        observed_at=observed_at,
        seen_shares=count(mapping(note.get("shares")).get("totalItems")),
        seen_likes=count(mapping(note.get("likes")).get("totalItems")),
    )


def read_boost(activity: Fields, author: Account) -> Post:
    """Read a boost: the post it shows is named by its address, or stands inside."""
    shared = need(address_of(activity.get("object")), "shared post")
    inside = address_of(mapping(activity.get("object")).get("attributedTo"))
    own_id = need(address_of(activity), "id").removesuffix("/activity")
    return Post(
        network=NETWORK,
        id=own_id,
        author=author.id,
        said_at=need(moment(activity.get("published")), "time"),
        address=own_id,
        visibility=read_visibility(activity),
        shared=shared,
        shared_author=inside or author_at(shared, [author]),
    )


def read_people(note: Fields) -> list[Account]:
    """Return the accounts that a note is tagged with."""
    return [
        Account(network=NETWORK, id=account, handle=_handle(tag, account))
        for tag in mappings(note.get("tag"))
        if tag.get("type") == "Mention" and (account := identifier(tag.get("href")))
    ]


def read_visibility(fields: Fields) -> Visibility:
    """Return who may see a post; unlisted is public, as everybody can find it."""
    audience = [*texts(fields.get("to")), *texts(fields.get("cc"))]
    if PUBLIC.intersection(audience):
        return "public"
    return "followers" if any(one.endswith("/followers") for one in audience) else "private"


def is_vote(note: Fields) -> bool:
    """Tell the vote in a poll, which is sent like a note: a name, no content, and in reply."""
    return "name" in note and not note.get("content") and bool(note.get("inReplyTo"))


def address_of(value: object) -> str | None:
    """Return the id of an object, which may stand there whole, in a list, or as its id alone."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("id") or value.get("href")
    return identifier(value) if isinstance(value, str) else None


def _content(note: Fields) -> tuple[str | None, str]:
    """Return language and HTML: `contentMap` has both, for one language as far as anybody writes."""
    by_language = {k: v for k, v in mapping(note.get("contentMap")).items() if isinstance(v, str)}
    language, html = next(iter(by_language.items()), (None, ""))
    return text(language) or None, text(note.get("content")) or html


def _read_mentions(
    named: Sequence[Account],
    markup: Markup,
    parent: str | None,
    author: str,
    parent_author: str | None,
) -> Iterator[Mention]:
    """Tell which names were copied: those at the start of a reply, save that of whom it answers.

    Below a post of one's own the import compares them with that post, which is here. Some servers
    name the author in an answer to themselves; that says nothing.
    """
    in_run = None if parent_author == author else False
    for account in {one.id: one for one in named if one.id != author}.values():
        places = (name.is_leading for name in markup.names if is_page_of(name.address, account))
        is_typed = parent is None or account.id == parent_author or False in places
        yield Mention(account.id, True if is_typed else in_run)


def _handle(tag: Fields, account: str) -> str:
    """Return user@host; within one server the tag leaves the host out."""
    name = text(tag.get("name")).strip().removeprefix("@")
    if name and "@" not in name:
        name = f"{name}@{host_of(account)}"
    return name or handle_at(account) or account


def _read_media(note: Fields) -> Iterator[Media]:
    for item in mappings(note.get("attachment")):
        kind = text(item.get("mediaType")).partition("/")[0] or text(item.get("type")).lower()
        known = kind if kind in ("image", "video", "audio") else "other"
        yield Media(known, text(item.get("name")) or text(item.get("summary")) or None)


def _read_poll(note: Fields) -> Iterator[str]:
    options: Sequence[Fields] = mappings(note.get("oneOf")) or mappings(note.get("anyOf"))
    yield from (text(option.get("name")) for option in options)


def _join(*paragraphs: str) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
