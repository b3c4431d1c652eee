"""Answers recorded from Mastodon 4.7.3 go through our parsers, and none of them is lost."""

import json
import re
from collections import Counter
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx2
import pytest
from servers.recorded import frames, recordings

from twoway.collection.records import Note, Rejected
from twoway.collection.values import mapping, mappings, microseconds, moment
from twoway.connectors.answer import Answer
from twoway.connectors.budgets import Budget
from twoway.connectors.clock import Still
from twoway.connectors.errors import GiveUp, Reconnect
from twoway.core.accounts import Account
from twoway.core.posts import Post
from twoway.core.reactions import Reaction
from twoway.networks.mastodon.connector.entities.instance import read_instance
from twoway.networks.mastodon.connector.entities.reading import pack, read
from twoway.networks.mastodon.connector.entities.statuses import Beside
from twoway.networks.mastodon.connector.refusals import Gone, Refused, refusal

# Nothing is started, but 12 MB are fetched the first time.
pytestmark = pytest.mark.server

US = "http://localhost:3000/ap/users/1"


def told(method, path):
    """Return the JSON of every answer of 200 at a path, whose numbers are written N."""
    return [
        json.loads(one.body)
        for one in recordings()
        if one.method == method
        and one.status == 200
        and re.sub(r"/\d+", "/N", urlsplit(one.address).path) == path
    ]


def parsed(kind, items):
    """Return the records of many items, and what of it could not be read."""
    records = [found for item in items for found in read(pack(kind, item, 0, about=US))]
    return records, [record for record in records if isinstance(record, Rejected)]


def statuses():
    """Return every status that was recorded anywhere."""
    for method, path in [
        ("POST", "/api/v1/statuses"),
        ("PUT", "/api/v1/statuses/N"),
        ("GET", "/api/v1/statuses/N"),
        ("POST", "/api/v1/statuses/N/reblog"),
        ("POST", "/api/v1/statuses/N/favourite"),
    ]:
        yield from told(method, path)
    for path in ("/api/v1/timelines/home", "/api/v1/accounts/N/statuses"):
        yield from (status for page in told("GET", path) for status in page)


def test_every_status_is_read():
    items = [one for one in statuses() if "content" in one]  # scheduled ones are no posts yet
    records, rejected = parsed("status", items)
    assert rejected == []
    assert len(items) > 250
    posts = {post.id for post in records if isinstance(post, Post)}
    assert {one["uri"].removesuffix("/activity") for one in items} <= posts
    assert {post.client for post in records if isinstance(post, Post)} >= {"Mastodon.py test suite"}


def test_every_kind_of_visibility_was_recorded_and_is_told():
    records, _ = parsed("status", statuses())
    seen = Counter(post.visibility for post in records if isinstance(post, Post))
    assert set(seen) == {"public", "followers", "private"}


def test_every_notification_is_read():
    items = [one for page in told("GET", "/api/v1/notifications") for one in page]
    records, rejected = parsed("notification", items)
    assert rejected == []
    kinds = Counter(one["type"] for one in items)
    assert len(items) > 10
    reactions = sum(kinds[kind] for kind in ("favourite", "reblog"))
    assert sum(isinstance(record, Reaction) for record in records) == reactions


def test_kinds_of_notifications_without_a_column_are_told_in_words():
    single = told("GET", "/api/v1/notifications/N")
    grouped = [
        mapping(one)
        for page in told("GET", "/api/v1/notifications")
        for one in page
        if "collection" in one["type"] or "annual" in one["type"]
    ]
    for item in [one for one in (*single, *grouped) if "collection" in one["type"]]:
        records, rejected = parsed("notification", [item])
        assert rejected == []
        assert any(isinstance(record, Note) for record in records)


def test_every_account_is_read():
    items = [
        *told("GET", "/api/v1/accounts/verify_credentials"),
        *told("GET", "/api/v1/accounts/lookup"),
        *(one for page in told("GET", "/api/v1/accounts/search") for one in page),
    ]
    records, rejected = parsed("account", items)
    assert rejected == []
    accounts = [record for record in records if isinstance(record, Account)]
    assert [one.id for one in accounts] == [item["uri"] for item in items]


def test_threads_are_joined_by_addresses():
    (context,) = told("GET", "/api/v1/statuses/N/context")
    asked = next(one for one in recordings() if urlsplit(one.address).path.endswith("/context"))
    local = urlsplit(asked.address).path.split("/")[-2]
    own = next(one for one in statuses() if one["id"] == local)
    records = list(read(pack("context", {"status": own, **context}, 0)))
    posts = [record for record in records if isinstance(record, Post)]
    assert len(posts) == 1 + len(context["ancestors"]) + len(context["descendants"])
    assert all(post.parent in {one.id for one in posts} for post in posts if post.is_reply)


def test_quotes_name_the_post_they_quote():
    quoting = [one for one in statuses() if mapping(mapping(one.get("quote")).get("quoted_status"))]
    assert quoting
    for item in quoting:
        (post,) = (
            record
            for record in parsed("status", [item])[0]
            if isinstance(record, Post) and record.id == item["uri"]
        )
        assert post.quoted == item["quote"]["quoted_status"]["uri"]
        assert post.quoted_author == item["quote"]["quoted_status"]["account"]["uri"]


def test_edits_tell_what_stood_there_before():
    histories = told("GET", "/api/v1/statuses/N/history")
    for history in histories:
        status = {**next(statuses()), "edited_at": history[-1]["created_at"]}
        (post,) = (
            record
            for record in read(pack("status", status, 0, beside=Beside(history=history)))
            if isinstance(record, Post)
        )
        assert len(post.earlier) == len(history) - 1
    assert histories


def test_polls_keep_their_answers():
    polls = [one for one in statuses() if one.get("poll")]
    assert polls
    for item in polls:
        (post,) = (one for one in parsed("status", [item])[0] if isinstance(one, Post))
        assert list(post.poll) == [option["title"] for option in item["poll"]["options"]]


def test_the_server_says_what_it_takes():
    version2 = told("GET", "/api/v2/instance/")[0]
    instance = read_instance(version2)
    assert (instance.version, instance.api) == ("4.7.3", 11)
    assert (instance.limits.characters, instance.limits.media) == (500, 4)
    assert (instance.limits.address_counts, instance.limits.alt_characters) == (23, 10_000)
    assert (instance.poll_options, instance.poll_characters) == (4, 50)
    assert instance.keeps_keys
    assert instance.quotes
    assert instance.streaming.startswith("ws")
    older = read_instance(told("GET", "/api/v1/instance/")[0])
    assert (older.limits.characters, older.streaming) == (500, instance.streaming)
    assert not older.keeps_keys  # the older way does not prove it


def test_every_refusal_names_its_cure():
    cures = {401: Reconnect, 403: GiveUp, 404: Gone, 422: Refused}
    seen = set()
    for one in recordings():
        if one.status in cures:
            answer = Answer(
                address=one.address, status=one.status, headers=httpx2.Headers(), body=one.body
            )
            error = refusal(answer, "localhost", with_token=True)
            assert isinstance(error, cures[one.status] | Reconnect)
            seen.add(one.status)
    assert seen == set(cures)


def test_allowances_are_learned_from_the_headers():
    spent = [one for one in recordings() if "x-ratelimit-reset" in one.headers]
    assert len(spent) > 1_000
    clock = Still()
    for one in spent:
        if "date" in one.headers:
            sent = microseconds(parsedate_to_datetime(one.headers["date"]))
            left = moment(one.headers["x-ratelimit-reset"]) - sent
            budget = Budget(clock)
            budget.learn(200, httpx2.Headers({**one.headers, "x-ratelimit-remaining": "0"}))
            assert budget.opens_at == (clock.now() + left if left > 0 else None)


def test_lists_lead_on_by_their_link_header():
    linked = [one for one in recordings() if "link" in one.headers]
    assert len(linked) > 20
    for one in linked:
        answer = Answer(
            address=one.address, status=200, headers=httpx2.Headers(one.headers), body=b""
        )
        assert answer.link("next") or answer.link("prev")


def test_streams_bring_what_polling_brings():
    events = Counter(frame.get("event") for frame in frames())
    assert events["update"] >= 1
    items = [json.loads(one["payload"]) for one in frames() if one.get("event") == "update"]
    records, rejected = parsed("status", items)
    assert rejected == []
    assert len([record for record in records if isinstance(record, Post)]) >= len(items)


def test_conversations_end_in_posts():
    pages = told("GET", "/api/v1/conversations/")
    last = [one["last_status"] for page in pages for one in mappings(page) if one["last_status"]]
    records, rejected = parsed("status", last)
    assert rejected == []
    assert {post.visibility for post in records if isinstance(post, Post)} <= {"private"}
