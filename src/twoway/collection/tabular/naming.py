"""Whom a row's post names: by a column of its own, else by the handles in its text."""

from collections.abc import Iterator
from typing import Any, Final

from twoway.collection.tabular.cells import read_id, read_list
from twoway.collection.tabular.wording import find_handles, leading
from twoway.core.posts import Mention

# Clients of these put the parent's handles before the text of a reply.
_COPYING: Final = frozenset({"x", "mastodon", "file"})
_HANDLE_KEYS: Final = ("screen_name", "username", "acct", "handle")
_ID_KEYS: Final = ("id_str", "id", "did", "user_id")


def read_mentions(column: Any, body: str, network: str, *, is_reply: bool) -> tuple[Mention, ...]:
    """Return who is named; whether a handle before a reply's text was typed is left open."""
    if "@" not in body and not column and network != "reddit":
        return ()
    run = leading(body) if is_reply and network in _COPYING else ""
    copied = {handle.lower() for handle in find_handles(run, network)}
    typed = {handle.lower() for handle in find_handles(body[len(run) :], network)}
    named: dict[str, bool | None] = {}
    for account, handle in _named(column, body, network):
        is_open = handle in copied and handle not in typed
        named.setdefault(account, None if is_open else True)
    return tuple(Mention(account, is_new) for account, is_new in named.items())


def _named(column: Any, body: str, network: str) -> Iterator[tuple[str, str]]:
    """Return account and lower-case handle of everybody named."""
    if column is None:
        for handle in find_handles(body, network):
            yield f"@{handle.lower()}", handle.lower()
        return
    for item in read_list(column):
        if isinstance(item, dict):
            handle = next((str(item[key]) for key in _HANDLE_KEYS if item.get(key)), "")
            account = next((found for key in _ID_KEYS if (found := read_id(item.get(key)))), None)
            if account or handle:
                yield account or f"@{handle.lower()}", handle.lower()
        elif isinstance(item, str) and item:
            is_id = item.startswith("did:") or item.isdigit()
            handle = item.removeprefix("@").lower()
            yield (item if is_id else f"@{handle}"), handle
