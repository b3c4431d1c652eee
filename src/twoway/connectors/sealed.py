"""Encryption at rest: what is sealed here can only be read by whoever holds the key.

The key is in the environment (TWOWAY_KEY), else in a file that only its owner reads. Several keys
mean that the first one seals and all of them open, so that keys can be changed without a pause.
"""

import os
from pathlib import Path
from typing import Final, Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from twoway.connectors import durable
from twoway.connectors.errors import KeyTrouble

VARIABLE: Final = "TWOWAY_KEY"
_FILE: Final = "key"


class Sealed:
    """Seals and opens bytes with the keys it was given; says nothing about them."""

    def __init__(self, keys: list[str]) -> None:
        try:
            self._box = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise KeyTrouble(
                "A key for the credential store is not one. {variable} and the key file hold keys of 32 bytes in base64, the one in use first; leave both out and one is made.",
                variable=VARIABLE,
            ) from None

    @classmethod
    def at(cls, folder: Path) -> Self:
        """Take the keys of the environment, else of the file `key` in `folder`, made if missing."""
        named = os.environ.get(VARIABLE)
        return cls(_split(named)) if named else cls(read_keys(folder))

    def seal(self, plain: bytes) -> bytes:
        """Return what nobody can read without the key."""
        return self._box.encrypt(plain)

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed; raises KeyTrouble with the wrong key, or where it was changed."""
        try:
            return self._box.decrypt(sealed)
        except InvalidToken:
            raise KeyTrouble(
                "Credentials cannot be opened: they were sealed with another key, or were changed. Put the old key back ({variable}, or the file `key`), or connect again.",
                variable=VARIABLE,
            ) from None

    def renew(self, sealed: bytes) -> bytes:
        """Seal anew with the first key what any of the keys opens."""
        return self.seal(self.open(sealed))


def read_keys(folder: Path) -> list[str]:
    """Return the keys of the file, making it with a first one; raises KeyTrouble if others see it."""
    path = folder / _FILE
    durable.make_folder(folder)
    if not path.exists():
        durable.create(path, Fernet.generate_key() + b"\n")
    _refuse_if_open(path)
    return _split(path.read_text("ascii", "replace"))


def add_key(folder: Path) -> None:
    """Put a new key before those of the file: it seals from now on, the others still open."""
    _write(folder, [Fernet.generate_key().decode(), *read_keys(folder)])


def drop_old_keys(folder: Path) -> None:
    """Keep only the key that seals."""
    _write(folder, read_keys(folder)[:1])


def _write(folder: Path, keys: list[str]) -> None:
    durable.replace(folder / _FILE, "".join(f"{key}\n" for key in keys).encode())


def _split(text: str) -> list[str]:
    return [key for key in text.replace(",", "\n").split() if key]


def _refuse_if_open(path: Path) -> None:
    if os.name == "nt":
        return  # folders of a user are closed to others there, and modes say nothing
    found = path.stat()
    if found.st_mode & 0o077:
        raise KeyTrouble("{path} can be read by others. Close it: chmod 600 {path}", path=path)
    if found.st_uid not in (os.getuid(), 0):
        raise KeyTrouble("{path} belongs to somebody else. Run Twoway as its owner.", path=path)
