"""A post in the form of X's API, version 2, under the names of before and after 2026."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from twoway.collection.values import count, identifier, mapping, mappings, need, text, texts
from twoway.core.posts import Media, Mention, Post
from twoway.networks.x.edits import Revision
from twoway.networks.x.page import Fields, Page, either
from twoway.networks.x.tweets import (
    MEDIA_KINDS,
    id_time,
    order_history,
    posted_at,
    read_client,
    read_language,
)
from twoway.networks.x.wording import NETWORK, Handle, ShortLink, read_mentions, read_wording

# A follower count is one "at the time" of a post when it was seen within a week of it.
_FRESH = 7 * 24 * 3600 * 1_000_000


def read_post(record: Fields, page: Page, observed_at: int | None) -> Revision:
    """Read one post of a page; raises Lacking where it has no id, author or time."""
    own_id = need(identifier(record.get("id")), "id")
    author = need(identifier(record.get("author_id")), "author")
    made_at = need(posted_at(record.get("created_at"), own_id), "time")
    history = order_history(either(record, "edit_history_{}_ids", "tweet", "post"), own_id)
    user = page.included_users.get(author, {})
    known = Post(
        network=NETWORK,
        id=history[-1],
        author=author,
        said_at=made_at if own_id == history[0] else id_time(history[0]) or made_at,
        address=f"https://x.com/{text(user.get('username')) or 'i'}/status/{history[-1]}",
        language=read_language(record.get("lang")),
        visibility="followers" if user.get("protected") is True else "public",
        client=read_client(record.get("source")),
    )
    referred = {
        text(entry.get("type")): identifier(entry.get("id"))
        for entry in mappings(either(record, "referenced_{}", "tweets", "posts"))
    }
    if shared := referred.get("retweeted"):
        post = replace(known, shared=shared, shared_author=page.author_of(shared))
    else:
        post = _with_counts(_with_words(known, record, referred, page), record, user, observed_at)
    return Revision(own_id, history, made_at, post)


def _with_words(
    known: Post, record: Fields, referred: Mapping[str, str | None], page: Page
) -> Post:
    note = mapping(either(record, "note_{}", "tweet", "post"))
    parent, root = referred.get("replied_to"), identifier(record.get("conversation_id"))
    parent_author = identifier(record.get("in_reply_to_user_id")) or page.author_of(parent)
    wording = read_wording(
        text(note.get("text")) or text(record.get("text")),
        _short_links(mapping(note.get("entities")) or mapping(record.get("entities"))),
        known.id,
        referred.get("quoted"),
    )
    attachments = mapping(record.get("attachments"))
    return replace(
        known,
        text=wording.text,
        parent=parent,
        parent_author=parent_author,
        root=None if root == known.id else root,
        root_author=None if root == known.id else page.author_of(root),
        is_reply=parent is not None or parent_author is not None,
        quoted=wording.quoted,
        quoted_author=page.author_of(wording.quoted) or wording.quoted_author,
        mentions=_read_mentions(known, record, parent, parent_author, page),
        links=wording.links,
        media=tuple(_read_media(attachments, page)),
        poll=tuple(_read_poll(attachments, page)),
    )


def _with_counts(post: Post, record: Fields, user: Fields, observed_at: int | None) -> Post:
    metrics = mapping(record.get("public_metrics"))
    is_fresh = observed_at is not None and observed_at - post.said_at < _FRESH
    followers = count(mapping(user.get("public_metrics")).get("followers_count"))
    return replace(
        post,
        observed_at=observed_at,
        author_followers=followers if is_fresh else None,
        seen_replies=count(metrics.get("reply_count")),
        seen_shares=count(either(metrics, "{}_count", "retweet", "repost")),
        seen_likes=count(metrics.get("like_count")),
    )


def _read_mentions(
    known: Post, record: Fields, parent: str | None, parent_author: str | None, page: Page
) -> tuple[Mention, ...]:
    """Tell copied handles from typed ones; where the parent is here, the import compares the two."""
    handles = [
        Handle(identifier(entity.get("id")) or page.account_called(handle), handle)
        for entity in mappings(mapping(record.get("entities")).get("mentions"))
        if (handle := text(entity.get("username")))
    ]
    shown = record.get("display_text_range")
    hidden = (count(shown[0]) or 0) if isinstance(shown, list) and shown else 0
    is_here = parent in page.included_posts or parent_author == known.author
    return read_mentions(
        text(record.get("text")), handles, parent_author, hidden, None if is_here else False
    )


def _short_links(entities: Fields) -> Iterator[ShortLink]:
    for link in mappings(entities.get("urls")):
        short = text(link.get("url"))
        if address := text(link.get("unwound_url")) or text(link.get("expanded_url")) or short:
            title = text(link.get("title")) or None
            yield ShortLink(short, address, title, is_media="media_key" in link)


def _read_media(attachments: Fields, page: Page) -> Iterator[Media]:
    for key in texts(attachments.get("media_keys")):
        item = page.media.get(key, {})
        kind = MEDIA_KINDS.get(text(item.get("type")), "other")
        yield Media(kind, text(item.get("alt_text")) or None)


def _read_poll(attachments: Fields, page: Page) -> Iterator[str]:
    for own_id in texts(attachments.get("poll_ids")):
        for option in mappings(page.polls.get(own_id, {}).get("options")):
            yield text(option.get("label"))
