"""Many rows or values at once: hundreds in one statement, as one parameter where that is quicker."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.db import NotSupportedError, connection
from django.db.models import BooleanField, Field, ForeignObject, Func, Lookup, Model

_ENCODE = msgspec.json.Encoder().encode

_PAIRS = {
    "sqlite": "select json_extract(value, '$[0]') as a, json_extract(value, '$[1]') as b "
    "from json_each(%s)",
    "postgresql": "select (value ->> 0)::bigint as a, (value ->> 1)::bigint as b "
    "from json_array_elements(%s::json)",
}
"""A table of two columns of whole numbers, `a` and `b`, from one parameter."""


def insert(
    model: type[Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    replacing: Sequence[str] = (),
) -> list[int]:
    """Insert rows and return their ids; one whose id is there replaces its columns `replacing`.

    For the tables that take in thousands of rows a second: bulk_create spends three quarters of its
    time on asking every field how it would like to be written. A list is written as JSON.
    """
    if not rows:
        return []
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001  public in Django
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    end = " returning id"
    if replacing:
        changes = [
            f"{name} = excluded.{name}" for name in map(connection.ops.quote_name, replacing)
        ]
        end = f" on conflict (id) do update set {', '.join(changes)} returning id"
    if connection.vendor == "postgresql":
        return _insert_postgresql(table, names, columns, rows, end)
    return _insert_sqlite(table, names, rows, end)


def _insert_postgresql(
    table: str, names: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], end: str
) -> list[int]:
    """As one parameter: the driver looks for places in a statement letter by letter."""
    given = _ENCODE([dict(zip(columns, row, strict=True)) for row in rows]).decode()
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} ({names}) select {names} "
            f"from json_populate_recordset(null::{table}, %s::json){end}",
            [given],
        )
        return [number for (number,) in cursor.fetchall()]


def _insert_sqlite(table: str, names: str, rows: Sequence[Sequence[Any]], end: str) -> list[int]:
    found: list[int] = []
    wide = len(rows[0])
    places = "(" + ", ".join(["%s"] * wide) + ")"
    most = 30_000 // wide
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), most):
            some = rows[begin : begin + most]
            given = [
                _ENCODE(value).decode() if isinstance(value, list) else value
                for row in some
                for value in row
            ]
            cursor.execute(
                f"insert into {table} ({names}) values {', '.join([places] * len(some))}{end}",
                given,
            )
            found += [number for (number,) in cursor.fetchall()]
    return found


def add(model: type[Model], column: str, amounts: Iterable[tuple[int, int]]) -> None:
    """Add to a column of some rows: (id, how much)."""
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001  public in Django
    given = _ENCODE(sorted(amounts)).decode()
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} set {column} = {column} + v.b "
            f"from ({_PAIRS[connection.vendor]}) as v where v.a = {table}.id",
            [given],
        )


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):
    """`remote_id__among={…}`: like `__in`, with all values as one parameter.

    `__in` asks the field about every value and writes a place for each: with hundreds of them in
    dozens of questions a third of the time of taking in a delivery.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Hand the values over as JSON."""
        column, given = self.process_lhs(compiler, connection)
        values = msgspec.json.encode(list(self.rhs)).decode()
        return f"{column} in (select value from json_each(%s))", [*given, values]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Hand the values over as an array."""
        column, given = self.process_lhs(compiler, connection)
        return f"{column} = any(%s)", [*given, list(self.rhs)]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # noqa: ARG002  Django's signature
        """Refuse databases that the desk does not know."""
        raise NotSupportedError(f"{connection.vendor} has no place for many values")


class PairAmong(Func):
    """`(a, b)` is one of some pairs of numbers: looked up in an index of both."""

    output_field = BooleanField()

    def __init__(self, columns: tuple[str, str], pairs: Iterable[tuple[int, int]]) -> None:
        super().__init__(*columns)
        self.pairs = sorted(pairs)

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Hand the pairs over as one parameter."""
        columns = ", ".join(compiler.compile(e)[0] for e in self.get_source_expressions())
        return f"(({columns}) in ({_PAIRS[connection.vendor]}))", [_ENCODE(self.pairs).decode()]
