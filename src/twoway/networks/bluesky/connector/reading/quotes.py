"""Who quoted an account's posts, as far as the app view tells."""

from twoway.collection.values import count, identifier
from twoway.connectors.backwards import Batch, Fetch, Item
from twoway.connectors.paging import Trail
from twoway.networks.bluesky.connector.reading import posts
from twoway.networks.bluesky.connector.reading.subject import PAGE, Subject, listed, older


def feed(subject: Subject, floor: int | None) -> Fetch:
    """Read backwards by the time of the account's posts down to `floor` (µs UTC)."""

    async def fetch(cursor: str | None) -> Batch:
        answer = await posts.ask(subject, cursor, PAGE)
        items: list[Item] = []
        for view, at in posts.own_posts(answer, subject.account):
            if count(view.get("quoteCount")):
                items += await _quotes(subject, identifier(view.get("uri")) or "", at)
        return Batch(items=items, older=posts.older_than(answer, floor))

    return fetch


async def _quotes(subject: Subject, address: str, at: int | None) -> list[Item]:
    trail, cursor, items = Trail(subject.xrpc.server), None, list[Item]()
    while True:
        answer = await subject.ask(
            "app.bsky.feed.getQuotes", uri=address, limit=PAGE, cursor=cursor
        )
        items += [
            subject.item("post", view, identifier(view.get("uri")) or "", at)
            for view in listed(answer, "posts")
        ]
        cursor = older(answer)
        trail.step(cursor)
        if cursor is None:
            return items
