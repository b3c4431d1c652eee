"""What was told already: walks overlap, and what has not changed since is not told again.

Kept in the cursor, so it must stay small: six bytes for each item, the latest two thousand.
"""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final, Self

import orjson

from twoway.collection.values import identifier, mapping, text
from twoway.connectors.interface import Raw
from twoway.networks.bluesky.connector.trees import walk

_SIZE: Final = 6
_MOST: Final = 2_000


class Memory:
    """The digests of what was told, oldest first."""

    def __init__(self, told: Iterable[bytes] = ()) -> None:
        self._told = dict.fromkeys(told)

    @classmethod
    def of(cls, written: str) -> Self:
        """Read what a cursor holds; what is not ours is as nothing."""
        try:
            packed = b64decode(written, validate=True)
        except (Error, ValueError):
            packed = b""
        whole = len(packed) // _SIZE * _SIZE
        return cls(packed[place : place + _SIZE] for place in range(0, whole, _SIZE))

    def written(self) -> str:
        """Write it for a cursor."""
        return b64encode(b"".join(list(self._told)[-_MOST:])).decode()

    def new_of(self, items: Iterable[Raw]) -> tuple[Raw, ...]:
        """Return the items that were not told before, and remember them."""
        found = []
        for raw in items:
            digest = _digest(raw)
            if digest not in self._told:
                found.append(raw)
            else:
                del self._told[digest]  # it goes to the end: what comes again stays known
            self._told[digest] = None
        return tuple(found)


def _digest(raw: Raw) -> bytes:
    return blake2b(f"{raw.kind} ".encode() + _essence(raw), digest_size=_SIZE).digest()


def _essence(raw: Raw) -> bytes:
    """Return what must change for an item to be told again."""
    if raw.kind not in ("notification", "thread"):
        return raw.body
    value = mapping(orjson.loads(raw.body))
    if raw.kind == "notification":  # whether it was read changes, too
        return f"{identifier(value.get('uri'))} {text(value.get('cid'))}".encode()
    posts = [mapping(node.get("post")) for _, node in walk(mapping(value.get("thread")))]
    return " ".join(sorted(f"{post.get('uri')} {post.get('cid')}" for post in posts)).encode()
