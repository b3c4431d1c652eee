"""An invented tea house's repository, built block by block as servers do."""

from collections.abc import Iterator
from hashlib import sha256

import libipld

TEA, ANN, BEN = "did:plc:larchteahouse", "did:plc:ann", "did:plc:ben"
MIDNIGHT = 1_709_251_200_000_000  # 2024-03-01
MINUTE = 60_000_000

_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


def tid(at: int) -> str:
    """Return the key of a record made at `at` microseconds."""
    number = at << 10
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


def at(minutes: int) -> int:
    return MIDNIGHT + minutes * MINUTE


def stated(minutes: int) -> str:
    return f"2024-03-01T{minutes // 60:02d}:{minutes % 60:02d}:00.000Z"


def address(account: str, minutes: int, kind: str = "feed.post") -> str:
    return f"at://{account}/app.bsky.{kind}/{tid(at(minutes))}"


def reference(uri: str) -> dict:
    return {"uri": uri, "cid": "bafyreib2rxk3rh6kzwq"}


def facet(words: str, shown: str, **feature: str) -> dict:
    """Mark a part of a text, counted in bytes."""
    begins = len(words[: words.index(shown)].encode())
    return {
        "index": {"byteStart": begins, "byteEnd": begins + len(shown.encode())},
        "features": [{"$type": f"app.bsky.richtext.facet#{feature.pop('kind')}", **feature}],
    }


def block_id(data: bytes) -> bytes:
    return b"\x01\x71\x12\x20" + sha256(data).digest()


def number(value: int) -> bytes:
    """Write a number of seven bits a byte, the lowest first."""
    parts = []
    while value >= 0x80:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])


class Repository:
    """Records by key, and the CAR that holds them."""

    def __init__(self, account: str = TEA, changed: int = 24 * 60) -> None:
        self.account = account
        self.changed = changed
        self.records: dict[str, object] = {}

    def put(
        self, kind: str, minutes: int, key: str | None = None, **fields: object
    ) -> "Repository":
        name = kind if kind.startswith("chat.") else f"app.bsky.{kind}"
        record = {"$type": name, "createdAt": stated(minutes), **fields}
        self.records[f"{name}/{key or tid(at(minutes))}"] = record
        return self

    def post(self, minutes: int, words: str, **fields: object) -> "Repository":
        return self.put("feed.post", minutes, text=words, langs=["en"], **fields)

    def blocks(self) -> list[bytes]:
        """Return commit, tree and records, the commit first."""
        found = [libipld.encode_dag_cbor(record) for record in self.records.values()]
        leaves = sorted(zip((k.encode() for k in self.records), map(block_id, found), strict=True))
        nodes: list[bytes] = []
        root = _tree(leaves, max((_layer(key) for key, _ in leaves), default=0), nodes)
        commit = {
            "did": self.account, "version": 3, "data": root, "rev": tid(at(self.changed)),
            "prev": None, "sig": b"unsigned",
        }  # fmt: skip
        return [libipld.encode_dag_cbor(commit), *nodes, *found]

    def car(self) -> bytes:
        return pack(self.blocks())


def pack(blocks: list[bytes], roots: list[bytes] | None = None) -> bytes:
    """Frame blocks as a CAR whose root is the first of them."""
    header = {"version": 1, "roots": [block_id(blocks[0])] if roots is None else roots}
    return b"".join(_framed(libipld.encode_dag_cbor(header), blocks))


def _framed(header: bytes, blocks: list[bytes]) -> Iterator[bytes]:
    yield number(len(header)) + header
    for data in blocks:
        yield number(len(data) + 36) + block_id(data) + data


def _layer(key: bytes) -> int:
    """Return how high a key stands: the pairs of zero bits its hash begins with."""
    bits = f"{int.from_bytes(sha256(key).digest(), 'big'):0256b}"
    return (len(bits) - len(bits.lstrip("0"))) // 2


def _tree(leaves: list[tuple[bytes, bytes]], layer: int, nodes: list[bytes]) -> bytes:
    """Make the node over these leaves at a layer, and all below it; return its id."""
    left, entries, below, before = None, [], [], b""

    def hang() -> None:
        nonlocal left, below
        if below:
            place = _tree(below, layer - 1, nodes)
            if entries:
                entries[-1]["t"] = place
            else:
                left = place
            below = []

    for key, value in leaves:
        if _layer(key) < layer:
            below.append((key, value))
            continue
        hang()
        shared = next((i for i, (a, b) in enumerate(zip(before, key, strict=False)) if a != b),
                      min(len(before), len(key)))  # fmt: skip
        entries.append({"p": shared, "k": key[shared:], "v": value, "t": None})
        before = key
    hang()
    data = libipld.encode_dag_cbor({"l": left, "e": entries})
    nodes.append(data)
    return block_id(data)
