"""How far a walk has come, said as coverage: what was read, and how much that is of what there is."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Final

from twoway.connectors.backwards import Batch
from twoway.connectors.interface import Feed, Page
from twoway.core.coverage import Coverage, Stream
from twoway.networks.mastodon.connector.entities.instance import Instance
from twoway.networks.mastodon.connector.place import Place
from twoway.networks.mastodon.notes import NETWORK

Fetch = Callable[[str | None], Awaitable[Batch]]

_HOW: Final = {
    "statuses": "what {host} shows of the account's own posts",
    "threads": "the threads around the account's posts, as far as {host} knows them",
    "notifications": "the account's notifications at {host}",
    "favourites": "the account's favourites at {host}",
}
# What other servers were never told of, nobody sees here.
_IN_PART: Final = frozenset({"threads"})


class Covering:
    """Watches one walk; a full page has `size` items.

    `starts` is from when on all is covered once the walk is at its end: the end of the last one, a
    time that was given, or the making of the account.
    """

    def __init__(self, place: Place, feed: Feed, about: str, size: int, instance: Instance) -> None:
        self.starts: int | None = None
        self._place = place
        self._feed = feed
        self._about = about
        self._size = size
        # Servers without quotes tell of none.
        unheard = frozenset[Stream]() if instance.quotes else frozenset[Stream]({"quotes"})
        self._streams = feed.covers - unheard
        self._began = place.now
        self._newest: int | None = None
        self._seen: set[str] = set()
        self._is_stuck = False

    def watched(self, fetch: Fetch) -> Fetch:
        """Note how new the newest thing is that the walk has read: from the top, it is now.

        A page that brings nothing but what was read is the end of what this server shows: snac 2.75
        gives the whole list whatever is asked. Where the page is just full there may be more of it.
        """

        async def fetch_and_note(older: str | None) -> Batch:
            batch = await fetch(older)
            ids = {item.id for item in batch.items}
            if ids and ids <= self._seen:
                self._is_stuck = len(batch.items) == self._size
                return Batch((), None)
            self._seen |= ids
            times = [item.at for item in batch.items]
            times += [self._newest] if self._newest is not None else []
            self._newest = self._began if older is None else max(times, default=None)
            return batch

        return fetch_and_note

    def of(self, page: Page) -> tuple[Coverage, ...]:
        """Return what is covered once a page is kept; pages without items promise nothing yet."""
        begins = page.reached
        if page.is_last and not self._is_stuck and self.starts is not None:
            begins = self.starts
        if begins is None or self._newest is None or not (page.items or page.is_last):
            return ()
        return tuple(self._rows(min(begins, self._newest), self._newest))

    def _rows(self, begins: int, ends: int) -> Iterator[Coverage]:
        for stream in sorted(self._streams):
            yield Coverage(
                network=NETWORK,
                account=self._about,
                stream=stream,
                begins=begins,
                ends=ends,
                is_complete=self._feed.name not in _IN_PART and not self._is_stuck,
                how=_HOW[self._feed.name].format(host=self._place.server.host),
            )
