"""Judge cases by the rule over whole tables: all of them become one collection, one run for all.

Every case is an organisation of its own, with accounts and posts of its own, on a network of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import one
from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.engines.interface import Engine
from twoway.audit.steps.columns import CALENDAR, OURS, WINDOWS
from twoway.audit.steps.prepare import prepare
from twoway.core.identity import key
from twoway.core.posts import Post
from twoway.core.readings import OUR_KINDS, THEIR_KINDS
from twoway.core.tables import TABLES, TREE
from twoway.core.threads import place
from twoway.core.turns.machines import sameness
from twoway.core.turns.situation import Situation

Row = dict[str, Any]
EMPTY = {"bigint": 0, "integer": 0, "double": 0.0, "boolean": False, "text": ""}


def judge_all(
    cases: Sequence[Mapping[str, Any]], engine: Engine | None = None
) -> list[dict[str, Any]]:
    """Return what the rule over tables says of each case, in the form of its `expect`."""
    books = [Tables(str(number), case) for number, case in enumerate(cases)]
    used = engine or DuckDB()
    try:
        for name, table in TABLES.items():
            rows = [row for book in books for row in book.rows[name]]
            if table is not TREE:  # the first of the steps where a collection lacks it
                used.fill(table, [_filled(table, row) for row in rows])
        ends = {book.name: book.situation.now for book in books}
        used.fill(WINDOWS, [_filled(WINDOWS, _window(name, now)) for name, now in ends.items()])
        used.fill(CALENDAR, [])  # weeks decide no turn
        used.fill(OURS, [(b.name, b.key(a)) for b in books for a in b.situation.ours])
        prepare(used)
        found = zip(_answers(books, used), cases, strict=True)
        return [one.named(judged, case) for judged, case in found]
    finally:
        if engine is None:
            used.close()


def _window(name: str, now: int) -> Row:
    return {"organisation": name, "begins": 0, "ends": now, "zone": "UTC"}


def _filled(table: Any, row: Row) -> tuple[Any, ...]:
    assert set(row) <= set(table.names), set(row) - set(table.names)
    return tuple(row.get(c.name, None if c.optional else EMPTY[c.type]) for c in table.columns)


class Tables:
    """One case as rows of the collection's tables, as things stood at its `now`."""

    def __init__(self, name: str, case: Mapping[str, Any]) -> None:
        self.name = name
        self.situation: Situation = one.situation(case)
        now = self.situation.now
        self.ids: dict[int, str] = {}
        self.rows: dict[str, list[Row]] = defaultdict(list)
        seen: set[str] = set()
        self.posts = []
        for post in self.situation.posts:
            if post.said_at <= now and post.id not in seen:
                seen.add(post.id)
                gone = post.deleted_at is not None and post.deleted_at > now
                self.posts.append(replace(post, deleted_at=None) if gone else post)
        self._write(now)

    def key(self, identity: str) -> int:
        """Return the number of an account or post of this case."""
        number = key("book", f"{self.name}/{identity}")
        self.ids[number] = identity
        return number

    def _maybe(self, identity: str | None) -> int | None:
        return None if identity is None else self.key(identity)

    def _write(self, now: int) -> None:
        held = {p.id: self._versions(p, now) for p in self.posts}
        last = {i: versions[-1][1] for i, versions in held.items()}
        for mark in sorted(self.situation.marks, key=lambda m: m.marked_at):
            if mark.marked_at <= now and mark.kind == "corrected_kind" and mark.post in last:
                last[mark.post] = frozenset([mark.value or ""])
        for post in self.posts:
            self._write_post(post, held[post.id])
        withdrawals = {i for i, kinds in last.items() if "withdrawal" in kinds}
        for spot in place(self.posts, withdrawals):
            self.rows["threads"].append(
                {
                    "post": self.key(spot.post),
                    "thread": self.key(spot.thread),
                    "first_piece": self.key(spot.first_piece),
                    "above": self._maybe(spot.above),
                    "enter": spot.enter,
                    "leave": spot.leave,
                    "chain_top": self.key(spot.chain_top),
                }
            )
        self._write_people(now)

    def _versions(self, post: Post, now: int) -> list[tuple[int, frozenset[str]]]:
        return [(h.since, h.kinds) for h in self.situation.kinds[post.id] if h.since <= now] or [
            (post.said_at, frozenset())
        ]

    def _write_post(self, post: Post, versions: list[tuple[int, frozenset[str]]]) -> None:
        number = self.key(post.id)
        self.rows["posts"].append(
            {
                "post": number,
                "network": self.name,
                "id": post.id,
                "author": self.key(post.author),
                "said_at": post.said_at,
                "text": post.text,
                "visibility": post.visibility,
                "nesting": post.nesting,
                "parent": self._maybe(post.parent),
                "quoted": self._maybe(post.quoted),
                "shared": self._maybe(post.shared),
                "is_reply": post.parent is not None,
                "automatic": post.automatic,
                "deleted_at": post.deleted_at,
            }
        )
        for mention in post.mentions:
            self.rows["mentions"].append(
                {"post": number, "account": self.key(mention.account), "is_new": mention.is_new}
            )
        for link in post.links:
            self.rows["links"].append(
                {"post": number, "address": link.address, "leads_to": self._maybe(link.leads_to)}
            )
        for version, (since, kinds) in enumerate(versions):
            if version:
                earlier = {"post": number, "version": version - 1, "replaced_at": since}
                self.rows["versions"].append(earlier)
            self._write_reading(post, number, version, kinds)

    def _write_reading(self, post: Post, number: int, version: int, kinds: Iterable[str]) -> None:
        words = sameness(post.text)
        self.rows["readings"].append(
            {"post": number, "version": version, "text_key": key("words", words) if words else None}
        )
        for kind in kinds:
            for side, names in (("theirs", THEIR_KINDS), ("ours", OUR_KINDS)):
                if kind in names:
                    self.rows["kinds"].append(
                        {"post": number, "version": version, "side": side, "kind": kind,
                         "certainty": 1.0, "holds": True}
                    )  # fmt: skip

    def _write_people(self, now: int) -> None:
        situation = self.situation
        for account in {*situation.ours, *situation.automatic, *(p.author for p in self.posts)}:
            self.rows["accounts"].append(
                {"account": self.key(account), "network": self.name, "handle": account,
                 "automatic": account in situation.automatic}
            )  # fmt: skip
        likes = {(x.account, x.post): x for x in reversed(situation.likes)}
        for like in likes.values():
            if like.reacted_at is None or like.reacted_at <= now:
                self.rows["reactions"].append(
                    {"account": self.key(like.account), "post": self.key(like.post),
                     "kind": "like", "reacted_at": like.reacted_at}
                )  # fmt: skip
        for mark in situation.marks:
            if mark.marked_at <= now:
                self.rows["marks"].append(
                    {"post": self.key(mark.post), "kind": mark.kind, "marked_at": mark.marked_at,
                     "value": mark.value}
                )  # fmt: skip


def _answers(books: Sequence[Tables], engine: Engine) -> list[dict[str, Any]]:
    found: dict[str, dict[str, list[Any]]] = {
        book.name: {"conversations": [], "intervals": [], "pieces": [], "community": []}
        for book in books
    }
    names = {book.name: book.ids for book in books}
    for name, row in _conversations(engine, names):
        found[name]["conversations"].append(row)
    query = (
        "select organisation, person, thread, since, ended_at, ended_by from waits "
        "where is_sure order by organisation, thread, person, since, ended_at"
    )
    for name, person, thread, since, until, by in engine.rows(query):
        ids = names[name]
        found[name]["intervals"].append(
            {"with": ids[person], "thread": ids[thread], "from": since / one.MINUTE,
             "to": None if until is None else until / one.MINUTE, "by": by}
        )  # fmt: skip
    for name, post in engine.rows("select organisation, post from community"):
        found[name]["community"].append(names[name][post])
    merged: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for first, post, said_at, enter in engine.rows(
        "select t.first_piece, t.post, p.said_at, t.enter "
        "from threads t join posts p on p.post = t.post"
    ):
        merged[first].append((said_at, enter, post))
    for book in books:
        for first, pieces in merged.items():
            if first in book.ids and len(pieces) > 1:
                found[book.name]["pieces"].append([book.ids[p] for _, _, p in sorted(pieces)])
    return [found[book.name] for book in books]


def _conversations(
    engine: Engine, names: Mapping[str, Mapping[int, str]]
) -> Iterable[tuple[str, dict[str, Any]]]:
    lanes: dict[tuple[str, int, int], dict[str, list[str]]] = defaultdict(
        lambda: {"open": [], "kind_word": [], "maybe": []}
    )
    for name, thread, person, lane, post in engine.rows(
        "select organisation, thread, person, lane, post from lanes order by since, post"
    ):
        lanes[name, thread, person][lane].append(names[name][post])
    for name, thread, person, turn, since, promised in engine.rows(
        "select organisation, thread, person, turn, since, promised from turns"
    ):
        ids = names[name]
        yield (
            name,
            {"with": ids[person], "thread": ids[thread], "turn": turn,
             "since": None if since is None else since / one.MINUTE,
             **lanes[name, thread, person], "promised": promised},
        )  # fmt: skip


def judge(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the rule over tables says of one case."""
    return judge_all([case])[0]
