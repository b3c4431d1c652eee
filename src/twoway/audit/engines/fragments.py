"""Fragments of statements that DuckDB and Spark read alike."""


def quoted(text: str) -> str:
    """Return a string literal."""
    return "'" + text.replace("'", "''") + "'"
