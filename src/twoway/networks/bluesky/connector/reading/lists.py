"""What is read whole each time: the profile, and whom an account follows."""

from collections.abc import AsyncIterator

from twoway.connectors.interface import Page
from twoway.connectors.paging import Trail
from twoway.networks.bluesky.connector.reading.subject import PAGE, Subject, listed, older


async def profile(subject: Subject) -> AsyncIterator[Page]:
    """Read the account as it is now."""
    answer = await subject.ask("app.bsky.actor.getProfile", actor=subject.account)
    yield Page(items=(subject.raw("profile", answer),), cursor="", is_last=True)


async def follows(subject: Subject, cursor: str | None) -> AsyncIterator[Page]:
    """Read whom the account follows, from where an earlier walk stopped; the latest come first."""
    trail = Trail(subject.xrpc.server)
    at = cursor or None
    while True:
        answer = await subject.ask(
            "app.bsky.graph.getFollows", actor=subject.account, limit=PAGE, cursor=at
        )
        at = older(answer)
        trail.step(at)
        items = tuple(subject.raw("followed", view) for view in reversed(listed(answer, "follows")))
        yield Page(items=items, cursor=at or "", is_last=at is None)
        if at is None:
            return
