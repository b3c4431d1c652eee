"""Find accounts by what people call them."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from twoway.audit.engines.fragments import quoted
from twoway.audit.engines.interface import Engine
from twoway.audit.errors import AuditError, UnknownAccount


class Found(NamedTuple):
    """An account of the collection."""

    account: int
    handle: str


def find(engine: Engine, handles: Iterable[str]) -> list[Found]:
    """Return the accounts of these handles, with or without @, in any case, or by network id.

    Raises UnknownAccount with near matches, or where several networks know the handle; and
    AuditError where an account asks not to be indexed.
    """
    return [_one(engine, handle) for handle in handles]


def _one(engine: Engine, handle: str) -> Found:
    network, _, rest = handle.strip().rpartition(":") if "://" not in handle else ("", "", handle)
    if handle.startswith(("did:", "http")):
        network, rest = "", handle
    name = rest.strip().removeprefix("@")
    rows = engine.rows(
        "select account, handle, network, no_index from accounts "
        f"where lower(handle) = {quoted(name.lower())} or id = {quoted(name)} "
        "order by network, account"
    )
    rows = [row for row in rows if not network or row[2] == network]
    if not rows:
        raise UnknownAccount(f"The collection holds no account {handle!r}.{_near(engine, name)}")
    if len(rows) > 1 and not _are_one_organisation(engine, [row[0] for row in rows]):
        choices = ", ".join(sorted(f"{row[2]}:{row[1]}" for row in rows))
        raise UnknownAccount(f"Several accounts are called {handle!r}. Name one: {choices}.")
    account, found, _, is_private = rows[0]
    if is_private:
        raise AuditError(
            f"{found} asks not to be indexed, so it is audited only when its owner connects it."
        )
    return Found(account, found)


def _are_one_organisation(engine: Engine, accounts: list[int]) -> bool:
    """Tell whether the collection knows all these accounts as one organisation's."""
    known = known_organisations(engine)
    names = {known[account][0] if account in known else account for account in accounts}
    return len(names) == 1


def _near(engine: Engine, name: str) -> str:
    """Return handles that look like the one asked for, else some that can be audited."""
    rows = engine.rows(
        "select distinct a.handle from accounts a join coverage c on c.account = a.account "
        "order by a.handle limit 5000"
    )
    handles = [row[0] for row in rows]
    near = get_close_matches(name.lower(), [h.lower() for h in handles], n=3, cutoff=0.5)
    if near:
        return f" Did you mean {' or '.join(near)}?"
    return f" It covers {', '.join(handles[:5])}." if handles else ""


def known_organisations(engine: Engine) -> dict[int, tuple[str, tuple[int, ...]]]:
    """Return, by account, the organisation the collection knows and all its accounts."""
    members: dict[str, list[int]] = defaultdict(list)
    for name, account in engine.rows(
        "select organisation, account from organisations order by organisation, account"
    ):
        members[name].append(account)
    return {
        account: (name, tuple(accounts))
        for name, accounts in members.items()
        for account in accounts
    }
