"""What a server's refusal means for us, by its status and its words: seen on five kinds of server.

A web page in place of JSON is usual for 404 (snac) and 403 (proxies); the cure is the same.
"""

from typing import Final

import orjson

from twoway.collection.values import mapping, text
from twoway.connectors.answer import Answer
from twoway.connectors.errors import ConnectorError, GiveUp, Reconnect
from twoway.connectors.sentences import Sentence

_LONGEST: Final = 300


class Gone(GiveUp):
    """There is no such thing here, or not for us: a post deleted, a way that this server lacks."""


class Closed(GiveUp):
    """The server shows this to those who have an account there, and to nobody else."""


class Refused(GiveUp):
    """The server understood and says no; from some this is how a revoked token looks (422)."""


def refusal(answer: Answer, host: str, *, with_token: bool) -> ConnectorError:
    """Return the error for an answer that is not one of the 200s, with what the server says to it."""
    said = words_of(answer)
    error = _meaning(answer, said, host, with_token=with_token)
    if not said:
        return error
    return type(error)(Sentence("{why} It says: {said}", why=error.why, said=said))


def _meaning(answer: Answer, said: str, host: str, *, with_token: bool) -> ConnectorError:
    if answer.status == 401 and with_token:
        return Reconnect("{host} no longer knows us. Connect the account again.", host=host)
    if answer.status == 403 and with_token and _is_about_us(said):
        return Reconnect(
            "{host} lets us do less than we need. Connect the account again.", host=host
        )
    if answer.status in (401, 403) and not with_token:
        return Closed(
            "{host} shows this only to those who have an account there. Connect one with `twoway connect mastodon`.",
            host=host,
        )
    if answer.status in (404, 410):
        return Gone(
            "{host} has no such thing, or not for us (status {status}).",
            host=host,
            status=answer.status,
        )
    if answer.status in (301, 302, 303, 307, 308):
        return GiveUp("{host} sends us elsewhere, where this is not answered.", host=host)
    return Refused("{host} refuses this (status {status}).", host=host, status=answer.status)


def words_of(answer: Answer) -> str:
    """Return what a server says about its refusal; nothing where it shows a web page."""
    try:
        told = mapping(orjson.loads(answer.body))
    except orjson.JSONDecodeError:
        return ""
    said = text(told.get("error_description")) or text(told.get("error"))
    return " ".join(said.split())[:_LONGEST]


def _is_about_us(said: str) -> bool:
    """Tell a token that is too narrow, or an account locked out, from a deed that is not allowed."""
    said = said.lower()
    return any(word in said for word in ("scope", "login is", "token", "not approved", "confirmed"))
