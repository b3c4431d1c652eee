"""One request on its way: what is sent, where it goes, and what its failure means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2

from twoway.connectors.answer import Answer
from twoway.connectors.budgets import Budget
from twoway.connectors.errors import ConnectorError, GiveUp, TryLater, Unknown
from twoway.connectors.transport import Departure

Simple = str | int | float | bool | None
Params = Mapping[str, Simple | Sequence[Simple]] | list[tuple[str, Simple]]
"""The query: names with values, or pairs where a name comes several times."""
_SECRET = ("authorization", "cookie", "dpop")


@dataclass(slots=True, kw_only=True)
class Call:
    """One call while it goes through: what is sent, and what is known of its fate.

    It is paid from `budget`, an account's own, and from `whole`, which all share at that server.
    """

    method: str
    url: httpx2.URL
    headers: dict[str, str]
    changes: bool
    content: dict[str, Any]
    budget: Budget
    whole: Budget
    patience: float
    size: int
    expects: frozenset[int]
    left: Departure = field(default_factory=Departure)


def url_of(address: str, params: Params | None = None) -> httpx2.URL:
    """Read an address; only the web's own kinds are taken, and none with a password in it."""
    try:
        url = httpx2.URL(address)
    except httpx2.InvalidURL:
        raise GiveUp("‘{address}’ is not an address.", address=address[:100]) from None
    if url.scheme not in ("http", "https", "ws", "wss") or not url.host or url.userinfo:
        raise GiveUp("‘{address}’ is not an address that may be reached.", address=address[:100])
    return url.copy_merge_params(httpx2.QueryParams(params)) if params else url


def port_of(url: httpx2.URL) -> int:
    return url.port or (443 if url.scheme in ("https", "wss") else 80)


def server_of(address: str) -> str:
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme in ("https", "wss") else 80)
    return f"{parts.hostname or ''}:{port}"


def turn(call: Call, goes_to: str) -> None:
    """Follow a redirect; what proves who we are stays with the server it was meant for."""
    before = call.url
    call.url = url_of(str(before.join(goes_to)))
    if (before.scheme, before.host, port_of(before)) != (
        call.url.scheme,
        call.url.host,
        port_of(call.url),
    ):
        call.headers = {k: v for k, v in call.headers.items() if k.lower() not in _SECRET}


def cut_off(call: Call, error: Exception) -> ConnectorError:
    """Say what a broken connection means: nothing was done, or nobody knows."""
    host = call.url.host
    if not call.left.may_have_left or not call.changes:
        return TryLater("{host} cannot be reached now ({why}).", host=host, why=what(error))
    return Unknown(
        "The connection to {host} broke off before its answer ({why}).", host=host, why=what(error)
    )


def unwell(call: Call, answer: Answer) -> ConnectorError:
    """Say what 429 and 500 to 599 mean; a 503 with a time was refused at the entrance."""
    host, at = call.url.host, call.budget.opens_at or call.whole.opens_at
    if answer.status == 429:
        return TryLater("{host} asks us to slow down.", at, host=host)
    if answer.status == 503 and at is not None:
        return TryLater("{host} is out of service for now.", at, host=host)
    if call.changes:
        return Unknown(
            "{host} failed while it worked on this (status {status}).",
            host=host,
            status=answer.status,
        )
    return TryLater("{host} is not well (status {status}).", at, host=host, status=answer.status)


def what(error: Exception) -> str:
    return str(error).strip()[:200] or type(error).__name__
