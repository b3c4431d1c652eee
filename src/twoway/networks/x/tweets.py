"""A post in X's older form (version 1.1): what archives and twarc's first version hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from twoway.collection.values import (
    count,
    identifier,
    mapping,
    mappings,
    microseconds,
    moment,
    need,
    text,
    texts,
)
from twoway.core.posts import Media, Post
from twoway.networks.x.edits import Revision
from twoway.networks.x.wording import (
    NETWORK,
    Handle,
    ShortLink,
    read_mentions,
    read_wording,
    shared_handle,
)

_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_TIME = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d):(\d\d):(\d\d) [+]0000 (\d{4})", re.ASCII
)
# Ids count milliseconds since this moment from 2010-11-04 on; smaller ones were given one by one.
_SNOWFLAKES_BEGIN = 1_288_834_974_657
_FIRST_SNOWFLAKE = 29_700_859_247
MEDIA_KINDS = {"photo": "image", "video": "video", "animated_gif": "video"}
# X's own words for "not determined", "only links", "only media" and the like (seen 2026-08).
_NO_LANGUAGE = frozenset({"und", "zxx", "art", "qam", "qct", "qht", "qme", "qst"})


def read_tweet(
    tweet: Mapping[str, Any],
    author: str,
    *,
    whole_text: str = "",
    handle: str | None = None,
    observed_at: int | None = None,
) -> Revision:
    """Read one record; raises Lacking where it has no id or no time.

    `whole_text` is what a cut text really says, `handle` the author's. An edited post goes by its
    last id, which replies and likes use, and by the time of its first version.
    """
    own_id = need(id_of(tweet), "id")
    history = _history(tweet, own_id)
    made_at = need(posted_at(tweet.get("created_at"), own_id), "time")
    known = Post(
        network=NETWORK,
        id=history[-1],
        author=author,
        said_at=made_at if own_id == history[0] else id_time(history[0]) or made_at,
        address=f"https://x.com/{handle or 'i'}/status/{history[-1]}",
        language=read_language(tweet.get("lang")),
        client=read_client(tweet.get("source")),
    )
    raw = whole_text or text(tweet.get("full_text")) or text(tweet.get("text"))
    post = _as_share(known, tweet, raw) or _with_words(known, tweet, raw, observed_at)
    return Revision(own_id, history, made_at, post)


def id_of(record: Mapping[str, Any], key: str = "id") -> str | None:
    """Return an id, as text where the record has it as text: numbers may have been rounded."""
    return identifier(record.get(f"{key}_str")) or identifier(record.get(key))


def posted_at(value: object, own_id: str) -> int | None:
    """Return the time of a post: as the record says it, else as its id does."""
    match = _TIME.fullmatch(text(value))
    if match is None:
        return moment(value) or id_time(own_id)
    month, day, hour, minute, second, year = match.groups()
    try:
        at = datetime(
            int(year),
            _MONTHS.index(month) // 3 + 1,
            int(day),
            int(hour),
            int(minute),
            int(second),
            tzinfo=UTC,
        )
    except ValueError:
        return id_time(own_id)
    return microseconds(at)


def id_time(post: str) -> int | None:
    """Return the time that an id holds, to the millisecond; None for ids before 2010-11-04."""
    if not post.isdecimal() or not _FIRST_SNOWFLAKE < int(post) < 2**63:
        return None
    return ((int(post) >> 22) + _SNOWFLAKES_BEGIN) * 1_000


def read_language(value: object) -> str | None:
    """Return the language that X found."""
    found = text(value)
    return found if found and found not in _NO_LANGUAGE else None


def read_client(value: object) -> str | None:
    """Return the name of the program, which older records wrap into a link."""
    return re.sub(r"<[^>]*>", "", text(value)).strip() or None


def account_of(record: Mapping[str, Any], key: str, handle_key: str) -> str | None:
    """Return an account by its id, else by its handle: who left X has the id -1 or none at all."""
    own_id, handle = id_of(record, key), text(record.get(handle_key))
    return own_id if own_id and own_id.isdecimal() else f"@{handle}" if handle else None


def read_handles(tweet: Mapping[str, Any]) -> list[Handle]:
    """Return the accounts that X says are named."""
    return [
        Handle(account, text(entity.get("screen_name")), text(entity.get("name")))
        for entity in mappings(mapping(tweet.get("entities")).get("user_mentions"))
        if (account := account_of(entity, "id", "screen_name")) and text(entity.get("screen_name"))
    ]


def _with_words(known: Post, tweet: Mapping[str, Any], raw: str, observed_at: int | None) -> Post:
    quoted = id_of(tweet, "quoted_status_id")
    wording = read_wording(raw, _short_links(tweet), known.id, quoted)
    parent_author = account_of(tweet, "in_reply_to_user_id", "in_reply_to_screen_name")
    cut = text(tweet.get("full_text")) or raw  # only here stand the handles that X copied
    # Whether they were copied shows in the parent, which is here when it is the author's own.
    in_run = None if parent_author == known.author else False
    return replace(
        known,
        text=wording.text,
        parent=id_of(tweet, "in_reply_to_status_id"),
        parent_author=parent_author,
        is_reply=parent_author is not None,
        quoted=wording.quoted,
        quoted_author=_author_of(tweet.get("quoted_status")) or wording.quoted_author,
        mentions=read_mentions(cut, read_handles(tweet), parent_author, _hidden(tweet), in_run),
        links=wording.links,
        media=tuple(_read_media(tweet)),
        observed_at=observed_at,
        seen_shares=count(tweet.get("retweet_count")),
        seen_likes=count(tweet.get("favorite_count")),
    )


def _as_share(known: Post, tweet: Mapping[str, Any], raw: str) -> Post | None:
    """Return the plain share that this record is; None where it is none.

    Archives do not name the post that is shared, save by its media. A stand-in keeps it a share.
    """
    original = mapping(tweet.get("retweeted_status"))
    if original:
        original_id = id_of(original) or f"shared by {known.id}"
        return replace(known, shared=original_id, shared_author=_author_of(original))
    handle = shared_handle(raw)
    if handle is None:
        return None
    named = (h.account for h in read_handles(tweet) if h.handle.lower() == handle.lower())
    author = next(named, f"@{handle}")
    media = next(iter(_media(tweet)), {})
    is_theirs = id_of(media, "source_user_id") == author
    post = id_of(media, "source_status_id") if is_theirs else None
    return replace(known, shared=post or f"shared by {known.id}", shared_author=author)


def _author_of(tweet: object) -> str | None:
    return id_of(mapping(mapping(tweet).get("user")))


def _history(tweet: Mapping[str, Any], own_id: str) -> tuple[str, ...]:
    """Return the ids of all versions, which stand in one place for the first and another for edits."""
    info = mapping(tweet.get("edit_info"))
    control = mapping(mapping(info.get("edit")).get("editControlInitial"))
    return order_history(
        mapping(info.get("initial")).get("editTweetIds") or control.get("editTweetIds"), own_id
    )


def order_history(ids: object, own_id: str) -> tuple[str, ...]:
    """Order the ids of all versions by age; one that does not know its own id is none."""
    found = {i for i in texts(ids) if i.isdecimal() and len(i) <= 20}
    return tuple(sorted(found, key=int)) if own_id in found else (own_id,)


def _hidden(tweet: Mapping[str, Any]) -> int:
    """Return how many characters at the start people do not see; archives nearly always say 0."""
    shown = tweet.get("display_text_range")
    return (count(shown[0]) or 0) if isinstance(shown, list) and shown else 0


def _media(tweet: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what is attached; `entities` holds only the first of several."""
    extended = mapping(tweet.get("extended_entities")).get("media")
    return mappings(extended) or mappings(mapping(tweet.get("entities")).get("media"))


def _read_media(tweet: Mapping[str, Any]) -> Iterator[Media]:
    for item in _media(tweet):
        kind = MEDIA_KINDS.get(text(item.get("type")), "other")
        yield Media(kind, text(item.get("ext_alt_text")) or text(item.get("alt_text")) or None)


def _short_links(tweet: Mapping[str, Any]) -> Iterator[ShortLink]:
    for link in mappings(mapping(tweet.get("entities")).get("urls")):
        short = text(link.get("url"))
        if address := text(link.get("expanded_url")) or short:
            yield ShortLink(short, address)
    for item in _media(tweet):
        yield ShortLink(text(item.get("url")), "", is_media=True)
