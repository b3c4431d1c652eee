"""Fragments of statements that DuckDB and Spark read alike."""

from collections.abc import Mapping

from twoway.core.tables import Table


def quoted(text: str) -> str:
    """Return a string literal."""
    return "'" + text.replace("'", "''") + "'"


def columns_of(table: Table) -> str:
    """Return the names of all columns for a select."""
    return ", ".join(table.names)


def empty_select(table: Table, types: Mapping[str, str]) -> str:
    """Return a select with the table's columns and no row."""
    fields = ", ".join(f"cast(null as {types[c.type]}) as {c.name}" for c in table.columns)
    return f"select {fields} where 1 = 0"
