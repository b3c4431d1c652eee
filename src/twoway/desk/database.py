"""How the desk writes: one transaction, one writer at a time where the database has only one.

SQLite lets one connection write; others wait by polling, which is not fair: with ingest at full
speed small writes of the same process waited 2.5 s (p99), with a lock of our own 45 ms.
"""

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec
from django.db import (
    IntegrityError,
    NotSupportedError,
    OperationalError,
    connection,
    transaction,
)
from django.db.models import BooleanField, Field, ForeignObject, Func, Lookup, Model

from twoway.core.identity import key

T = TypeVar("T")

_ONE_WRITER = threading.RLock()
TRIES = 5


class Moved(Exception):
    """What was read has been moved by another process before it could be locked."""


def lock_names(names: Iterable[str]) -> None:
    """Let one process at a time deal with these names until its transaction ends.

    For rows that are not there yet, which nobody can lock. SQLite has one writer anyway. In one
    order, so that two processes never wait for each other.
    """
    if connection.vendor != "postgresql":
        return
    keys = sorted({key("lock", name) for name in names})
    if keys:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(k) from unnest(%s::bigint[]) as k", [keys])


@contextmanager
def writing() -> Iterator[None]:
    """Hold the transaction in which a service writes; nested ones are part of the outer one."""
    if connection.vendor == "sqlite":
        with _ONE_WRITER, transaction.atomic():
            yield
    else:
        with transaction.atomic():
            yield


def again(write: Callable[[], T]) -> T:
    """Run a whole transaction anew where another process was in its way.

    PostgreSQL ends one of two that wait for each other, and one of two that insert the same row.
    """
    for _ in range(TRIES - 1):
        try:
            with writing():
                return write()
        except (OperationalError, IntegrityError, Moved):
            if connection.in_atomic_block:
                raise
    with writing():
        return write()


def insert(
    model: type[Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    replacing: Sequence[str] = (),
) -> list[int]:
    """Insert rows and return their ids; one whose id is there replaces its columns `replacing`.

    For the tables that take in thousands of rows a second: bulk_create spends three quarters of its
    time on asking every field how it would like to be written.
    """
    found: list[int] = []
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001  public in Django
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    places = "(" + ", ".join(["%s"] * len(columns)) + ")"
    end = ""
    if replacing:
        end = " on conflict (id) do update set " + ", ".join(
            f"{name} = excluded.{name}" for name in map(connection.ops.quote_name, replacing)
        )
    most = 30_000 // len(columns)
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), most):
            some = rows[begin : begin + most]
            cursor.execute(
                f"insert into {table} ({names}) values {', '.join([places] * len(some))}{end} "
                "returning id",
                [value for row in some for value in row],
            )
            found += [number for (number,) in cursor.fetchall()]
    return found


def ask(question: str, *given: Any) -> list[tuple[Any, ...]]:
    """Return the rows that a statement finds; a collection fills the `in (%s)` it is given for.

    For the fixed questions behind every page: making one from a QuerySet takes Django 0.4 ms, and
    a conversation's page asks a score of them.
    """
    parts, values = question.split("%s"), []
    told = [parts[0]]
    for value, following in zip(given, parts[1:], strict=True):
        several = list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]
        told += [", ".join(["%s"] * len(several)) or "null", following]
        values += several
    with connection.cursor() as cursor:
        cursor.execute("".join(told), values)
        return [tuple(row) for row in cursor.fetchall()]


class RowAfter(Func):
    """`(a, b, c) > (%s, %s, %s)`: what begins a page where the last one ended.

    As a row value it is a range of the index on both databases: 1 ms at depth 200,000, where the
    form written with OR needs 18 to 131 ms.
    """

    output_field = BooleanField()
    sign = ">"

    def __init__(self, columns: tuple[str, ...], after: tuple[int, ...]) -> None:
        super().__init__(*columns)
        self.after = after

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # noqa: ARG002  Django's signature
        """Write both sides; the columns sort the same way."""
        columns, given = [], []
        for expression in self.get_source_expressions():
            sql, params = compiler.compile(expression)
            columns.append(sql)
            given += params
        places = ", ".join(["%s"] * len(self.after))
        return f"({', '.join(columns)}) {self.sign} ({places})", [*given, *self.after]


class RowBefore(RowAfter):
    """The same backwards, for what is shown newest first."""

    sign = "<"


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


class Begins(Func):
    """`sought` begins with some letters: a range of its index, which LIKE is on PostgreSQL alone."""

    output_field = BooleanField()

    def __init__(self, letters: str) -> None:
        super().__init__("sought")
        self.letters = letters

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # noqa: ARG002  Django's signature
        """SQLite's own LIKE would read everything, because it minds no case."""
        column, given = compiler.compile(self.get_source_expressions()[0])
        return f"({column} >= %s and {column} < %s)", [
            *given,
            self.letters,
            *given,
            self.letters + chr(0x10FFFF),
        ]

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # noqa: ARG002  Django's signature
        """With an index of patterns this is a range, in whatever order the language sorts."""
        column, given = compiler.compile(self.get_source_expressions()[0])
        pattern = re.sub(r"([\\%_])", r"\\\1", self.letters) + "%"
        return f"({column} like %s)", [*given, pattern]
