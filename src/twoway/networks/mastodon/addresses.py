"""Addresses of the fediverse: who wrote the post at one, and what handle an account goes by."""

import re
from collections.abc import Sequence

from twoway.core.accounts import Account
from twoway.networks.mastodon.markup import host_of

PUBLIC = frozenset(["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"])

# Mastodon and GoToSocial put posts below their author; accounts made since Mastodon 4.5 have a
# number for a name there.
_BELOW_AUTHOR = re.compile(r"(https?://[^/]+/(?:ap/)?users/[^/]+)/statuses/[^/]+")
# The page for people; posts below it stand in for ids where a server gave none.
_PAGE = re.compile(r"https?://([^/]+)/@([^/@]+)(?:@([^/]+))?")
_NAMED_ACCOUNT = re.compile(r"https?://([^/]+)/users/([^/]+)")


def author_at(address: str, people: Sequence[Account] = ()) -> str | None:
    """Return who wrote the post at an address; `people` are accounts likely to have.

    Some servers' addresses do not tell (Pleroma, Misskey); there the only one of the people on
    that server is taken for the author.
    """
    for person in people:
        if address.startswith(f"{person.id}/"):
            return person.id
    if match := _BELOW_AUTHOR.fullmatch(address):
        return match[1]
    page, _, _ = address.rpartition("/")
    if _PAGE.fullmatch(page):
        named = (person.id for person in people if is_page_of(page, person))
        return next(named, None) or _handle_of_page(page)
    neighbours = {person.id for person in people if host_of(person.id) == host_of(address)}
    return neighbours.pop() if len(neighbours) == 1 else None


def is_page_of(address: str, account: Account) -> bool:
    """Tell whether an address leads to an account: it is its id, or a page by its name there."""
    if address == account.id:
        return True
    name = address.rstrip("/").rpartition("/")[2].removeprefix("@").partition("@")[0]
    is_there = host_of(address) == host_of(account.id)
    return is_there and name.lower() == account.handle.partition("@")[0].lower()


def handle_at(account: str) -> str | None:
    """Return the handle of an account whose address is in Mastodon's old form."""
    match = _NAMED_ACCOUNT.fullmatch(account)
    return f"{match[2]}@{match[1]}" if match else None


def _handle_of_page(page: str) -> str | None:
    match = _PAGE.fullmatch(page)
    return f"@{match[2]}@{match[3] or match[1]}".lower() if match else None
