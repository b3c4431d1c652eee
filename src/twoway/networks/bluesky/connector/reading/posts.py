"""What an account said, answered and shared: the author's feed."""

from twoway.collection.values import identifier, mapping, moment, text
from twoway.connectors.backwards import Batch, Fetch
from twoway.networks.bluesky.connector.reading.subject import (
    PAGE,
    Fields,
    Subject,
    listed,
    older,
    sorted_at,
)


def feed(subject: Subject, limit: int = PAGE) -> Fetch:
    """Read the feed backwards; answers come with the post above them and the root."""

    async def fetch(cursor: str | None) -> Batch:
        answer = await ask(subject, cursor, limit)
        items = [
            subject.item("feed", item, _own_id(item), _at(item)) for item in listed(answer, "feed")
        ]
        return Batch(items=items, older=older(answer))

    return fetch


async def ask(subject: Subject, cursor: str | None, limit: int) -> Fields:
    """Ask for a page of the feed."""
    return await subject.ask(
        "app.bsky.feed.getAuthorFeed",
        actor=subject.account,
        filter="posts_with_replies",
        limit=limit,
        cursor=cursor,
    )


def older_than(answer: Fields, floor: int | None) -> str | None:
    """Return the cursor to what comes below a page, None where that is below `floor` (µs UTC)."""
    times = [at for item in listed(answer, "feed") if (at := _at(item)) is not None]
    is_below = floor is not None and bool(times) and max(times) < floor
    return None if is_below else older(answer)


def is_share(item: Fields) -> bool:
    """Tell what the account shared from what it wrote."""
    return bool(item.get("reason"))


def _own_id(item: Fields) -> str:
    address = identifier(mapping(item.get("post")).get("uri")) or ""
    return f"{address} shared" if is_share(item) else address


def _at(item: Fields) -> int | None:
    if is_share(item):
        return moment(mapping(item["reason"]).get("indexedAt"))
    post = mapping(item.get("post"))
    return sorted_at(post, mapping(post.get("record")))


def own_posts(answer: Fields, account: str) -> list[tuple[Fields, int | None]]:
    """Return the account's own posts on a page of its feed, with their times."""
    return [
        (mapping(item.get("post")), _at(item))
        for item in listed(answer, "feed")
        if not is_share(item)
        and text(mapping(mapping(item.get("post")).get("author")).get("did")) == account
    ]
