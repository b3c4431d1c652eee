"""When something was said on Bluesky: authors state the time themselves, keys hold another one."""

from dataclasses import dataclass
from typing import Final

from twoway.collection.values import moment

_DAY: Final = 24 * 3600 * 1_000_000
_ALPHABET: Final = "234567abcdefghijklmnopqrstuvwxyz"
_KEY_LENGTH: Final = 13
# Before the first short posts anywhere (2006-03-21) nothing can have been imported.
_OLDEST: Final = 1_142_899_200_000_000
# The first repositories were made in November 2022; an older key was made up.
_OLDEST_KEY: Final = 1_667_260_800_000_000


@dataclass(slots=True)
class Clock:
    """Weighs stated times against keys, and counts what was found wrong.

    `ends` is the time of the repository's last change: nothing in it can be later.
    """

    ends: int | None
    corrected: int = 0
    back_dated: int = 0

    def read(self, stated: object, key: str) -> int | None:
        """Return the time of a record; None where neither time can be.

        A stated time before the key's is believed, as Bluesky shows it: posts are imported from
        other networks under their old dates. One after it is not.
        """
        said_at, made_at = moment(stated), key_time(key)
        if said_at is not None and (said_at < _OLDEST or self._is_future(said_at)):
            said_at = None
        if made_at is not None and (made_at < _OLDEST_KEY or self._is_future(made_at)):
            made_at = None
        if said_at is None or (made_at is not None and said_at > made_at + _DAY):
            self.corrected += made_at is not None
            return made_at
        self.back_dated += made_at is not None and said_at < made_at - _DAY
        return said_at

    def _is_future(self, at: int) -> bool:
        return self.ends is not None and at > self.ends + _DAY


def key_time(key: str) -> int | None:
    """Return the time in a record's key, in microseconds; None where it holds none."""
    if len(key) != _KEY_LENGTH or key[0] not in _ALPHABET[:16]:
        return None
    number = 0
    for character in key:
        digit = _ALPHABET.find(character)
        if digit < 0:
            return None
        number = number * 32 + digit
    return number >> 10
