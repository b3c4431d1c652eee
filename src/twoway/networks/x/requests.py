"""What was asked of X's API, as twarc notes it with every answer: whose streams, in words for people."""

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qs, urlsplit

from twoway.collection.values import moment
from twoway.core.coverage import Stream
from twoway.networks.x.tweets import id_time

_OF_USER = re.compile(r"/2/users/(\d{1,20})/(tweets|posts|mentions)")
_SEARCH = re.compile(r"/2/(?:tweets|posts)/search/(?:recent|all)")
_CONVERSATION = re.compile(r"conversation_id:(\d{1,20})", re.IGNORECASE)
_WRITER = re.compile(r"from:@?(\w{1,20})((?:\s+-is:(?:retweet|repost|reply))*)", re.IGNORECASE)
_ADDRESSEE = re.compile(r"(?:to:@?|@)(\w{1,20})", re.IGNORECASE)
RECEIVED: Final[tuple[Stream, ...]] = ("comments", "mentions")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for whole streams of one account, or for the talk below one post.

    `account` is an id or "@handle"; `root` is the post. `begins` and `ends` are bounds that were
    asked for. A first page reaches up to the moment of the request.
    """

    account: str = ""
    streams: tuple[Stream, ...] = ()
    how: str = ""
    root: str | None = None
    is_first_page: bool = True
    begins: int | None = None
    ends: int | None = None


def understand(address: str) -> Asked | None:
    """Return what a request asks for; None where it gives no stream of one account whole."""
    path, query = _split(address)
    bounds = Asked(
        is_first_page=not query.keys() & {"pagination_token", "next_token"},
        begins=moment(query.get("start_time")) or id_time(query.get("since_id", "")),
        ends=moment(query.get("end_time")) or id_time(query.get("until_id", "")),
    )
    if match := _OF_USER.fullmatch(path):
        how = f"twarc asked for the account's {match[2]}"
        streams = RECEIVED if match[2] == "mentions" else _written(query.get("exclude", ""))
        return replace(bounds, account=match[1], streams=streams, how=how)
    words = query.get("query", "").strip() if _SEARCH.fullmatch(path) else ""
    how = f"twarc searched for {words}"
    if match := _WRITER.fullmatch(words):
        return replace(bounds, account=f"@{match[1]}", streams=_written(match[2].lower()), how=how)
    if match := _ADDRESSEE.fullmatch(words):
        return replace(bounds, account=f"@{match[1]}", streams=RECEIVED, how=how)
    if match := _CONVERSATION.fullmatch(words):
        return replace(bounds, root=match[1])
    return None


def path_of(address: str) -> str:
    """Return the path of a request."""
    return _split(address)[0]


def _split(address: str) -> tuple[str, dict[str, str]]:
    try:
        parts = urlsplit(address)
        return parts.path, {name: values[-1] for name, values in parse_qs(parts.query).items()}
    except ValueError:
        return "", {}


def _written(excluded: str) -> tuple[Stream, ...]:
    """Return the streams an account writes, less those excluded by either way of asking."""
    streams: list[Stream] = ["originals"]
    if "repl" not in excluded:
        streams.append("replies")
    if "retweet" not in excluded and "repost" not in excluded:
        streams.append("shares")
    return tuple(streams)
