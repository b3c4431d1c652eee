"""Whom a row's post names: by a column of its own, else by the handles in its text."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from twoway.collection.tabular.cells import read_list, read_pointer
from twoway.collection.tabular.wording import find_handles, leading
from twoway.core.posts import Mention

# Clients of these put the parent's handles before the text of a reply.
_COPYING: Final = frozenset({"x", "mastodon", "file"})
_HANDLE_KEYS: Final = ("screen_name", "username", "acct", "handle")
_ID_KEYS: Final = ("id_str", "id", "did", "user_id")


def read_mentions(column: Any, body: str, network: str, *, is_reply: bool) -> tuple[Mention, ...]:
    """Return who is named; whether a handle before a reply's text was typed is left open."""
    if not column and "@" not in body and network != "reddit":
        return ()
    run = leading(body) if is_reply and network in _COPYING else ""
    if column is None and run and "@" not in body[len(run) :]:
        return _all_open(run, network)
    copied = find_handles(run, network) if run else []
    typed = find_handles(body[len(run) :], network)
    if column is None:
        named = [(f"@{handle.lower()}", handle) for handle in (*copied, *typed)]
    else:
        named = list(_listed(column))
    is_open = {handle.lower() for handle in copied} - {handle.lower() for handle in typed}
    return tuple(
        Mention(account, None if handle.lower() in is_open else True)
        for account, handle in dict(named).items()
    )


@lru_cache(maxsize=10_000)
def _all_open(run: str, network: str) -> tuple[Mention, ...]:
    """Return the handles of a run before a reply, which are the same few again and again."""
    accounts = dict.fromkeys(f"@{handle.lower()}" for handle in find_handles(run, network))
    return tuple(Mention(account, None) for account in accounts)


def _listed(column: Any) -> Iterator[tuple[str, str]]:
    """Return account and handle of everybody in a cell that lists them."""
    for item in read_list(column):
        if isinstance(item, dict):
            handle = next((str(item[key]) for key in _HANDLE_KEYS if item.get(key)), "")
            account = next(
                (found for key in _ID_KEYS if (found := read_pointer(item.get(key)))), None
            )
            if account or handle:
                yield account or f"@{handle.lower()}", handle
        elif isinstance(item, str) and item:
            is_id = item.startswith("did:") or item.isdigit()
            handle = item.removeprefix("@").lower()
            yield (item if is_id else f"@{handle}"), handle
