"""Readings as rows of three tables, built by column: a post has some 40 rows of words."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from twoway.collection.parts import schema
from twoway.core.readings import Kind, Reading
from twoway.core.tables import KINDS, READINGS, WORDS


class ReadPost(NamedTuple):
    """A version of a post and what it was read as."""

    post: int
    version: int
    is_last: bool
    digest: int
    reading: Reading


def to_arrow(batch: Sequence[ReadPost], model: str) -> dict[str, list[pa.Table]]:
    """Return the rows of `batch` by table."""
    last = [one for one in batch if one.is_last]
    return {
        READINGS.name: [_readings(batch, model)],
        KINDS.name: [_kinds(batch)],
        WORDS.name: [
            _words("full", [(one.post, one.reading.words) for one in last]),
            _words("bare", [(one.post, one.reading.bare_words) for one in last]),
        ],
    }


def _readings(batch: Sequence[ReadPost], model: str) -> pa.Table:
    rows = [
        (
            post, version, r.language, r.language_certainty, r.tone, r.urgency, r.signature,
            r.text_key, r.bare_length, r.first_person, r.says_never_answer, model, digest,
        )
        for post, version, _, digest, r in batch
    ]  # fmt: skip
    return pa.table(list(zip(*rows, strict=True)), schema=schema(READINGS))


def _kinds(batch: Sequence[ReadPost]) -> pa.Table:
    rows = [
        (post, version, side, kind.name, kind.certainty, kind.holds)
        for post, version, _, _, reading in batch
        for side, kinds in (("theirs", reading.theirs), ("ours", reading.ours))
        for kind in _once(kinds)
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(KINDS.columns)
    return pa.table(columns, schema=schema(KINDS))


def _once(kinds: Iterable[Kind]) -> Iterable[Kind]:
    """A kind is part of the row's identity: the surest of each name."""
    return {kind.name: kind for kind in sorted(kinds, key=lambda kind: kind.certainty)}.values()


def _words(form: str, words: Sequence[tuple[int, frozenset[int]]]) -> pa.Table:
    posts = pa.array([post for post, _ in words], pa.int64())
    lengths = (len(found) for _, found in words)
    flat = pa.array([word for _, found in words for word in found], pa.int64())
    offsets = pa.array([0, *accumulate(lengths)], pa.int32())
    lists = pa.ListArray.from_arrays(offsets, flat)
    owners = posts.take(pc.list_parent_indices(lists))
    return pa.table([owners, pa.repeat(form, len(flat)), flat], schema=schema(WORDS))
