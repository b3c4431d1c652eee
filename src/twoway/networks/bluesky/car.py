"""Blocks of a CAR file, the form in which Bluesky's servers hand out a repository.

A CAR is a header and blocks: length, content id, bytes. Every block is checked against its id, and
no length is believed. Blocks come in any order, so what refers to what is not known here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO, Final

import libipld

from twoway.collection.errors import Unreadable
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.collection.values import mapping

LARGEST_BLOCK: Final = 2 * 1024**2
"""Servers refuse records above 1 MiB (2026-11); nodes of the tree are far smaller."""

_LARGEST_HEADER: Final = 64 * 1024
# Version 1, hashed with SHA-256, 32 bytes of it; the second byte tells what the block holds.
_RECORD: Final = b"\x01\x71\x12\x20"
_BLOB: Final = b"\x01\x55\x12\x20"
_ID_LENGTH: Final = 36


@dataclass(frozen=True, slots=True)
class Block:
    """A sound block: its place in the file, its content id, what it holds, and its bytes."""

    number: int
    id: bytes
    value: Any
    raw: bytes


class _EndOfFile(Exception):
    """The file ended where something else should stand."""


def read_roots(source: Source, name: str) -> list[bytes]:
    """Return the content ids that the header names first; Unreadable where it is no CAR header."""
    with source.open(name) as stream:
        return _read_header(stream, name)


def read_blocks(source: Source, name: str) -> Iterator[Block | Rejected]:
    """Hand over every block that is what its id says, and a reason for each that is not."""
    number = 0
    with source.open(name) as stream:
        _read_header(stream, name)
        try:
            while (length := _read_number(stream, may_end=True)) is not None:
                number += 1
                if length > LARGEST_BLOCK:
                    _skip(stream, length)
                    yield Rejected(name, number, f"a block of {length:,} bytes, too large", "")
                elif found := _check(_read(stream, length), name, number):
                    yield found
        except _EndOfFile:
            yield Rejected(name, number, "the rest cannot be read: the file ends in a block", "")
        except Unreadable as error:
            yield Rejected(name, number, f"the rest cannot be read: {error}", "")


def decode(raw: bytes) -> Any:
    """Decode DAG-CBOR; raises ValueError for anything else, however deep."""
    try:
        return libipld.decode_dag_cbor(raw)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _check(raw: bytes, name: str, number: int) -> Block | Rejected | None:
    """Return the block, why it is none, or nothing for a picture."""
    own_id, data = raw[:_ID_LENGTH], raw[_ID_LENGTH:]
    if own_id.startswith(_BLOB):
        return None
    if not own_id.startswith(_RECORD):
        return Rejected(name, number, "a block with an id of unknown form", raw[:36].hex())
    if sha256(data).digest() != own_id[4:]:
        return Rejected(name, number, "a block that is not what its checksum says", data[:36].hex())
    try:
        return Block(number, own_id, decode(data), data)
    except ValueError as error:
        return Rejected(name, number, f"no valid DAG-CBOR ({error})"[:500], data[:36].hex())


def _read_header(stream: BinaryIO, name: str) -> list[bytes]:
    try:
        length = _read_number(stream)
        header = mapping(decode(_read(stream, min(length or 0, _LARGEST_HEADER))))
    except (_EndOfFile, ValueError):
        header = {}
    roots = header.get("roots")
    if header.get("version") != 1 or not isinstance(roots, list):
        raise Unreadable(f"{name} is no CAR file of version 1, or its first bytes are damaged.")
    return [root for root in roots if isinstance(root, bytes)]


def _read_number(stream: BinaryIO, *, may_end: bool = False) -> int | None:
    """Read a number of seven bits a byte, the lowest first; None at the very end of the file."""
    number = 0
    for place in range(9):
        byte = stream.read(1)
        if not byte:
            if may_end and place == 0:
                return None
            raise _EndOfFile
        number |= (byte[0] & 0x7F) << (7 * place)
        if byte[0] < 0x80:
            return number
    raise _EndOfFile


def _read(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise _EndOfFile
    return data


def _skip(stream: BinaryIO, length: int) -> None:
    while length > 0:
        length -= len(_read(stream, min(length, LARGEST_BLOCK)))
