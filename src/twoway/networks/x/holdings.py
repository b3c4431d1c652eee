"""What an archive of X holds: everything its owner did, nothing that others did."""

from collections.abc import Iterator, Sequence
from typing import Final

from twoway.collection.records import Note
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage, Stream
from twoway.networks.x.layout import Layout
from twoway.networks.x.wording import NETWORK

# Which kind of files a stream comes from.
_KINDS: Final[dict[Stream, str]] = {
    "originals": "tweets",
    "replies": "tweets",
    "shares": "tweets",
    "likes": "like",
    "private": "directMessages",
    "profile": "profile",
}


def state_coverage(
    name: str, layout: Layout, owner: Account, said_at: Sequence[int], *, is_torn: bool
) -> Iterator[Coverage | Note]:
    """Say which streams are held, from the making of the account to that of the archive.

    Whoever leaves out the private messages, as is wise, leaves the rest complete.
    """
    ends = layout.made_at or max(said_at, default=None)
    begins = owner.made_at or min(said_at, default=ends)
    if begins is None or ends is None:
        return
    doubts = {kind: _doubt(layout, kind, is_torn=is_torn) for kind in _KINDS.values()}
    for doubt in dict.fromkeys(filter(None, doubts.values())):
        yield Note(f"{name}: {doubt}.")
    for stream, kind in _KINDS.items():
        if layout.files[kind]:
            reason = f", but {doubts[kind]}" if doubts[kind] else ""
            yield Coverage(
                network=NETWORK,
                account=owner.id,
                stream=stream,
                begins=min(begins, ends),
                ends=ends,
                is_complete=not reason,
                how=f"the X archive of the account's owner{reason}",
            )


def _doubt(layout: Layout, kind: str, *, is_torn: bool) -> str:
    """Say why not everything of a kind may be here; empty where nothing speaks against it."""
    if layout.is_partial:
        return "it is one of several parts"
    if absent := layout.missing.get(kind):
        return f"it lacks {', '.join(absent[:3])}, which its manifest names"
    return "a file of its posts is cut short" if is_torn and kind == "tweets" else ""
