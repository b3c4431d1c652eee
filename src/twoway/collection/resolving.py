"""What only all rows together tell: whose handle that was, who wrote the parent, what was copied.

`resolve` prepares it over everything there is, `finish` brings it into one range of merged rows.
"""

from dataclasses import dataclass
from typing import Final

from twoway.collection.database import Database
from twoway.core.tables import ACCOUNTS, MENTIONS, POSTS, Table

# Columns that name an account, which may be known by "@handle" alone.
_PEOPLE: Final = {
    "posts": ("author", "parent_author", "root_author", "quoted_author", "shared_author"),
    "mentions": ("account",),
    "reactions": ("account",),
    "follows": ("follower", "followed"),
    "organisations": ("account",),
}
_POINTERS: Final = ("parent", "root", "quoted", "shared")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What `finish` has to join: authors of these pointers, accounts marked automatic."""

    filled: tuple[str, ...]
    has_robots: bool


def resolve(database: Database) -> Resolved:
    """Make the tables that `finish` joins, from the views all_*."""
    _find_ids_of_handles(database)
    filled = tuple(pointer for pointer in _POINTERS if _find_authors(database, pointer))
    _find_copied_mentions(database)
    database.run("create table robots as select distinct account from all_accounts where automatic")
    return Resolved(filled, bool(database.number("select count(*) from robots")))


def finish(table: Table, merged: str, condition: str, resolved: Resolved) -> str:
    """Return the query that completes merged rows of `table`, which all meet `condition`."""
    if table is ACCOUNTS:
        return (
            "select * replace (if(handle = '', id, handle) as handle) "
            f"from {merged} anti join handles using (account)"
        )
    if table is POSTS:
        return _finish_posts(merged, condition, resolved)
    if table is MENTIONS:
        return (
            "select m.* replace (coalesce(m.stated, c.post is null) as is_new) "
            f"from {merged} m left join (from copied where {condition}) c using (post, account)"
        )
    return f"from {merged}"


def _finish_posts(merged: str, condition: str, resolved: Resolved) -> str:
    """Join only what there is to join: every join costs each post."""
    cells = [
        f"coalesce(p.{one}_author, {one}_is.author) as {one}_author" for one in resolved.filled
    ]
    joins = [
        f"left join (from {one}_authors where {condition}) {one}_is on {one}_is.post = p.post"
        for one in resolved.filled
    ]
    if resolved.has_robots:
        cells.append("p.automatic or r.account is not null as automatic")
        joins.append("left join robots r on r.account = p.author")
    replaced = f"replace ({', '.join(cells)})" if cells else ""
    return f"select p.* {replaced} from {merged} p {' '.join(joins)}"


def _find_ids_of_handles(database: Database) -> None:
    """Find accounts known by "@handle" that have an id, and let all rows speak of that one."""
    database.run(
        "create table handles as select n.account, arg_max(k.account, "
        "(coalesce(k.observed_at, 0), k.account)) as target "
        "from all_accounts n join all_accounts k "
        "on n.network = k.network and substr(n.id, 2) = lower(k.handle) "
        "where n.id like '@%' and k.id not like '@%' group by n.account"
    )
    if not database.number("select count(*) from handles"):
        return
    for table, columns in _PEOPLE.items():
        replaced = ", ".join(f"coalesce({c}_is.target, t.{c}) as {c}" for c in columns)
        joins = " ".join(f"left join handles {c}_is on t.{c} = {c}_is.account" for c in columns)
        database.run(f"alter view all_{table} rename to named_{table}")
        database.run(
            f"create view all_{table} as "
            f"select t.* replace ({replaced}) from named_{table} t {joins}"
        )


def _find_authors(database: Database, pointer: str) -> bool:
    """Find who wrote what posts point at, where the source did not say and we have it."""
    lacks = f"{pointer} is not null and {pointer}_author is null"
    if not database.number(f"select count(*) from all_posts where {lacks}"):
        return False
    database.run(
        "create table if not exists authors as "
        "select post, max(author) as author from all_posts group by post"
    )
    database.run(
        f"create table {pointer}_authors as select t.post, max(a.author) as author "
        f"from (select post, {pointer} from all_posts where {lacks}) t "
        f"join authors a on a.post = t.{pointer} group by t.post"
    )
    return True


def _find_copied_mentions(database: Database) -> None:
    """Find handles at the start of replies that the parent already held: the network copied them."""
    database.run("create table copied (post bigint, account bigint)")
    if not database.number("select count(*) from all_mentions where stated is null"):
        return
    # Without a post that lacks its parent's author nobody had to look for authors.
    database.run("create table if not exists authors (post bigint, author bigint)")
    database.run(
        "insert into copied select distinct m.post, m.account "
        "from all_mentions m join all_posts p using (post) "
        "left join authors a on a.post = p.parent "
        "left join (select distinct post, account from all_mentions) above "
        "on above.post = p.parent and above.account = m.account "
        "where m.stated is null "
        "and (above.account is not null or m.account = coalesce(p.parent_author, a.author))"
    )
