"""Coverage from many sources as few intervals: what is held twice is said once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from twoway.collection.rows import Row


def coalesce(rows: Iterable[Row]) -> list[Row]:
    """Join overlapping intervals of each stream; a sample inside a complete interval is dropped.

    Rows are those of core.tables.COVERAGE. Their order does not matter.
    """
    streams: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in rows:
        streams[row[0], row[1]].append(row)
    return [row for key in sorted(streams) for row in _coalesce_stream(streams[key])]


def _coalesce_stream(rows: list[Row]) -> list[Row]:
    complete = list(_joined(row for row in rows if row[4]))
    sampled = _joined(
        row
        for row in rows
        if not row[4] and not any(whole[2] <= row[2] and row[3] <= whole[3] for whole in complete)
    )
    # A row is known by its beginning: a sample that begins with a complete interval goes on after it.
    after = {whole[2]: whole[3] + 1 for whole in complete}
    rest = [(*row[:2], after.get(row[2], row[2]), *row[3:]) for row in sampled]
    return sorted([*complete, *rest], key=lambda row: row[2])


def _joined(rows: Iterable[Row]) -> Iterator[Row]:
    account, stream, begins, ends, is_complete = None, None, 0, 0, False
    hows: set[str] = set()
    for row in sorted(rows, key=lambda row: (row[2], row[3], row[5])):
        if hows and row[2] > ends:
            yield account, stream, begins, ends, is_complete, "; ".join(sorted(hows))
            hows = set()
        if not hows:
            account, stream, begins, ends, is_complete, _ = row
        ends = max(ends, row[3])
        hows.update(row[5].split("; "))
    if hows:
        yield account, stream, begins, ends, is_complete, "; ".join(sorted(hows))
