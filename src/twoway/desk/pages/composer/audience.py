"""Who can read an answer, in words: what the network lets us choose, never wider than what it answers."""

from typing import Final

from django.utils.translation import gettext as _

from twoway.core.posts import Visibility
from twoway.desk.inbox.models import Post
from twoway.desk.inbox.told import rest_of
from twoway.desk.pages.conversation.choices import Offer
from twoway.desk.pages.words import able

_WIDEST_FIRST: Final[tuple[Visibility, ...]] = ("public", "followers", "private")


def usual(post: Post | None) -> Visibility:
    """Return who can read an answer unless somebody chooses otherwise: who can read the post."""
    if post is None:
        return "public"
    return "private" if post.is_private else rest_of(post.record).visibility


def choices(network: str, post: Post | None) -> tuple[Visibility, ...]:
    """Return what may be chosen, the widest first; alone where there is no choice."""
    widest = usual(post)
    if "visibility" not in able(network) or widest == "private":
        return (widest,)
    return _WIDEST_FIRST[_WIDEST_FIRST.index(widest) :]


def chosen(asked: str | None, network: str, post: Post | None) -> Visibility:
    """Return what was chosen where that may be chosen, else what is usual."""
    return next((one for one in choices(network, post) if one == asked), usual(post))


def offers(of: tuple[Visibility, ...], now: Visibility) -> list[Offer]:
    """Return the choices of a menu; none where there is nothing to choose."""
    if len(of) < 2:
        return []
    return [Offer(value=one, title=in_words(one), is_chosen=one == now) for one in of]


def in_words(audience: Visibility) -> str:
    """Say who can read it."""
    said: dict[Visibility, str] = {
        "public": _("Everybody can read it"),
        "followers": _("Only who follows us, and who is named, can read it"),
        "private": _("Only who is named can read it"),
    }
    return said[audience]
