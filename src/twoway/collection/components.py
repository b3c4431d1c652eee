"""Which posts hang together, found in the database: threads may span every file and every year.

Each round lets every group point at its smallest neighbour, follows the pointers to their ends and
joins what they connect; groups at least halve, so a handful of rounds does for real threads.
"""

from twoway.collection.database import Database


def find_components(database: Database) -> None:
    """Make table `component` (post, component) for every post that names another or is named.

    Reads the view `posts`. Posts that we do not have take part: two replies to a missing
    post hang together.
    """
    database.run(
        "create or replace table edges as select distinct a, b from ("
        "select post as a, parent as b from posts where parent is not null union all "
        "select post, root from posts where root is not null) where a <> b"
    )
    database.run(
        "create or replace table component as "
        "select distinct node as post, node as component from ("
        "select a as node from edges union all select b from edges)"
    )
    while database.number("select count(*) from edges"):
        _point_at_smallest_neighbour(database)
        _follow_pointers(database)
        database.run(
            "create or replace table component as select c.post, "
            "coalesce(p.target, c.component) as component "
            "from component c left join pointer p on c.component = p.node"
        )
        database.run(
            "create or replace table edges as select distinct a, b from ("
            "select coalesce(x.target, e.a) as a, coalesce(y.target, e.b) as b from edges e "
            "left join pointer x on e.a = x.node left join pointer y on e.b = y.node) where a <> b"
        )


def _point_at_smallest_neighbour(database: Database) -> None:
    database.run(
        "create or replace table pointer as select a as node, min(b) as target from ("
        "select a, b from edges union all select b, a from edges) group by a having min(b) < a"
    )


def _follow_pointers(database: Database) -> None:
    """Pointers only go down, so they end; their length halves each time."""
    beyond = "from pointer p join pointer q on p.target = q.node"
    while database.number(f"select count(*) {beyond}"):
        database.run(
            "create or replace table pointer as select p.node, coalesce(q.target, p.target) "
            "as target from pointer p left join pointer q on p.target = q.node"
        )
