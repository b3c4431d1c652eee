"""What the first audit of many posts would make before it can count: made while they come in."""

from contextlib import suppress
from functools import partial
from pathlib import Path

from twoway.cli.terminal import Progress

_MEMORY = "500MB"
"""Beside what the import itself holds; a small server has no more."""
_MUCH = 10
"""A tenth of a collection; whoever adds little every hour should not pay for all each time."""


def prepare_first_audit(folder: Path, added: int, progress: Progress) -> None:
    """Have a collection ready to be audited, everybody it covers over 90 days, when much was `added`.

    Some 27 µs of processor time a post. What hinders it (nobody covered, no room) the audit itself
    will say; it makes what is lacking.
    """
    from twoway.audit import kept  # noqa: PLC0415  only after an import
    from twoway.collection.folder import Collection  # noqa: PLC0415  the same

    collection = Collection.open(folder)
    if not kept.is_worth(collection) or added * _MUCH < collection.manifest.rows("posts"):
        return
    from twoway.audit.engines.duckdb import DuckDB  # noqa: PLC0415  costs the engine
    from twoway.audit.errors import AuditError  # noqa: PLC0415  the same
    from twoway.audit.first_audit import make_ready  # noqa: PLC0415  the same

    with suppress(AuditError):
        make_ready(collection, partial(DuckDB, _MEMORY), progress)
