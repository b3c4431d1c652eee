"""What a reader of dumps or archives offers; any module with these names is one.

`collection/readers/*.py` read plain tables and dumps of no network, `networks/*/archive.py` a
network's own export. They are found by scanning, so adding one touches one folder.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from twoway.collection.records import Record
from twoway.collection.source import Source


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said about a source: columns (ours to theirs), network, account, streams covered."""

    columns: Mapping[str, str] = field(default_factory=dict)
    network: str | None = None
    account: str | None = None
    covers: tuple[str, ...] = ()
    zone: str = "UTC"


class Reader(Protocol):
    """A module that reads one kind of source."""

    NAME: str
    """What it reads, as people call it: "Mastodon archive"."""

    PRIORITY: int
    """Asked in this order, low first; a plain table says 100 because it takes almost anything."""

    def recognises(self, source: Source) -> bool:
        """Tell from names and first bytes alone whether this is such a source."""
        ...

    def read(self, source: Source, options: Options) -> Iterator[Record]:
        """Hand over everything in it, memory flat; a bad row becomes Rejected and the rest goes on.

        Raises twoway.collection.errors.Unreadable where nothing at all can be read.
        """
        ...
