"""Readings for a collection: made once for every version of a post, anew when what was read changes.

A digest of all that was read (text, handles, names, language …) is kept with each reading, so that
readings follow their posts, whatever was imported first.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any, Final

from twoway import language
from twoway.collection.database import Workbench, existing, quoted
from twoway.collection.manifest import Part
from twoway.collection.parts import NewPart
from twoway.collection.progress import Progress
from twoway.collection.reading_processes import read_batches
from twoway.core.tables import KINDS, READINGS, WORDS

READ: Final = (READINGS, KINDS, WORDS)
# Posts read at a time; their words make some 40 rows each.
_BATCH: Final = 2_000

Parts = dict[str, tuple[Part, ...]]

# What language.read is asked about each version of each post. Versions before the last one are
# read with the surroundings of today.
_ASKED: Final = """
select *, (md5_number_lower(concat_ws('|', text, language, author, handles, names, is_reply,
           has_media, has_link, has_poll))::hugeint - 9223372036854775808)::bigint as digest
from (
  select t.post, t.version, t.is_last, t.text, coalesce(n.handles, []) as handles,
         coalesce(w.name, '') as author,
         list_sort(list_distinct(list_filter(
           list_append(coalesce(n.names, []), coalesce(u.name, '')), lambda name: name <> ''))) as names,
         p.is_reply, m.post is not null as has_media, l.post is not null as has_link, p.has_poll,
         p.language
  from (select post, coalesce(versions, 0) as version, true as is_last, text
        from posts left join (select post, max(version) + 1 as versions from versions group by post)
        using (post)
        union all by name select post, version, false as is_last, text from versions) t
  join posts p using (post)
  left join accounts w on w.account = p.author
  left join accounts u on u.account = p.parent_author
  left join (select post, list(handle order by handle) as handles, list(name) as names
             from mentions join accounts using (account) group by post) n on n.post = t.post
  left join (select distinct post from media) m on m.post = t.post
  left join (select distinct post from links) l on l.post = t.post
)
"""
_ASKED_COLUMNS: Final = (
    "post", "version", "is_last", "digest", "text", "handles", "author", "names", "is_reply",
    "has_media", "has_link", "has_poll", "language",
)  # fmt: skip


def keep_readings(database: Workbench, model: str | None = None) -> Parts:
    """Return the parts of readings that still hold, of `model` or ours, and make table `current` of their posts."""
    database.run("create or replace table current (post bigint)")
    held = {t.name: tuple(database.change.manifest.tables.get(t.name, ())) for t in READ}
    if not held[READINGS.name]:
        return held
    for table in READ:
        database.view(f"old_{table.name}", table, existing(database.change, table))
    sort_out(database, "old_readings", into="current", model=model)
    if not database.number("select count(*) from old_readings anti join current using (post)"):
        return held
    return {
        table.name: database.keep(table, f"from old_{table.name} semi join current using (post)")
        for table in READ
    }


def sort_out(database: Workbench, readings: str, *, into: str, model: str | None = None) -> None:
    """Make table `into` of the posts whose every version has a reading by `model` there, ours by default."""
    database.run(
        f"create or replace table {into} as select a.post from ({_ASKED}) a left join {readings} r "
        "on a.post = r.post and a.version = r.version and a.digest = coalesce(r.digest, a.digest) "
        f"and r.model = {quoted(model or language.MODEL)} group by a.post having bool_and(r.post is not null)"
    )


def unread(database: Workbench, *done: str) -> tuple[int, Iterator[list[tuple[Any, ...]]]]:
    """Return how many versions of posts are in none of the tables `done`, and them in batches."""
    without = " ".join(f"anti join {table} using (post)" for table in done)
    database.run(f"create or replace table unread as from ({_ASKED}) {without} order by post")
    count = database.number("select count(*) from unread")
    return count, database.batches(f"select {', '.join(_ASKED_COLUMNS)} from unread", _BATCH)


def read_posts(database: Workbench, progress: Progress) -> Parts:
    """Read every version of a post that has no reading, and return the new parts."""
    count, batches = unread(database, "current")
    if not count:
        return {}
    done = 0
    with ExitStack() as stack:
        written = {t.name: stack.enter_context(NewPart(database.change, t)) for t in READ}
        for size, tables in stack.enter_context(closing(read_batches(batches, count))):
            for name, rows in tables.items():
                written[name].add(rows)
            done += size
            progress("Reading what posts say:", done, count)
    return {name: part.parts for name, part in written.items()}
