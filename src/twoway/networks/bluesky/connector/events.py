"""Events of Jetstream: what somebody just wrote, changed or deleted, as a frame of JSON."""

from collections.abc import Iterator
from typing import Any, Final

from twoway.collection.records import Deletion, Record
from twoway.collection.values import Lacking, identifier, mapping, moment, need, text
from twoway.connectors.interface import Raw
from twoway.networks.bluesky.connector.views import said_at
from twoway.networks.bluesky.posts import NETWORK, read_people, read_post

COMMIT: Final = "network.bsky.jetstream.subscribeEvents#commit"
INFO: Final = "network.bsky.jetstream.subscribeEvents#info"
POSTS: Final = "app.bsky.feed.post"


def read(frame: dict[str, Any], raw: Raw, _: bool) -> Iterator[Record]:
    """Read a frame about a post; other collections hold nothing for us."""
    event = mapping(frame.get("payload"))
    if event.get("$type") != COMMIT or event.get("collection") != POSTS:
        raise Lacking("no event about a post")
    address = address_of(event)
    if event.get("operation") == "delete":
        yield Deletion(NETWORK, address, moment(event.get("time")) or raw.fetched_at)
        return
    record = mapping(event.get("record"))
    yield from read_people(record)
    yield read_post(record, address, said_at(record, address, raw.fetched_at))


def address_of(event: dict[str, Any]) -> str:
    """Return the at:// address of an event's record; raises Lacking where a part is missing."""
    did = need(identifier(event.get("did")), "author")
    key = need(identifier(event.get("rkey")), "key")
    return f"at://{did}/{text(event.get('collection'))}/{key}"
