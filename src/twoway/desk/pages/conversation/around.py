"""The rest of a thread, folded: one line for each branch, whoever it is by."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twoway.desk.inbox.models import Post
from twoway.desk.pages.conversation.items import Around, Fold, author, post
from twoway.desk.pages.our_turn.rows import first_words
from twoway.desk.pages.words import number

_GIST = 120


def branches(posts: Sequence[Post], address: str) -> list[Fold]:
    """Return posts of a thread as branches, a line each; `address` fetches what is inside one."""
    return [_fold(grown, address) for grown in _tops(posts).values()]


def branch(posts: Sequence[Post], top: int) -> list[object]:
    """Return the posts of the branch whose first post is `top`; none where it is not among them."""
    grown = next((found for found in _tops(posts).values() if found[0].pk == top), [])
    return [_brief(one, Around()) for one in grown]


def whole(posts: Sequence[Post]) -> list[Fold]:
    """Return posts of a thread as branches with all that is inside them."""
    return [
        replace(_fold(grown, ""), inside=[_brief(one, Around()) for one in grown])
        for grown in _tops(posts).values()
    ]


def above(posts: Sequence[Post], around: Around) -> Fold | None:
    """Return what stands above the exchange, from the root down; None where nothing does."""
    if not posts:
        return None
    many = ngettext("%(n)s post above, by %(who)s", "%(n)s posts above, by %(who)s", len(posts))
    title = many % {"n": number(len(posts)), "who": _names(posts)}
    return Fold(title=title, gist=_gist(posts[0]), inside=[_brief(one, around) for one in posts])


def _tops(posts: Sequence[Post]) -> dict[str, list[Post]]:
    """Gather posts under the highest of them that the window holds; what answers the root begins anew."""
    roots = {one.remote_id for one in posts if one.parent is None}
    top_of: dict[str, str] = {}
    tops: dict[str, list[Post]] = {}
    for one in posts:
        above_it = None if one.parent in roots else top_of.get(one.parent or "")
        top = top_of[one.remote_id] = above_it or one.remote_id
        tops.setdefault(top, []).append(one)
    return tops


def _fold(grown: Sequence[Post], address: str) -> Fold:
    first = grown[0]
    others = {author(one) for one in grown[1:]} - {author(first)}
    title = author(first)
    if any(one.is_ours for one in grown[1:]):
        title = _("%(who)s, answered by us") % {"who": title}
    elif others:
        more = ngettext("%(who)s and %(n)s other", "%(who)s and %(n)s others", len(others))
        title = more % {"who": title, "n": number(len(others))}
    return Fold(
        title=title, gist=_gist(first), at=first.said_at, top=first.pk,
        address=f"{address}&top={first.pk}" if address else "",
    )  # fmt: skip


def _names(posts: Sequence[Post]) -> str:
    names = list(dict.fromkeys(author(one) for one in posts))
    if len(names) <= 2:
        return _(" and ").join(names)
    return _("%(who)s and %(n)s others") % {"who": names[0], "n": number(len(names) - 1)}


def _gist(one: Post) -> str:
    if one.deleted_at is not None:
        return _("taken down")
    words = first_words(one.text)
    return words if len(words) <= _GIST else f"{words[:_GIST].rstrip()}…"


def _brief(one: Post, around: Around) -> object:
    return post(one, around, in_front=False)
