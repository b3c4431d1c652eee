"""The tree of a repository, which gives every record its key (a Merkle search tree, version 3).

A forged tree may lead in circles, name parts that are not there, or make keys without end: every
node is visited once, and no key is longer than the protocol allows.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from twoway.collection.values import mappings
from twoway.networks.bluesky.car import decode

# A collection's name has at most 317 characters, a record's key 512.
_LONGEST_KEY: Final = 830
_KEY = re.compile(r"[A-Za-z0-9.-]{1,317}/[A-Za-z0-9._:~-]{1,512}")


def is_node(value: object) -> bool:
    """Tell a node of the tree from records, which have a type."""
    return isinstance(value, dict) and value.keys() == {"e", "l"}


def walk(
    root: bytes, nodes: Mapping[bytes, bytes], faults: Counter[str]
) -> Iterator[tuple[str, bytes]]:
    """Hand over key and content id of every record, and count in `faults` what is wrong."""
    waiting, seen = [root], set[bytes]()
    while waiting:
        place = waiting.pop()
        if place in seen:
            faults["its tree leads to one place twice"] += 1
            continue
        seen.add(place)
        if place not in nodes:
            faults["a part of its tree is missing"] += 1
            continue
        node = decode(nodes[place])
        waiting += _below(node)
        yield from _entries(node, faults)


def _below(node: Mapping[str, Any]) -> Iterator[bytes]:
    if isinstance(node["l"], bytes):
        yield node["l"]
    for entry in mappings(node["e"]):
        if isinstance(entry.get("t"), bytes):
            yield entry["t"]


def _entries(node: Mapping[str, Any], faults: Counter[str]) -> Iterator[tuple[str, bytes]]:
    """Spell out the keys, each of which begins with a part of the one before."""
    before = b""
    for entry in mappings(node["e"]):
        match entry:
            case {"p": int(shared), "k": bytes(rest), "v": bytes(value)} if (
                0 <= shared <= len(before) and shared + len(rest) <= _LONGEST_KEY
            ):
                before = before[:shared] + rest
            case _:
                faults["an entry of its tree is malformed"] += 1
                return
        key = before.decode("ascii", errors="replace")
        if _KEY.fullmatch(key):
            yield key, value
        else:
            faults["a key of its tree is malformed"] += 1
