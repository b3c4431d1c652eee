"""What an account liked: a list in its own repository, which everybody may read."""

from typing import Final

from twoway.collection.values import identifier, mapping, moment
from twoway.connectors.backwards import Batch, Fetch
from twoway.networks.bluesky.connector.reading.subject import PAGE, Fields, Subject, listed, older

COLLECTION: Final = "app.bsky.feed.like"


def feed(subject: Subject) -> Fetch:
    """Read it backwards from the account's own server."""

    async def fetch(cursor: str | None) -> Batch:
        answer = await subject.ask(
            "com.atproto.repo.listRecords",
            repo=subject.account,
            collection=COLLECTION,
            limit=PAGE,
            cursor=cursor,
        )
        items = [
            subject.item("like", record, identifier(record.get("uri")) or "", _at(record))
            for record in listed(answer, "records")
        ]
        return Batch(items=items, older=older(answer))

    return fetch


def _at(record: Fields) -> int | None:
    return moment(mapping(record.get("value")).get("createdAt"))
