"""Every post's place in its thread, for whole collections: threads go through core one by one."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from twoway.collection.components import find_components
from twoway.collection.database import Workbench, quoted
from twoway.collection.manifest import Part
from twoway.collection.parts import ROW_GROUP, schema
from twoway.core.branches import ONE_LEVEL, inside
from twoway.core.tables import THREADS
from twoway.core.threads import Place, place

# Posts placed at a time, rounded up to whole threads: few, so that they stay in the cache, which
# makes placing a third quicker than with 50,000.
_BATCH: Final = 2_000


class _Node(NamedTuple):
    """What core.threads needs to know of a post, ids as keys, and what it hangs together with."""

    component: int
    id: int
    author: int
    said_at: int
    parent: int | None
    root: int | None
    visibility: str
    nesting: str
    deleted_at: int | None
    names: list[int] | None
    """Accounts it names, where replies nest to one level only; None elsewhere."""


def place_all(database: Workbench) -> tuple[Part, ...]:
    """Place every post of the view `posts`; `withdrawals` (post) are never pieces."""
    find_components(database)
    withdrawals = {post for (post,) in database.rows("select post from withdrawals")}
    path = database.change.scratch / "threads.parquet"
    with pq.ParquetWriter(path, schema(THREADS), compression="lz4") as writer:
        for places in _batched(place(nodes, withdrawals) for nodes in _whole_threads(database)):
            columns = list(zip(*places, strict=True))
            writer.write_table(pa.table(columns, schema=schema(THREADS)))
    alone = (
        "select post, post as thread, post as first_piece, null::bigint as above, 1 as enter, "
        "1 as leave, post as chain_top from posts anti join component using (post)"
    )
    return database.keep(
        THREADS, f"from read_parquet({quoted(str(path))}) union all by name {alone}"
    )


def _batched(found: Iterable[list[Place]]) -> Iterator[list[Place]]:
    """Hand over places in groups worth writing."""
    held: list[Place] = []
    for places in found:
        held += places
        if len(held) >= ROW_GROUP:
            yield held
            held = []
    if held:
        yield held


def _whole_threads(database: Workbench) -> Iterator[list[_Node]]:
    """Hand over posts that hang together, as many whole threads as make a batch."""
    columns = ", ".join("post" if name == "id" else name for name in _Node._fields)
    names, joined = _names(database)
    query = (
        f"select {columns} from (select *, {names} as names from posts {joined}) "
        "join component using (post) order by component"
    )
    held: list[_Node] = []
    for batch in database.batches(query, _BATCH):
        held += map(_Node._make, batch)
        last = held[-1].component
        whole = len(held)
        while whole and held[whole - 1].component == last:
            whole -= 1
        if whole:
            yield _without_levels(held[:whole])
            held = held[whole:]
    if held:
        yield _without_levels(held)


def _names(database: Workbench) -> tuple[str, str]:
    """Return the column of names and the join it takes; only replies inside top comments need them."""
    at_most_one = f"network in ({', '.join(map(quoted, sorted(ONE_LEVEL)))}) and parent is not null"
    if not database.number(f"select count(*) from posts where {at_most_one}"):
        return "null", ""
    named = (
        "select m.post, list(m.account) as accounts from mentions m "
        f"semi join (select post from posts where {at_most_one}) p on p.post = m.post group by m.post"
    )
    return (
        f"case when {at_most_one} then coalesce(accounts, []) end",
        f"left join ({named}) named using (post)",
    )


def _without_levels(nodes: list[_Node]) -> list[_Node]:
    """Hang replies inside top comments below whom they go to."""
    nested = {node.id: node.names for node in nodes if node.names is not None}
    if not nested:
        return nodes
    goes_to = inside(nodes, nested)
    return [
        node._replace(parent=goes_to[node.id]) if node.id in goes_to else node for node in nodes
    ]
