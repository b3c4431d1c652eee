"""The SQL that makes one row of several with the same identity, cell by cell.

A cell keeps the newest value that says something, so an observation without a follower count does
not wipe out an earlier one; what was deleted stays deleted. Ties fall to the larger value. When a
cell was told before the rest of its row is kept in `older_cells`: without it a third observation,
made between the two, would win or lose by when it was imported.
"""

from collections.abc import Callable
from typing import Final

from twoway.core.tables import POSTS, Column, Table

_NEVER: Final = -(2**63)
_OLDER: Final = "older_cells"
# Of texts seen at the same time the longer one: exports cut long posts in one of their files.
_PREFERRED: Final = {"text": "length({0}.text)"}


def merged_rows(table: Table, most: int) -> str:
    """Return the query of the rows of `batch` in which each of `twins`, of `most` rows, is made one.

    Two rows are the rule where something is imported again: joining them costs a sixth of
    aggregating them (measured on 250,000 pairs).
    """
    identity = ", ".join(table.identity)
    a_identity = ", ".join(f"a.{name}" for name in table.identity)
    others = [column for column in table.columns if column.name not in table.identity]
    of_two = "".join(f', {_of_two(table, one)} as "{one.name}"' for one in others)
    of_many = "".join(f', {_of_many(table, one)} as "{one.name}"' for one in others)
    timed = (
        f", coalesce(observed_at, {_NEVER}) as seen, "
        f"('{{' || {_OLDER} || '}}')::map(varchar, bigint) as older"
        if _OLDER in table.names
        else ""
    )
    first, last = (
        f"(select batch.*{timed} from batch join twins on batch.rowid = {end} where rows = 2)"
        for end in ("one", "other")
    )
    many = (
        f"(select *{timed} from batch semi join (from twins where rows > 2) t using ({identity}))"
    )
    pairs = (
        f"from batch anti join twins using ({identity}) union all by name "
        f"select {a_identity}{of_two} from {first} a join {last} b using ({identity})"
    )
    if most <= 2:
        return pairs
    return f"{pairs} union all by name select {a_identity}{of_many} from {many} a group by {a_identity}"


def _of_two(table: Table, column: Column) -> str:
    """Return the cell of rows a and b; NULLs are passed over by least and greatest."""
    a, b = f'a."{column.name}"', f'b."{column.name}"'
    if column.name == "deleted_at":
        return f"least({a}, {b})"
    if _is_any(table, column):
        return f"{a} or {b}"
    if column.name == _OLDER:
        return _told_earlier(table, "greatest(a.observed_at, b.observed_at)", _seen_of_two)
    if not _is_timed(table, column):
        return f"greatest({a}, {b})"
    a_seen, b_seen = _seen(column, "a"), _seen(column, "b")
    return (
        f"case when not {_says(column, 'a')} then {b} when not {_says(column, 'b')} then {a} "
        f"when {a_seen} > {b_seen} then {a} when {a_seen} < {b_seen} then {b} "
        f"{_by_preference(column)}else greatest({a}, {b}) end"
    )


def _by_preference(column: Column) -> str:
    if column.name not in _PREFERRED:
        return ""
    a, b = (_PREFERRED[column.name].format(row) for row in "ab")
    return f"when {a} > {b} then a.{column.name} when {a} < {b} then b.{column.name} "


def _of_many(table: Table, column: Column) -> str:
    """Return the cell of a group of rows a, by the same rules."""
    name = f'a."{column.name}"'
    if column.name == "deleted_at":
        return f"min({name})"
    if _is_any(table, column):
        return f"bool_or({name})"
    if column.name == _OLDER:
        return _told_earlier(table, "max(a.observed_at)", _seen_of_many)
    if not _is_timed(table, column):
        return f"max({name})"
    first = _PREFERRED.get(column.name, "0").format("a")
    newest = (
        f"(max(struct_pack(s := {_seen(column, 'a')}, f := {first}, v := {name})) "
        f"filter (where {_says(column, 'a')})).v"
    )
    return f"coalesce({newest}, '')" if _must_be_text(column) else newest


def _told_earlier(table: Table, newest: str, seen: Callable[[Column], str]) -> str:
    """Return the names and times of cells that were told before the row was seen last."""
    told = ", ".join(
        f"case when {seen(column)} < {newest} then '{column.name}=' || {seen(column)} end"
        for column in table.columns
        if _is_timed(table, column)
    )
    return f"nullif(concat_ws(', ', {told}), '')"


def _seen_of_two(column: Column) -> str:
    """Return when the cell of a and b was told, NULL where neither says anything."""
    one, other = (f"if({_says(column, row)}, {_seen(column, row)}, null)" for row in "ab")
    return f"greatest({one}, {other})"


def _seen_of_many(column: Column) -> str:
    return f"(max({_seen(column, 'a')}) filter (where {_says(column, 'a')}))"


def _seen(column: Column, row: str) -> str:
    """Return when a cell was told: with its row, unless its row remembers otherwise."""
    return f"coalesce({row}.older['{column.name}'], {row}.seen)"


def _is_timed(table: Table, column: Column) -> bool:
    """Tell whether the newest value of a column wins, and not the largest or any."""
    fixed = ("observed_at", "deleted_at", _OLDER, *table.identity)
    return _OLDER in table.names and column.name not in fixed and not _is_any(table, column)


def _says(column: Column, row: str) -> str:
    name = f'{row}."{column.name}"'
    if column.name == "handle":  # the bare id stands there where no handle is known
        return f"({name} <> '' and {name} <> {row}.id)"
    return f"({name} <> '')" if _must_be_text(column) else f"({name} is not null)"


def _must_be_text(column: Column) -> bool:
    return column.type == "text" and not column.optional


def _is_any(table: Table, column: Column) -> bool:
    return table is POSTS and column.type == "boolean"
