"""Keys of records, chosen before anything is sent: the same key of ours is always the same record."""

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final

from twoway.connectors.interface import Key

_ALPHABET: Final = "234567abcdefghijklmnopqrstuvwxyz"


def record_key(key: Key) -> str:
    """Return the TID that a key stands for: its millisecond, and 20 bits of what it says.

    A TID holds 53 bits of microseconds and 10 that tell clocks apart. Only the key's milliseconds
    are taken, so that all keys of a millisecond still differ.
    """
    mixed = int.from_bytes(blake2b(key.text.encode(), digest_size=8).digest(), "big")
    micros = key.made_at // 1000 * 1000 + mixed % 1000
    return tid(micros, (mixed // 1000) % 1024)


def tid(micros: int, clock: int = 0) -> str:
    """Write a time (µs UTC) and the number of a clock (0 to 1023) as a record's key."""
    number = micros << 10 | clock
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


def stated(micros: int) -> str:
    """Write a time (µs UTC) as records state it, to the millisecond."""
    at = datetime.fromtimestamp(micros // 1000 / 1000, tz=UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{micros // 1000 % 1000:03d}Z"
