"""Taking out what must not be kept any longer: what is too old, and what belongs to a person."""

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from twoway import language
from twoway.collection.building import Tables, derive, place_threads, show
from twoway.collection.database import MEMORY, Workbench, quoted
from twoway.collection.drafts import discard_drafts
from twoway.collection.manifest import Import
from twoway.collection.opening import writing
from twoway.collection.people import find_accounts
from twoway.collection.progress import Progress, quiet
from twoway.collection.writing import REJECTS, Writing
from twoway.core.tables import TABLES

_ALWAYS: Final = -(2**63)
_AUTHORS: Final = ("parent_author", "root_author", "quoted_author", "shared_author")
# What stays of each table. `gone` are posts, `chosen` accounts to be forgotten, `aging` accounts
# whose network forgets what was before `{since}`.
_STAYS: Final = {
    "posts": "select * replace ({authors}) from posts anti join gone using (post)",
    "mentions": "from mentions anti join gone using (post) anti join chosen using (account)",
    "links": "from links anti join gone using (post)",
    "media": "from media anti join gone using (post)",
    "versions": "from versions anti join gone using (post)",
    "marks": "from marks anti join gone using (post)",
    "reactions": "from reactions anti join gone using (post) anti join chosen using (account) "
    "where not (account in (from aging) and coalesce(reacted_at, {since}) < {since})",
    "follows": "from follows where follower not in (select account from chosen) "
    "and followed not in (select account from chosen) "
    "and not (follower in (from aging) and coalesce(seen_at, {since}) < {since})",
    "coverage": "select * replace "
    "(if(account in (from aging), greatest(begins, {since}), begins) as begins) "
    "from coverage anti join chosen using (account) "
    "where not (account in (from aging) and ends < {since})",
    "organisations": "from organisations anti join chosen using (account)",
    "readings": "from readings anti join gone using (post)",
    "kinds": "from kinds anti join gone using (post)",
    "words": "from words anti join gone using (post)",
}
# Asked once the others are made: people of whom nothing is left go, too.
_STAY_LAST: Final = {
    "brands": "from brands semi join organisations using (organisation)",
    "accounts": "from accounts anti join chosen using (account) where account in ("
    "select author from posts union all select parent_author from posts union all "
    "select root_author from posts union all select quoted_author from posts union all "
    "select shared_author from posts union all select account from mentions union all "
    "select account from reactions union all select account from coverage union all "
    "select account from organisations union all select follower from follows union all "
    "select followed from follows)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """How much was taken out."""

    posts: int
    accounts: int
    rejected: int


def purge(
    folder: Path | str,
    *,
    older_than: int | None = None,
    network: str | None = None,
    accounts: Sequence[str] = (),
    progress: Progress = quiet,
    memory: str = MEMORY,
) -> Purged:
    """Take out what was said before `older_than` (µs), and all that `accounts` wrote, did and are.

    With `network` only that network's posts age. Rows kept aside are searched for the accounts;
    they tell no date, so that a purge by age takes them all. Nothing of it stays on the disk.
    """
    with writing(Path(folder)) as change:
        before = change.manifest
        with closing(Workbench(change, memory)) as database:
            show(database, before.tables, TABLES.values())
            find_accounts(database, change.folder, accounts)
            names = [str(name) for row in database.rows(_NAMES) for name in row]
            tables = _keep_rest(database, older_than, network)
            tables |= _derive_anew(database, progress, was_read=before.model == language.MODEL)
        imports = tuple(
            _clean(change, entry, names, everything=older_than is not None)
            for entry in before.imports
        )
        discard_drafts(change.folder)
        after = change.commit(replace(before, tables=tables, imports=imports), forget=True)
    return Purged(
        posts=before.rows("posts") - after.rows("posts"),
        accounts=before.rows("accounts") - after.rows("accounts"),
        rejected=sum(one.rejected for one in before.imports)
        - sum(one.rejected for one in after.imports),
    )


_NAMES: Final = "select distinct handle, id from chosen"


def _keep_rest(database: Workbench, older_than: int | None, network: str | None) -> Tables:
    """Write every table without what goes, and show the new ones."""
    since = _ALWAYS if older_than is None else older_than
    ages = "true" if network is None else f"network = {quoted(network)}"
    database.run(f"create table aging as select account from accounts where {ages}")
    database.run(
        f"create table gone as select post from posts where (said_at < {since} and {ages}) "
        "or author in (select account from chosen)"
    )
    authors = ", ".join(
        f"if({name} in (select account from chosen), null, {name}) as {name}" for name in _AUTHORS
    )
    tables: Tables = {}
    for queries in (_STAYS, _STAY_LAST):
        for name, query in queries.items():
            tables[name] = database.keep(TABLES[name], query.format(since=since, authors=authors))
        show(database, tables, [TABLES[name] for name in queries])
    return tables


def _derive_anew(database: Workbench, progress: Progress, *, was_read: bool) -> Tables:
    """Read and place what is left; readings of another model stay as they are."""
    return derive(database, progress, read=True) if was_read else place_threads(database, progress)


def _clean(change: Writing, entry: Import, names: Sequence[str], *, everything: bool) -> Import:
    """Take what names the accounts out of an import's notes and of the rows it kept aside."""
    if everything:
        return replace(entry, rejected=0, rejects_file=None)
    if not names:
        return entry
    about = re.compile(
        "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names), re.IGNORECASE
    )
    notes = tuple(note for note in entry.notes if not about.search(note))
    if entry.rejects_file is None:
        return replace(entry, notes=notes)
    path = change.new_file(REJECTS, "jsonl")
    kept = 0
    with (
        (change.folder / entry.rejects_file).open(encoding="utf-8") as old,
        path.open("w", encoding="utf-8") as new,
    ):
        for line in old:
            if not about.search(line):
                new.write(line)
                kept += 1
    file = change.part(path, kept).file if kept else None
    return replace(entry, notes=notes, rejected=kept, rejects_file=file)
