"""Whole pages, timed one after another, and the plans of the questions behind them."""

import re
import time
from collections.abc import Callable
from random import Random
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from world import CHANNELS, KINDS, LONG_THREAD, PER_CONVERSATION, TAGS, Size, say

from twoway.desk.inbox.models import Conversation
from twoway.desk.running.warming import warm
from twoway.desk.team.models import Teammate

Times = tuple[float, float, float, float, float, float, float]
"""The first request; then median, p95 and p99 of wall time, and of processor time (ms)."""
_FIRST = 300
BOXES = ("ours", "theirs", "settled", "promised", "maybe", "snoozed")


def kinds(random: Random, size: Size) -> dict[str, Callable[[], str]]:
    """Return what makes an address, by the kind of page."""
    return {
        "our turn, any filters": lambda: _listed(random, "ours"),
        "any list, any filters": lambda: _listed(random, random.choice(BOXES)),
        "filters that find nothing": lambda: _nothing(random),
        "a settled list, deep": lambda: _deep(random, size),
        "conversation": lambda: f"/conversation/{random.randint(1, size.conversations)}/",
        "conversation in a thread of 5,000": lambda: (
            f"/conversation/{random.randint(1, LONG_THREAD // PER_CONVERSATION)}/"
        ),
        "person": lambda: f"/people/{CHANNELS + 1 + int(50 * random.random())}/",
        "search: a word": lambda: _search(random, 1),
        "search: two words": lambda: _search(random, 2),
        "search: a frequent word": lambda: "/search/?" + urlencode({"q": _word(0)}),
        "search: a frequent word, one channel, a kind": lambda: (
            "/search/?" + urlencode({"q": _word(1), "channel": CHANNELS, "kind": "complaint"})
        ),
        "search: two frequent words that never meet": lambda: (
            "/search/?" + urlencode({"q": f"{_word(0)} 的一"})
        ),
        "search: a rare word": lambda: (
            "/search/?" + urlencode({"q": _word(random.randint(40_000, 49_999))})
        ),
        "search: two Chinese signs": lambda: "/search/?" + urlencode({"q": say(random, "zh")[:2]}),
        "search: nothing": lambda: "/search/?q=nosuchwordatall",
    }


def time_pages(size: Size, requests: int) -> dict[str, Times]:
    """Return the times of each kind of page, in one process that was warmed as the server is.

    The first page of a kind is timed apart as cold; the next `_FIRST` are not, as PostgreSQL has just
    been started and holds nothing in memory of its own.
    """
    warm()
    client = Client()
    client.force_login(Teammate.objects.get(pk=1))
    return {name: _time(client, make, requests) for name, make in kinds(Random(11), size).items()}


def _time(client: Client, make: Callable[[], str], requests: int) -> Times:
    took, processor = [], []
    for _ in range(requests + 1 + _FIRST):
        address = make()
        begun, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        took.append((time.perf_counter() - begun) * 1000)
        processor.append((time.process_time() - worked) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)  # noqa: S101  a wrong page is no figure
    warmed = 1 + _FIRST
    return took[0], *spread(took[warmed:]), *spread(processor[warmed:])


def spread(took: list[float]) -> tuple[float, float, float]:
    """Return median, p95 and p99."""
    warm = sorted(took)
    return tuple(round(warm[int(len(warm) * share)], 2) for share in (0.5, 0.95, 0.99))


def _word(rank: int) -> str:
    from world import _words  # noqa: PLC0415  the world's own vocabulary

    return _words()[0][rank]


def _listed(random: Random, box: str) -> str:
    filters: dict[str, object] = {}
    if random.random() < 0.5:
        filters["channel"] = random.randint(1, CHANNELS)
    if random.random() < 0.5:
        filters["whose"] = random.choice(["mine", "nobody", random.randint(1, 20)])
    if random.random() < 0.3:
        filters["kind"] = random.choice(KINDS)
    if random.random() < 0.3:
        filters["language"] = random.choice(["en", "de", "zh"])
    if random.random() < 0.2:
        filters["tag"] = f"tag{random.randint(1, TAGS)}"
    return f"/list/{box}/?" + urlencode(filters)


def _nothing(random: Random) -> str:
    return random.choice(
        [
            "/list/settled/?kind=complaint",
            "/list/settled/?language=xx",
            "/list/settled/?channel=40&kind=question",
            "/list/settled/?whose=mine&language=xx",
            "/list/settled/?tag=nosuchtag",
            "/list/ours/?language=xx&whose=nobody",
            "/list/settled/?whose=nobody&kind=request",
            "/list/settled/?tag=tag1&language=xx",
            "/list/kind_word/",
        ]
    ).replace("/list/kind_word/", "/list/ours/?kind=question&language=xx")


def _deep(random: Random, size: Size) -> str:
    row = Conversation.objects.get(pk=random.randint(1, size.conversations))
    return "/list/settled/?" + urlencode({"after": f"{-row.last_at}.{row.pk}"})


def _search(random: Random, words: int) -> str:
    found = [_word(int(5_000 * random.random() ** 2)) for _ in range(words)]
    return "/search/?" + urlencode({"q": " ".join(found)})


_ASKED = {
    "our turn": "/list/ours/",
    "settled, deep": "/list/settled/?after=-1700000000000000.5",
    "settled, one channel": "/list/settled/?channel=3",
    "settled, a kind nobody has": "/list/settled/?kind=complaint",
    "settled, channel and language": "/list/settled/?channel=3&language=xx",
    "settled, nobody's, of a kind": "/list/settled/?whose=nobody&kind=complaint",
    "settled, a tag and a language": "/list/settled/?tag=tag1&language=xx",
    "kind words": "/list/kind-word/",
    "conversation": "/conversation/777/",
    "conversation in a thread of 5,000": "/conversation/7/",
    "person": f"/people/{CHANNELS + 2}/",
    "search": "/search/?" + urlencode({"q": "nosuchwordatall"}),
}


def plans() -> dict[str, list[str]]:
    """Return how the database answers every question that some pages ask of the large tables."""
    client = Client()
    client.force_login(Teammate.objects.get(pk=1))
    return {name: _plans_of(client, address) for name, address in _ASKED.items()}


def _plans_of(client: Client, address: str) -> list[str]:
    asked: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().lower().startswith(("select", "with")) and _LARGE.search(sql):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        client.get(address)
    found = []
    for sql, params in asked:
        with connection.cursor() as cursor:
            explain = "explain query plan " if connection.vendor == "sqlite" else "explain "
            cursor.execute(explain + sql, params)
            found += [str(row[-1]) for row in cursor.fetchall() if _TELLING.search(str(row[-1]))]
    return found


_LARGE = re.compile(
    r"inbox_(post|conversation|thread|signal|mark|count|reference|draft|note)|people_|team_event"
)
_TELLING = re.compile(r"SEARCH|SCAN|Scan|Index Cond")
