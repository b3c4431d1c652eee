"""Listening to everything: Jetstream over a real network, filtered for one account."""

import asyncio
import json
from contextlib import aclosing

import pytest
from servers.jetstream import FIRST, jetstream
from servers.patience import PATIENCE

from twoway.collection.records import Deletion, Note
from twoway.connectors.door import Door
from twoway.connectors.errors import TryLater
from twoway.connectors.interface import Delete, Raw
from twoway.core.posts import Post
from twoway.networks.bluesky.connector import parsing
from twoway.networks.bluesky.connector.jetstream import Filter, Listener
from twoway.networks.bluesky.tests.stage import now

TEA, ANN = "did:plc:larchteahouse", "did:plc:ann"


@pytest.fixture
def stream():
    with jetstream() as running:
        yield running


def said(text, author=ANN, key="3lb2aaaaaaa2a", **more):
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-22T09:00:00.000Z"}
    event = {"did": author, "rev": key, "operation": "create", "collection": "app.bsky.feed.post"}
    return {**event, "rkey": key, "record": {**record, **more}, "cid": "bafy"}


def heard(stream, cursor, wanted, *, cut_after=None):
    """Listen until so many items came; return them, and the last cursor."""

    async def work():
        items, last = [], cursor
        allow = [stream.address.partition("//")[2]]
        async with Door(allow=allow) as door, asyncio.timeout(PATIENCE):
            listener = Listener(door, stream.address, TEA, ("larchtea.test",))
            async with aclosing(listener.pages(cursor)) as pages:
                async for page in pages:
                    items += page.items
                    last = page.cursor
                    if cut_after is not None and len(items) >= cut_after:
                        stream.cut()
                    elif len(items) >= wanted:
                        return items, last
        return items, last

    return asyncio.run(work())


def place(stream, seq=FIRST):
    return json.dumps({"host": stream.address, "seq": seq, "at": now()})


def test_only_what_concerns_us_is_handed_out(stream):
    facet = {"features": [{"$type": "app.bsky.richtext.facet#mention", "did": TEA}]}
    stream.add(**said("Nothing to do with us"))
    stream.add(**said("@tea hello", key="3lb2aaaaaaa2b", facets=[facet]))
    stream.add(**said("See larchtea.test", key="3lb2aaaaaaa2c"))
    stream.add(
        **said("An answer", key="3lb2aaaaaaa2d", reply={"parent": {"uri": f"at://{TEA}/x/y"}})
    )
    stream.add(**said("Nothing again", key="3lb2aaaaaaa2e"))
    items, _ = heard(stream, place(stream), 3)
    texts = [record.text for raw in items for record in parsed(raw) if isinstance(record, Post)]
    assert texts == ["@tea hello", "See larchtea.test", "An answer"]
    asked = stream.asked[0]
    assert (asked["collections"], asked["kinds"]) == (["app.bsky.feed.post"], ["commit"])


def test_it_goes_on_where_it_was_and_says_nothing_twice_for_long(stream):
    for number in range(6):
        stream.add(**said(f"larchtea.test {number}", key=f"3lb2aaaaaaa2{'abcdef'[number]}"))
    first, cursor = heard(stream, place(stream), 3)
    rest, _ = heard(stream, cursor, 4)
    texts = [record.text for raw in (*first, *rest) for record in parsed(raw)]
    assert list(dict.fromkeys(texts)) == [f"larchtea.test {number}" for number in range(6)]
    assert len(texts) == 7, "the event at the cursor comes again, and no other"


def test_a_broken_connection_is_said(stream):
    for number in range(3):
        stream.add(**said(f"larchtea.test {number}"))
    with pytest.raises(TryLater):
        heard(stream, place(stream), 9, cut_after=3)


def test_a_number_that_is_forgotten_becomes_a_time_and_a_note(stream):
    for number in range(5):
        stream.add(**said(f"larchtea.test {number}", key=f"3lb2aaaaaaa2{'abcde'[number]}"))
    stream.floor = FIRST + 2
    old = json.dumps({"host": stream.address, "seq": FIRST, "at": 1_700_000_000_000_000})
    items, _ = heard(stream, old, 4)
    records = [record for raw in items for record in parsed(raw)]
    assert isinstance(records[0], Note)
    assert "comes with the next pull" in records[0].text
    assert [record.text for record in records[1:]] == [f"larchtea.test {n}" for n in (2, 3, 4)]


def test_another_instance_is_asked_by_time(stream):
    stream.add(**said("larchtea.test"))
    heard(stream, json.dumps({"host": "wss://elsewhere", "seq": 7, "at": now()}), 1)
    assert int(stream.asked[0]["cursor"][0]) > 10**15


@pytest.mark.parametrize("cursor", [None, "", "{", "7", '{"seq": "x"}', '{"host": 3, "seq": -1}'])
def test_a_cursor_that_is_none_begins_now(stream, cursor):
    async def work():
        async with Door(allow=[stream.address.partition("//")[2]]) as door:
            listener = Listener(door, stream.address, TEA, ())
            async with aclosing(listener.pages(cursor)) as pages:
                waiting = asyncio.ensure_future(anext(pages))
                while not stream.asked:  # noqa: ASYNC110  the double runs in another thread
                    await asyncio.sleep(0.01)
                await asyncio.to_thread(stream.add, **said(f"for {TEA}"))
                return await asyncio.wait_for(waiting, PATIENCE)

    assert len(asyncio.run(work()).items) == 1
    assert "cursor" not in stream.asked[0]


def test_what_was_handed_out_is_known_when_it_is_deleted():
    found = Filter((TEA,))
    post = {"did": ANN, "rkey": "3lb2aaaaaaa2b", "record": {"text": TEA}}
    gone = json.dumps({"payload": {"did": ANN, "rkey": "3lb2aaaaaaa2b", "operation": "delete"}})
    assert not found.concerns(gone)
    found.remember(post)
    assert found.concerns(gone)
    assert not found.concerns(gone.replace("2b", "2c"))


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "[]",
        '{"delete"',
        '["delete"]',
        "7",
        '{"payload": 7}',
        '{"payload": {"operation": "delete"}}',
    ],
)
def test_frames_of_any_shape_do_no_harm(frame):
    found = Filter((TEA,))
    assert found.concerns(frame) is False
    raw = Raw(network="bluesky", kind="event", body=frame.encode(), fetched_at=now())
    assert all(record for record in parsed(raw))


@pytest.mark.server
@pytest.mark.slow
def test_on_a_real_network_mentions_answers_and_deletions_are_heard(stage):
    tea, ann, ben = stage.join("tea", "ann", "ben")
    begun = json.dumps({"host": stage.stream.address, "seq": FIRST, "at": now()})
    root = stage.say(tea, "What do you drink?")
    answer = stage.say(ann, "Oolong", answers=root)
    stage.say(ben, "Nothing to do with anybody")
    named = stage.say(ben, f"Ask @{tea.handle}")
    stage.do(ann, Delete(post=answer))
    told = stage.hear(
        tea, lambda records: any(isinstance(record, Deletion) for record in records), begun
    )
    assert {record.id for record in told if isinstance(record, Post)} == {root, answer, named}
    assert [record.id for record in told if isinstance(record, Deletion)] == [answer]


def parsed(raw):
    return list(parsing.parse(raw, is_public=False))
