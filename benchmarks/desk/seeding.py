"""Fills a database with a world as fast as it takes it: rows first, indexes after them."""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from django.db import connection
from world import CHANNELS, NETWORK, TAGS, TEAMMATES, Part, Size, part, people

from twoway.desk import clock
from twoway.desk.database import writing
from twoway.desk.inbox import counts
from twoway.desk.inbox.models import Rejudging
from twoway.desk.inbox.search.index import Entry, vector
from twoway.desk.inbox.search.tokens import tokens
from twoway.desk.inbox.turning.version import JUDGED_BY

POSTS = (
    "id", "organisation_id", "network", "remote_id", "channel_id", "account_id", "thread_id",
    "parent", "said_at", "text", "language", "is_ours", "is_private", "is_machine", "is_quick",
    "sameness", "deleted_at", "observed_at", "record", "held", "reading", "facets",
)  # fmt: skip
CONVERSATIONS = (
    "id", "organisation_id", "thread_id", "person_id", "network", "channel_id", "assignee_id",
    "box", "rank", "since", "kind", "language", "kind_word_rank", "is_promised", "is_private",
    "has_moved", "promise_due_at", "snoozed_at", "snoozed_until", "wakes_at", "last_at",
    "last_post", "posts", "exchange", "why", "open_posts", "maybe_posts", "kind_word_posts",
    "version",
)  # fmt: skip
STEP = 2_000


def seed(size: Size, workers: int = 3) -> dict[str, float]:
    """Fill an empty, migrated database; return seconds by stage."""
    took: dict[str, float] = {}
    begun = time.perf_counter()
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute("pragma synchronous=off")
            cursor.execute("pragma foreign_keys=off")
        else:
            cursor.execute("set session_replication_role = replica")
            cursor.execute("set maintenance_work_mem = '1GB'")
    held_back = _drop_indexes()
    _small_tables(size)
    for made in _parts(size, workers):
        _load(made)
    took["rows and search"] = time.perf_counter() - begun
    with connection.cursor() as cursor:
        for statement in held_back:
            cursor.execute(statement)
        if not is_sqlite:
            _follow_sequences(cursor)
        cursor.execute("analyze")
    with writing():
        counts.recount(1)
    took["with indexes and counts"] = time.perf_counter() - begun
    with connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute("pragma synchronous=normal")
            cursor.execute("pragma foreign_keys=on")
        else:
            cursor.execute("set session_replication_role = default")
            cursor.execute("vacuum (analyze) inbox_conversation")
            cursor.execute("vacuum (analyze) inbox_post")
            cursor.execute("vacuum (analyze) inbox_post_search")
    return took


def _parts(size: Size, workers: int) -> Iterator[Part]:
    spans = range(0, size.conversations, STEP)
    with ProcessPoolExecutor(workers) as pool:
        waiting = []
        for begin in spans:
            waiting.append(pool.submit(part, size, begin, min(begin + STEP, size.conversations)))
            if len(waiting) > 2 * workers:
                yield waiting.pop(0).result()
        for one in waiting:
            yield one.result()


def _drop_indexes() -> list[str]:
    """Drop the indexes that are no constraints; return what makes them again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "select name, sql from sqlite_master where type = 'index' and sql is not null "
                "and tbl_name in ('inbox_post', 'inbox_conversation', 'inbox_conversationtag')"
            )
        else:
            cursor.execute(
                "select indexname, indexdef from pg_indexes where schemaname = 'public' and "
                "tablename in ('inbox_post', 'inbox_conversation', 'inbox_conversationtag', "
                "'inbox_post_search') and not exists (select 1 from pg_constraint "
                "where conname = indexname)"
            )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f'drop index "{name}"')
        return [statement for _, statement in found]


def _small_tables(size: Size) -> None:
    rows: list[tuple[str, Sequence[str], Iterable[Sequence[Any]]]] = [
        (
            "team_organisation", ("id", "name", "site", "language", "time_zone", "founded_at"),
            [(1, "Fern Museum", "", "en", "UTC", 0)],
        ),
        (
            "team_teammate",
            ("id", "password", "organisation_id", "email", "name", "role", "language",
             "time_zone", "theme", "is_active", "joined_at", "wants_digest", "wants_alerts"),
            [(n, "", 1, f"t{n}@museum.example", f"Mate {n}", "admin", "", "", "", True, 0, False,
              False) for n in range(1, TEAMMATES + 1)],
        ),
        (
            "channels_channel",
            ("id", "organisation_id", "network", "remote_id", "handle", "name", "avatar",
             "server", "purpose", "connected_at", "state", "needs"),
            [(n, 1, NETWORK, f"us{n}", f"museum{n}", "", "", "", "", 0, "working", "")
             for n in range(1, CHANNELS + 1)],
        ),
        (
            "inbox_tag", ("id", "organisation_id", "name"),
            [(n, 1, f"tag{n}") for n in range(1, TAGS + 1)],
        ),
        (
            "people_person",
            ("id", "organisation_id", "name", "sought", "relation", "first_seen_at", "is_spam",
             "do_not_contact"),
            ((n, 1, f"Person {n}", f"person {n}", "", 0, False, False) for n, _ in people(size)),
        ),
        (
            "people_account",
            ("id", "organisation_id", "person_id", "network", "remote_id", "handle", "sought", "name",
             "biography", "avatar", "site", "followers", "is_automatic", "is_ours", "we_follow",
             "follows_us"),
            ((n, 1, n, NETWORK, f"us{n}" if ours else f"a{n}", f"handle{n}", f"handle{n}", f"Person {n}", "",
              "", "", n % 5_000, False, ours, False, False) for n, ours in people(size)),
        ),
    ]  # fmt: skip
    for table, columns, given in rows:
        _copy(table, columns, given)


def _load(made: Part) -> None:
    _copy(
        "inbox_thread",
        ("id", "organisation_id", "network", "root", "size", "is_flat"),
        made.threads,
    )
    _copy("inbox_post", POSTS, made.posts)
    _copy("inbox_conversation", CONVERSATIONS, made.conversations)
    _copy(
        "inbox_conversationtag",
        (
            "organisation_id",
            "tag_id",
            "conversation_id",
            "box",
            "rank",
            "channel",
            "assignee",
            "kind",
            "language",
        ),
        made.tags,
    )
    if connection.vendor == "sqlite":
        rows = sorted((pk, " ".join(tokens(text)), named) for pk, text, named in made.found)
        _copy("inbox_post_search", ("rowid", "text", "facet"), rows)
    else:
        rows = [
            (pk, " ".join(f"'{t}'" for t in sorted(set(vector(Entry(pk, text, named))))))
            for pk, text, named in made.found
        ]
        _copy("inbox_post_search", ("post_id", "tokens"), rows)


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(columns)
    if connection.vendor == "sqlite":
        places = ", ".join(["?"] * len(columns))
        connection.ensure_connection()
        with connection.connection:
            connection.connection.execute("begin")
            connection.connection.executemany(
                f"insert into {table} ({names}) values ({places})", rows
            )
        return
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {table} ({names}) from stdin") as copying,
    ):
        for row in rows:
            copying.write_row(row)


def _follow_sequences(cursor: Any) -> None:
    """Let new rows begin after those that were copied in with their ids."""
    for table in (
        "team_organisation", "team_teammate", "channels_channel", "inbox_tag", "people_person",
        "people_account", "inbox_thread", "inbox_conversation",
    ):  # fmt: skip
        cursor.execute(
            f"select setval(pg_get_serial_sequence('{table}', 'id'), max(id)) from {table}"
        )


def note_judged() -> None:
    """Note that all of it is judged by the rule of now: a desk judges anew beside what is measured, else."""
    at = clock.now()
    Rejudging.objects.update_or_create(
        organisation_id=1, network=NETWORK,
        defaults={"judged_by": JUDGED_BY, "below": 0, "threads": 0, "begun_at": at, "ended_at": at},
    )  # fmt: skip
