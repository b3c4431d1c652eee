"""Torn and forged repositories give sound records or a reason, never a traceback or an endless walk."""

from functools import reduce

import libipld
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.core.coverage import Coverage
from twoway.core.posts import Post
from twoway.networks.bluesky import archive as reader
from twoway.networks.bluesky.car import LARGEST_BLOCK
from twoway.networks.bluesky.tests.larchtea import (
    ANN,
    TEA,
    Repository,
    address,
    block_id,
    facet,
    number,
    pack,
    reference,
    tid,
)
from twoway.networks.tests.hostility import assert_sound, forged


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("bluesky") / "repo.car"


def read(path, content: bytes) -> list:
    path.write_bytes(content)
    with Source(path) as source:
        try:
            records = list(reader.read(source, Options())) if reader.recognises(source) else []
        except Unreadable:
            return []
    for record in records:
        assert_sound(record)
    return records


def whole_repository() -> Repository:
    """A repository with everything in it that the reader looks at."""
    words = "Hi @ann.example see a.example"
    repository = Repository().put(
        "actor.profile", 1, "self", displayName="Larch", labels={"values": []}
    )
    repository.post(
        2,
        words,
        reply={"root": reference(address(ANN, 1)), "parent": reference(address(ANN, 1))},
        facets=[
            facet(words, "@ann.example", kind="mention", did=ANN),
            facet(words, "a.example", kind="link", uri="https://a.example/b"),
        ],
        embed={"$type": "app.bsky.embed.images", "images": [{"alt": "pot"}]},
    )
    repository.post(
        3,
        "q",
        embed={
            "record": {"record": reference(address(ANN, 1))},
            "media": {"external": {"uri": "https://b.example", "title": "B"}},
        },
    )
    repository.put("feed.repost", 4, subject=reference(address(ANN, 1)))
    repository.put("feed.like", 5, subject=reference(address(ANN, 1)))
    repository.put("graph.follow", 6, subject=ANN)
    repository.put("feed.threadgate", 3, tid(3), post=address(TEA, 3), allow=[])
    return repository  # fmt: skip


def reasons(records) -> list[str]:
    return [record.reason for record in records if isinstance(record, Rejected)]


def posts(records) -> set[str]:
    return {record.id for record in records if isinstance(record, Post)}


def storable(value):
    """A forged value as far as the format can hold it."""
    match value:
        case dict():
            return {k.encode(errors="replace").decode(): storable(v) for k, v in value.items()}
        case list():
            return [storable(item) for item in value]
        case str():
            return value.encode(errors="replace").decode()
        case int() if not -(2**63) <= value < 2**63:
            return 2**63 - 1
    return value


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_forged_records_are_read_or_rejected(path, data):
    repository = whole_repository()
    key = data.draw(st.sampled_from(sorted(repository.records)))
    repository.records[key] = storable(data.draw(forged(repository.records[key])))
    assert read(path, repository.car())


@given(
    cut=st.floats(0, 1), flips=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=4)
)
@settings(max_examples=75, deadline=None)
def test_damaged_bytes_never_pass_for_records(path, cut, flips):
    content = bytearray(whole_repository().car())
    for place, value in flips:
        content[int(place * (len(content) - 1))] = value
    found = read(path, bytes(content[: int(cut * len(content))] if cut > 0.1 else content))
    assert posts(found) <= posts(read(path, whole_repository().car()))


@given(node=forged({"l": None, "e": [{"p": 0, "k": b"a/b", "v": b"v", "t": b"t"}]}))
@settings(max_examples=50, deadline=None)
def test_a_forged_tree_is_walked_to_its_end(path, node):
    node = libipld.encode_dag_cbor(storable(node))
    commit = libipld.encode_dag_cbor(
        {"did": TEA, "version": 3, "data": block_id(node), "rev": tid(1), "prev": None, "sig": b""}
    )
    read(path, pack([commit, node]))


def test_a_tree_that_leads_back_to_itself_ends(path):
    """No hash leads to itself, but the same part may hang in the tree many times."""
    leaf = libipld.encode_dag_cbor({"l": None, "e": []})
    layers = [leaf]
    for _ in range(60):  # 2^60 ways through the tree
        below = block_id(layers[-1])
        entry = {"p": 0, "k": b"app.bsky.feed.post/a", "v": below, "t": below}
        layers.append(libipld.encode_dag_cbor({"l": below, "e": [entry]}))
    commit = {"did": TEA, "version": 3, "data": block_id(layers[-1]), "rev": tid(1), "sig": b""}
    found = read(path, pack([libipld.encode_dag_cbor(commit), *layers]))
    assert any("one place twice" in reason for reason in reasons(found))


def test_a_block_that_is_not_what_its_checksum_says_is_rejected_and_its_record_missed(path):
    content = whole_repository().car().replace(b"see a.example", b"see b.example")
    found = read(path, content)
    assert reasons(found) == [
        "a block that is not what its checksum says",
        "a record that the tree names is not in the file",
    ]
    assert posts(found) == {address(TEA, 3), address(TEA, 4, "feed.repost")}
    assert not any(r.is_complete for r in found if isinstance(r, Coverage))


def test_a_record_outside_the_tree_is_rejected(path):
    stray = libipld.encode_dag_cbor({"$type": "app.bsky.feed.post", "text": "old version"})
    found = read(path, pack([*whole_repository().blocks(), stray]))
    assert reasons(found) == ["a record without a place in the tree"]
    assert len(posts(found)) == 3


def test_the_same_block_twice_is_one_record(path):
    blocks = whole_repository().blocks()
    assert read(path, pack([*blocks, blocks[-5]])) == read(path, pack(blocks))


def test_a_part_of_the_tree_that_is_missing_is_told(path):
    repository = Repository()
    for minutes in range(200):
        repository.post(minutes, "a")
    commit, *rest = repository.blocks()
    found = read(path, pack([commit, *rest[1:]]))
    assert any("a part of its tree is missing" in reason for reason in reasons(found))
    assert 0 < len(posts(found)) < 200


@pytest.mark.parametrize("length", [LARGEST_BLOCK + 1, 2**40, 2**62])
def test_a_length_that_lies_costs_no_memory(path, length):
    found = read(path, whole_repository().car() + number(length) + b"abc")
    assert len(posts(found)) == 3
    assert reasons(found) == ["the rest cannot be read: the file ends in a block"]


def test_a_block_too_large_is_passed_over_and_the_next_one_read(path):
    commit, *rest = whole_repository().blocks()
    large = libipld.encode_dag_cbor({"a": b"x" * LARGEST_BLOCK})
    found = read(path, pack([commit, large, *rest]))
    assert len(posts(found)) == 3
    assert reasons(found)[0].endswith("too large")


def test_nesting_without_end_is_rejected(path):
    deep = reduce(lambda inner, _: b"\x81" + inner, range(100_000), b"\x00")
    found = read(path, pack([*whole_repository().blocks(), deep]))
    assert reasons(found) == ["no valid DAG-CBOR (nested too deep)"]


def test_a_picture_among_the_blocks_is_no_fault(path):
    data = b"\xff\xd8 a picture"
    blob = b"\x01\x55\x12\x20" + block_id(data)[4:] + data
    assert reasons(read(path, whole_repository().car() + number(len(blob)) + blob)) == []
