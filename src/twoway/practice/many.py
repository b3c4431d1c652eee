"""Worlds side by side in one collection, for benchmarks: made by several processes, memory flat.

Three million posts take a few minutes on four cores; a world keeps its size, so that an
organisation of a large collection is no larger than one of a small collection.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from twoway.collection.folder import Collection
from twoway.collection.manifest import Part
from twoway.collection.opening import writing
from twoway.collection.writing import Writing
from twoway.practice.building import build
from twoway.practice.world import World
from twoway.practice.writing import commit, write_all

# Posts of one world, and of one process's errand: some 40 MB of Parquet.
WORLD = 20_000
ERRAND = 200_000

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Errand:
    """Worlds from one number on, and the folder that one process writes them to."""

    seed: int
    first: int
    count: int
    posts: int
    days: int
    folder: Path

    def worlds(self) -> Iterator[World]:
        """Make the worlds one after the other."""
        for number in range(self.first, self.first + self.count):
            yield build(self.seed + number, posts=self.posts, days=self.days, number=number)


def write_many(
    folder: Path | str, posts: int, *, seed: int = 1, days: int = 120, processes: int | None = None,
    world: int = WORLD, told: Told | None = None,
) -> int:  # fmt: skip
    """Write about so many posts as a new collection, so many to a world; `told` hears how far it is."""
    with writing(Path(folder)) as change:
        errands = list(_errands(change, posts, world, seed, days))
        count = 0
        for done, written in enumerate(_run(errands, processes), start=1):
            count += written
            if told is not None:
                told(done, len(errands))
        tables: dict[str, tuple[Part, ...]] = {}
        for errand in errands:
            _take_over(change, errand.folder, tables)
        commit(change, tables, count)
    return count


def _errands(change: Writing, posts: int, world: int, seed: int, days: int) -> Iterator[Errand]:
    worlds = max(1, round(posts / world))
    each = max(1, ERRAND // world)
    for first in range(0, worlds, each):
        count = min(each, worlds - first)
        yield Errand(seed, first, count, posts // worlds, days, change.scratch / str(first))


def _run(errands: list[Errand], processes: int | None) -> Iterator[int]:
    """Hand over how many posts each errand wrote, as they come back."""
    workers = min(processes or os.cpu_count() or 1, len(errands))
    if workers == 1:
        yield from map(_write, errands)
        return
    # Spawned, because threads of Arrow do not survive a fork.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for future in as_completed([pool.submit(_write, errand) for errand in errands]):
            yield future.result()


def _write(errand: Errand) -> int:
    return write_all(errand.worlds(), errand.folder)


def _take_over(change: Writing, folder: Path, tables: dict[str, tuple[Part, ...]]) -> None:
    """Move the parts that another process wrote into the folder of `change`."""
    manifest = Collection.open(folder).manifest
    for table, parts in manifest.tables.items():
        for part in parts:
            path = change.new_file(table)
            (folder / part.file).replace(path)
            tables[table] = (*tables.get(table, ()), change.part(path, part.rows))
