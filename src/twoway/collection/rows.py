"""Records as rows of core/tables.py, cell by cell in the order of its columns."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from twoway.collection.records import Deletion
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage
from twoway.core.identity import key
from twoway.core.posts import Link, Media, Mention, Post
from twoway.core.reactions import Mark, Reaction

Row = tuple[Any, ...]

_SITE = re.compile(r"^[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)", re.IGNORECASE)
# Keys of accounts are asked for again and again, those of posts once or twice.
_REMEMBERED: Final = 200_000
_keys: dict[tuple[str, str], int] = {}


def account_key(network: str, account: str) -> int:
    """Return the key of an account, remembering the last ones: a digest costs 1 µs.

    "@Handle" and "@handle" are the same somebody of whom we know no id.
    """
    found = _keys.get((network, account))
    if found is None:
        if len(_keys) >= _REMEMBERED:
            _keys.clear()
        found = _keys[(network, account)] = key(network, account_id(account))
    return found


def account_id(account: str) -> str:
    """Return the id as it is kept: handles that stand for an unknown id in lower case."""
    return account.lower() if account.startswith("@") else account


def _post_key(network: str, post: str | None) -> int | None:
    return None if post is None else key(network, post)


def _author_key(network: str, account: str | None) -> int | None:
    return None if account is None else account_key(network, account)


def site_of(address: str) -> str | None:
    """Return the host of an address in lower case, without www."""
    found = _SITE.match(address)
    return found[1].lower() if found else None


def of_post(post: Post) -> Row:
    """Return the row of core.tables.POSTS."""
    network, parent, root, quoted, shared = (
        post.network, post.parent, post.root, post.quoted, post.shared,
    )  # fmt: skip
    own = key(network, post.id)
    parent_key = _post_key(network, parent)
    if root is None:
        root_key = None
    elif root == parent:
        root_key = parent_key
    else:
        root_key = own if root == post.id else key(network, root)
    return (
        own, network, post.id, account_key(network, post.author), post.said_at, post.text,
        post.address, post.language, post.visibility, post.nesting,
        parent_key, parent, _author_key(network, post.parent_author),
        root_key, root, _author_key(network, post.root_author),
        _post_key(network, quoted), quoted, _author_key(network, post.quoted_author),
        _post_key(network, shared), shared, _author_key(network, post.shared_author),
        post.is_reply or parent is not None, bool(post.poll), post.client, post.automatic,
        post.deleted_at, post.author_followers, post.observed_at,
        post.seen_replies, post.seen_shares, post.seen_likes, None,
    )  # fmt: skip


def of_mentions(own: int, post: Post) -> Iterator[Row]:
    """Return the rows of core.tables.MENTIONS."""
    return mention_rows(own, post.network, post.mentions)


def of_links(own: int, post: Post) -> Iterator[Row]:
    """Return the rows of core.tables.LINKS."""
    return link_rows(own, post.network, post.links)


def of_media(own: int, post: Post) -> Iterator[Row]:
    """Return the rows of core.tables.MEDIA."""
    return media_rows(own, post.network, post.media)


def mention_rows(own: int, network: str, mentions: Iterable[Mention]) -> Iterator[Row]:
    """Return the rows of core.tables.MENTIONS for what one post names."""
    for mention in mentions:
        named = account_key(network, mention.account)
        yield own, named, mention.is_new is not False, mention.is_new


def link_rows(own: int, network: str, links: Iterable[Link]) -> Iterator[Row]:
    """Return the rows of core.tables.LINKS for what one post links to."""
    for link in links:
        leads_to = _post_key(network, link.leads_to)
        yield own, link.address, link.title, site_of(link.address), leads_to


def media_rows(own: int, _network: str, media: Iterable[Media]) -> Iterator[Row]:
    """Return the rows of core.tables.MEDIA for what is attached to one post."""
    for place, medium in enumerate(media):
        yield own, place, medium.kind, medium.alt_text


def of_versions(own: int, post: Post) -> Iterator[Row]:
    """Return the rows of core.tables.VERSIONS, the first text first."""
    for number, version in enumerate(sorted(post.earlier, key=lambda one: one.replaced_at)):
        yield own, number, version.replaced_at, version.text


def of_account(account: Account) -> Row:
    """Return the row of core.tables.ACCOUNTS."""
    return (
        account_key(account.network, account.id), account.network, account_id(account.id),
        account.handle.removeprefix("@"), account.name, account.biography, account.site,
        account.site_links_back, account.avatar, account.contact, account.hours,
        account.replies_open, account.messages_open, account.followers, account.following,
        account.made_at, account.automatic, account.person_name, account.no_index,
        account.observed_at, None,
    )  # fmt: skip


def of_follow(follow: Follow) -> Row:
    """Return the row of core.tables.FOLLOWS."""
    network = follow.network
    follower, followed = follow.follower, follow.followed
    return account_key(network, follower), account_key(network, followed), follow.seen_at


def of_reaction(reaction: Reaction) -> Row:
    """Return the row of core.tables.REACTIONS."""
    return (
        account_key(reaction.network, reaction.account), key(reaction.network, reaction.post),
        reaction.kind, reaction.reacted_at, reaction.taken_back_at,
    )  # fmt: skip


def of_deletion(deletion: Deletion) -> Row:
    """Return the row of collection.deletions.DELETIONS."""
    return key(deletion.network, deletion.id), deletion.deleted_at


def of_mark(mark: Mark) -> Row:
    """Return the row of core.tables.MARKS."""
    return key(mark.network, mark.post), mark.kind, mark.marked_at, mark.value, mark.by


def of_coverage(coverage: Coverage) -> Row:
    """Return the row of core.tables.COVERAGE."""
    return (
        account_key(coverage.network, coverage.account), coverage.stream, coverage.begins,
        coverage.ends, coverage.is_complete, coverage.how,
    )  # fmt: skip
