"""Finding accounts in a collection by what people call them: a handle, an id, or network/handle."""

from collections.abc import Sequence
from pathlib import Path

from twoway.collection.database import Database, quoted
from twoway.collection.errors import CollectionError


def find_accounts(database: Database, folder: Path, names: Sequence[str]) -> None:
    """Make table `chosen` (account, handle, id) from the view `accounts`; a name must fit somebody."""
    database.run("create or replace table chosen (account bigint, handle text, id text)")
    for name in names:
        fits = _test(name)
        if not database.number(f"select count(*) from accounts where {fits}"):
            raise CollectionError(
                f"{folder} knows no account {name}. Write its handle, its id, or network/handle."
            )
        database.run(f"insert into chosen select account, handle, id from accounts where {fits}")


def _test(name: str) -> str:
    """Return the condition of a name; ids may hold slashes, so the network is tried as well."""
    network, _, handle = name.partition("/")
    whole, part = (quoted(one.removeprefix("@").lower()) for one in (name, handle))
    return (
        f"(lower(handle) = {whole} or lower(id) in ({whole}, '@' || {whole}) or "
        f"(network = {quoted(network)} and lower(handle) = {part}))"
    )
