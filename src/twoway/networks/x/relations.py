"""Likes, shares and follows in answers of X's API, which only the request tells from mere users."""

import re
from collections.abc import Iterator

from twoway.collection.values import identifier
from twoway.core.accounts import Follow
from twoway.core.reactions import Reaction
from twoway.networks.x.page import Page
from twoway.networks.x.requests import path_of
from twoway.networks.x.wording import NETWORK

_OF_POST = re.compile(r"/2/(?:tweets|posts)/(\d{1,20})/(liking_users|retweeted_by)")
_OF_USER = re.compile(r"/2/users/(\d{1,20})/(followers|following|liked_tweets)")


def read_relations(
    address: str, page: Page, observed_at: int | None
) -> Iterator[Reaction | Follow]:
    """Return what the users or posts of a page have to do with whom was asked about."""
    path = path_of(address)
    users = [own_id for user in page.users if (own_id := identifier(user.get("id")))]
    if match := _OF_POST.fullmatch(path):
        for user in users:
            yield Reaction(
                network=NETWORK,
                account=user,
                post=match[1],
                kind="like" if match[2] == "liking_users" else "share",
            )
    elif match := _OF_USER.fullmatch(path):
        asked = match[1]
        for user in users:
            follower, followed = (user, asked) if match[2] == "followers" else (asked, user)
            yield Follow(network=NETWORK, follower=follower, followed=followed, seen_at=observed_at)
        for post in page.posts if match[2] == "liked_tweets" else ():
            if own_id := identifier(post.get("id")):
                yield Reaction(network=NETWORK, account=asked, post=own_id, kind="like")
