"""How far twarc's requests reach: coverage from the pages that came back."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from twoway.core.coverage import Coverage, Stream
from twoway.networks.x.requests import RECEIVED, Asked
from twoway.networks.x.wording import NETWORK


@dataclass(slots=True)
class _Walk:
    """The pages of one request, from the newest post backwards."""

    begins: int
    ends: int


class Reach:
    """Follows every request back through its pages."""

    def __init__(self) -> None:
        self._walks: dict[tuple[str, tuple[Stream, ...], str], list[_Walk]] = defaultdict(list)
        self._samples: dict[str, _Walk] = {}
        self._strays: _Walk | None = None

    def whole(
        self, asked: Asked, times: Collection[int], retrieved_at: int | None, *, is_last: bool
    ) -> None:
        """Take down a page of a request for whole streams."""
        up_to = asked.ends or (retrieved_at if asked.is_first_page else None)
        ends = up_to or max(times, default=None)
        begins = (asked.begins if is_last else None) or min(times, default=ends)
        if begins is None or ends is None:
            return
        walks = self._walks[asked.account, asked.streams, asked.how]
        is_another = asked.is_first_page and walks and walks[-1].ends != ends
        if is_another or not walks:
            walks.append(_Walk(min(begins, ends), ends))
        else:
            walks[-1].begins = min(walks[-1].begins, begins)

    def below(self, author: str, times: Collection[int]) -> None:
        """Take down a page of the talk below one post of `author`: other talks may be missing."""
        if times:
            self._samples[author] = _widened(self._samples.get(author), times)

    def stray(self, times: Collection[int]) -> None:
        """Take down a page of any other request, which may hold what people said to anybody."""
        if times:
            self._strays = _widened(self._strays, times)

    def coverage(self) -> Iterator[Coverage]:
        """Hand over what is covered; nothing where no request said whose streams it was about."""
        for (account, streams, how), walks in self._walks.items():
            for walk in walks:
                yield from _cover(account, streams, walk, how, is_complete=True)
        for account, walk in self._samples.items():
            how = "twarc searched for conversations, perhaps not for all of them"
            yield from _cover(account, ("comments",), walk, how, is_complete=False)
        if self._strays:
            how = "from other searches of twarc, which hold what they happened to find"
            for account in sorted({account for account, *_ in self._walks}):
                yield from _cover(account, RECEIVED, self._strays, how, is_complete=False)


def _widened(walk: _Walk | None, times: Collection[int]) -> _Walk:
    bounds = [*times, *((walk.begins, walk.ends) if walk else ())]
    return _Walk(min(bounds), max(bounds))


def _cover(
    account: str, streams: tuple[Stream, ...], walk: _Walk, how: str, *, is_complete: bool
) -> Iterator[Coverage]:
    for stream in streams:
        yield Coverage(
            network=NETWORK,
            account=account,
            stream=stream,
            begins=walk.begins,
            ends=walk.ends,
            is_complete=is_complete,
            how=how,
        )
