"""The post that is answered, quoted, liked or shared: as it is now, and whether that is allowed."""

from dataclasses import dataclass
from typing import Any, Final

from twoway.collection.values import mapping, mappings, text
from twoway.connectors.errors import GiveUp
from twoway.networks.bluesky.connector.xrpc import Refused, Xrpc
from twoway.networks.bluesky.posts import author_of

Reference = dict[str, str]

GONE: Final = "The post is gone: its author or the network has taken it down."


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A post: its reference (address and checksum), its record, and what we may do with it.

    `ours` are the records by which we liked or shared it already. `heard` are handles that the
    network tells of an answer anyway.
    """

    reference: Reference
    record: dict[str, Any]
    handle: str = ""
    liked: str | None = None
    shared: str | None = None
    may_answer: bool = True
    may_quote: bool = True

    @property
    def root(self) -> Reference:
        """The reference to the post that began the thread."""
        above = mapping(mapping(self.record.get("reply")).get("root"))
        if above:
            return {"uri": text(above.get("uri")), "cid": text(above.get("cid"))}
        return self.reference


async def find(xrpc: Xrpc, address: str) -> Target:
    """Look a post up; raises GiveUp where it is gone or none.

    The app view may lag behind or hide the post; the servers know more, but not what is allowed.
    """
    if not address.startswith("at://") or author_of(address) is None:
        raise GiveUp("This is no public post, so it is not answered in public.")
    answer = await xrpc.ask("app.bsky.feed.getPosts", {"uris": [address]})
    found = mappings(answer.get("posts"))
    if not found:
        return await _of_server(xrpc, address)
    view, author = found[0], mapping(found[0].get("author"))
    viewer = mapping(view.get("viewer"))
    _refuse_blocked(author)
    return Target(
        reference={"uri": address, "cid": text(view.get("cid"))},
        record=mapping(view.get("record")),
        handle=text(author.get("handle")).lower(),
        liked=text(viewer.get("like")) or None,
        shared=text(viewer.get("repost")) or None,
        may_answer=not viewer.get("replyDisabled"),
        may_quote=not viewer.get("embeddingDisabled"),
    )


async def _of_server(xrpc: Xrpc, address: str) -> Target:
    """Ask the author's server, which knows nothing of who blocked whom: that is asked first."""
    _, _, repository, collection, key = address.split("/")
    try:
        _refuse_blocked(await xrpc.ask("app.bsky.actor.getProfile", {"actor": repository}))
        answer = await xrpc.ask(
            "com.atproto.repo.getRecord",
            {"repo": repository, "collection": collection, "rkey": key},
        )
    except Refused as error:
        raise GiveUp(GONE) from error
    return Target(
        reference={"uri": address, "cid": text(answer.get("cid"))},
        record=mapping(answer.get("value")),
    )


def _refuse_blocked(person: dict[str, Any]) -> None:
    viewer = mapping(person.get("viewer"))
    if viewer.get("blockedBy") or viewer.get("blocking"):
        raise GiveUp("One of the two accounts has blocked the other.")
