"""One number names a post or an account, on every machine and in every version."""

from collections.abc import Iterable
from hashlib import blake2b


def key(network: str, remote_id: str) -> int:
    """Return the signed 64-bit key of what `network` calls `remote_id`.

    Joins over millions of posts compare one integer instead of two texts. Two ids share a key
    once in some 10^5 collections of ten million posts; `collection` refuses the second one.
    The digest is fixed: keys are stored, so changing it is a migration.
    """
    digest = blake2b(f"{network}\n{remote_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def keys(network: str, remote_ids: Iterable[str | None]) -> list[int | None]:
    """Return the keys of many ids at a third less than one by one; None stays None."""
    before, number = f"{network}\n".encode(), int.from_bytes
    return [
        None
        if own is None
        else number(blake2b(before + own.encode(), digest_size=8).digest(), "big", signed=True)
        for own in remote_ids
    ]
