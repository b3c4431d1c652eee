"""The fifteen traps of Bluesky's inbox, each as it was measured, against the real network.

Where the real network does not do it (the limits of its public servers, the chat service), the
pretended one of the contract or a double does; see test_reading.py and test_messages.py.
"""

import pytest

from twoway.collection.records import Deletion, Rejected
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Delete, React, Say
from twoway.core.coverage import Coverage
from twoway.core.reactions import Reaction
from twoway.networks.bluesky.connector.network import Bluesky
from twoway.networks.bluesky.connector.reading import notifications
from twoway.networks.bluesky.connector.reading.subject import Subject
from twoway.networks.bluesky.tests.stage import iso, now, posts

pytestmark = [pytest.mark.server, pytest.mark.slow]
DAY = 86_400_000_000


def naming(person, text):
    """Return a record that names somebody, as another client writes it."""
    words = f"@{person.handle} {text}"
    index = {"byteStart": 0, "byteEnd": len(person.handle) + 1}
    feature = {"$type": "app.bsky.richtext.facet#mention", "did": person.did}
    return {"text": words, "facets": [{"index": index, "features": [feature]}]}


def deleted(records):
    """Return the posts that are said to be gone."""
    return [one.id for one in records if isinstance(one, Deletion)]


def test_1_what_is_dated_back_is_met_by_a_later_deep_walk(stage, monkeypatch):
    tea, ann = stage.join("tea", "ann")
    stage.write_many(
        ann,
        [
            {**naming(tea, f"old, {n}"), "createdAt": iso(now() - DAY + n * 1000)}
            for n in range(200)
        ],
    )
    new = [{**naming(tea, f"new, {n}"), "createdAt": iso(now() - n * 1000)} for n in range(110)]
    stage.write_many(ann, new)
    stage.network.settle()
    found, cursor = stage.pull(tea, "notifications")
    assert len(posts(found)) == 310
    late = stage.write(
        ann, {**naming(tea, "half an hour old"), "createdAt": iso(now() - DAY // 48)}
    )
    older = stage.write(ann, {**naming(tea, "a week old"), "createdAt": iso(now() - 7 * DAY)})
    stage.network.settle()
    found, cursor = stage.pull(tea, "notifications", cursor)
    assert posts(found).keys() == {late}, "the week old one lies below where the walk stops"
    monkeypatch.setattr("twoway.connectors.clock.Wall.now", lambda _: now() + 2 * DAY)
    found, _ = stage.pull(tea, "notifications", cursor)
    assert posts(found).keys() == {older}


def test_2_a_cursor_that_is_a_bare_time_loses_nothing_at_a_border(stage):
    tea, ann = stage.join("tea", "ann")
    at = iso(now() - DAY)
    alike = [stage.write(ann, {**naming(tea, f"at once, {n}"), "createdAt": at}) for n in range(4)]
    later = [stage.write(ann, naming(tea, f"later, {number}")) for number in range(4)]
    stage.network.settle()

    async def walk(connector):
        fetch = notifications.feed(Subject(tea.did, connector._xrpc), limit=6)
        found, cursor = [], None
        while True:
            batch = await fetch(cursor)
            found += [item.id.split()[0] for item in batch.items]
            cursor = batch.older
            if cursor is None:
                return found

    assert set(stage.run(tea, walk)) == {*alike, *later}


def test_3_pages_with_holes_are_not_the_end(stage):
    tea, ann, ben = stage.join("tea", "ann", "ben")
    shown = []
    for number in range(6):
        shown.append(stage.write(ann, naming(tea, f"shown, {number}")))
        stage.write(ben, naming(tea, f"to be hidden, {number}"))
    stage.network.settle()
    stage.write(tea, {"subject": ben.did}, "app.bsky.graph.block")
    stage.network.settle()

    async def walk(connector):
        fetch = notifications.feed(Subject(tea.did, connector._xrpc), limit=4)
        sizes, found, cursor = [], [], None
        while True:
            batch = await fetch(cursor)
            sizes.append(len(batch.items))
            found += [item.id.split()[0] for item in batch.items]
            cursor = batch.older
            if cursor is None:
                return sizes, found

    sizes, found = stage.run(tea, walk)
    assert min(sizes[:-1]) < 4
    assert set(found) == set(shown)


def test_4_answers_too_deep_to_be_notified_come_with_the_threads(stage):
    tea, ann, ben = stage.join("tea", "ann", "ben")
    root = above = stage.say(tea, "What do you drink?")
    deep = []
    for number in range(8):
        above = stage.say((ann, ben)[number % 2], f"Level {number + 1}", answers=above)
        deep.append(above)
    notified, _ = stage.pull(tea, "notifications")
    assert deep[-1] not in posts(notified)
    told, _ = stage.pull(tea, "threads")
    assert {root, *deep} <= posts(told).keys()
    assert posts(told)[deep[-1]].parent == deep[-2]


def test_5_one_notification_for_all_that_a_post_does(stage):
    tea, ann = stage.join("tea", "ann")
    root = stage.say(tea, "What do you drink?")
    other = stage.say(tea, "And where?")
    post = stage.say(ann, f"Here, @{tea.handle}", answers=root, quotes=other)
    told, _ = stage.pull(tea, "notifications")
    one = posts(told)[post]
    assert (one.parent, one.quoted, one.mentions[0].account) == (root, other, tea.did)
    assert sum(record is one or getattr(record, "id", "") == post for record in told) == 1


def test_6_blocked_and_muted_people(stage):
    tea, ann, ben = stage.join("tea", "ann", "ben")
    root = stage.say(tea, "What do you drink?")
    blocked = stage.say(ann, "Coffee", answers=root)
    muted = stage.say(ben, "Water", answers=root)
    stage.network.xrpc("app.bsky.graph.muteActor", tea, json={"actor": ben.did})
    stage.write(tea, {"subject": ann.did}, "app.bsky.graph.block")
    stage.network.settle()
    told, cursor = stage.pull(tea, "notifications")
    assert not {blocked, muted} & posts(told).keys()
    with pytest.raises(GiveUp, match="blocked"):
        stage.do(ann, Say(text="Hello?", answers=root))
    stage.network.xrpc("app.bsky.graph.unmuteActor", tea, json={"actor": ben.did})
    told, _ = stage.pull(tea, "notifications", cursor)
    assert muted in posts(told), "what was muted comes back"


def test_7_where_not_everybody_may_answer_or_quote(stage):
    tea, ann, ben = stage.join("tea", "ann", "ben")
    root = stage.say(tea, "Only for those we name")
    key = root.rpartition("/")[2]
    gate = {"post": root, "allow": []}
    put = {"repo": tea.did, "rkey": key, "validate": True}
    for kind, record in (
        ("threadgate", gate),
        (
            "postgate",
            {"post": root, "embeddingRules": [{"$type": "app.bsky.feed.postgate#disableRule"}]},
        ),
    ):
        name = f"app.bsky.feed.{kind}"
        body = {**put, "collection": name, "record": {"$type": name, "createdAt": iso(), **record}}
        stage.network.xrpc("com.atproto.repo.putRecord", tea, json=body)
    stage.network.settle()
    with pytest.raises(GiveUp, match="lets only some people answer"):
        stage.do(ann, Say(text="May I?", answers=root))
    with pytest.raises(GiveUp, match="does not want this post to be quoted"):
        stage.do(ben, Say(text="Look at this", quotes=root))
    assert stage.texts(ann) == stage.texts(ben) == []


def test_8_what_is_deleted_is_found_by_comparing(stage):
    tea, ann, ben = stage.join("tea", "ann", "ben")
    root = stage.say(tea, "What do you drink?")
    kept = stage.say(ann, "Oolong", answers=root)
    gone = stage.say(ann, "Coffee", answers=root)
    stage.say(ben, "Water", answers=root)
    told, cursor = stage.pull(tea, "gone")
    assert deleted(told) == []
    stage.do(ann, Delete(post=gone))
    stage.write(tea, {"subject": ben.did}, "app.bsky.graph.block")
    stage.network.settle()
    told, cursor = stage.pull(tea, "gone", cursor)
    assert deleted(told) == [gone], "what is only hidden from us stands"
    told, _ = stage.pull(tea, "gone", cursor)
    assert deleted(told) == []
    below = stage.say(tea, "Good choice", answers=kept)
    stage.do(ann, Delete(post=kept))
    told, _ = stage.pull(tea, "posts")
    assert kept in deleted(told)
    assert posts(told)[below].parent == kept


def test_9_what_was_read_elsewhere_makes_no_difference(stage):
    tea, ann = stage.join("tea", "ann")
    stage.write(ann, naming(tea, "unread"))
    stage.network.settle()
    told, cursor = stage.pull(tea, "notifications")
    assert len(posts(told)) == 1
    stage.network.xrpc("app.bsky.notification.updateSeen", tea, json={"seenAt": iso()})
    again, _ = stage.pull(tea, "notifications", cursor)
    assert not posts(again), "read or not, it was told"
    anew, _ = stage.pull(tea, "notifications")
    assert posts(anew).keys() == posts(told).keys()


def test_10_records_of_unknown_form_are_read_and_broken_ones_do_no_harm(stage):
    tea, ann = stage.join("tea", "ann")
    odd = stage.write(
        ann,
        {
            **naming(tea, "with all kinds of things"),
            "embed": {"$type": "example.unknown.embed", "deep": [{"is": {"there": 1}}]},
            "via": "Another client",
            "extra": {"number": 7},
        },
    )
    stage.write(ann, {**naming(tea, "no zone"), "createdAt": "2026-01-01T00:00:00"})
    stage.write(ann, {**naming(tea, "bad tag"), "langs": ["not a language!"]})
    beyond = naming(tea, "facets beyond the end")
    beyond["facets"].append(
        {
            "index": {"byteStart": 5, "byteEnd": 90_000},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://tea.example/"}],
        }
    )
    long = stage.write(ann, beyond)
    stage.network.settle()
    told, _ = stage.pull(tea, "notifications")
    assert {odd, long} <= posts(told).keys()
    assert posts(told)[odd].client == "Another client"
    assert not [record for record in told if isinstance(record, Rejected)]
    assert stage.do(ann, Say(text="A wrong tag is left out", language="not a language!")).id


def test_11_trees_that_are_cut_off_are_followed_below(stage, monkeypatch):
    tea, ann = stage.join("tea", "ann")
    root = above = stage.say(tea, "A long talk")
    chain = [root]
    for number in range(14):
        above = stage.say((ann, tea)[number % 2], f"Level {number + 1}", answers=above)
        chain.append(above)
    # The local app view cuts nothing off; the public one does at ten levels (2026).
    monkeypatch.setattr("twoway.networks.bluesky.connector.reading.threads._LEVELS", 10)
    told, _ = stage.pull(tea, "threads")
    assert set(chain) <= posts(told).keys()


def test_12_every_reason_for_a_notification_is_known_or_passed_over(stage):
    tea, ann, ben = stage.join("tea", "ann", "ben")
    root = stage.say(tea, "What do you drink?")
    shared = stage.do(ann, React(kind="share", post=root)).id
    stage.do(ben, React(kind="like", post=root))
    via = {"uri": shared, "cid": "bafyreib2rxk3rh6kzwqmh6k5ylxf6nhtbvtmxkyqzpzkvnqx7hthmhyd6u"}
    answer = stage.network.xrpc("app.bsky.feed.getPosts", tea, params={"uris": root})
    subject = {"uri": root, "cid": answer["posts"][0]["cid"]}
    stage.write(ann, {"subject": subject, "via": via}, "app.bsky.feed.like")
    stage.network.settle()
    told, _ = stage.pull(tea, "notifications")
    likes = {one.account for one in told if isinstance(one, Reaction) and one.kind == "like"}
    assert likes == {ann.did, ben.did}
    assert {one.post for one in told if isinstance(one, Reaction)} == {root}
    assert not [record for record in told if isinstance(record, Rejected)]


def test_13_blocked_without_a_word_we_hear_it_when_we_answer(stage):
    tea, ann = stage.join("tea", "ann")
    post = stage.say(ann, "I will never drink tea again")
    stage.write(ann, {"subject": tea.did}, "app.bsky.graph.block")
    stage.network.settle()
    told, _ = stage.pull(tea, "notifications")
    assert not posts(told)
    with pytest.raises(GiveUp, match="blocked"):
        stage.do(tea, Say(text="Why not?", answers=post))
    with pytest.raises(GiveUp, match="blocked"):
        stage.do(tea, React(kind="like", post=post))
    assert stage.texts(tea) == []


def test_14_searching_is_not_relied_upon(stage):
    (tea,) = stage.join("tea")
    asked = []

    async def pull_everything(connector):
        ask = connector._xrpc.ask

        async def noted(method, *rest, **more):
            asked.append(method)
            return await ask(method, *rest, **more)

        connector._xrpc.ask = noted
        for feed in Bluesky().feeds:
            if feed.name != "messages" and feed.about == "account":
                async for _ in connector.pull(feed.name, None):
                    pass

    stage.run(tea, pull_everything)
    assert asked
    assert not [method for method in asked if "search" in method.lower()]
    told, _ = stage.pull(None, "posts", about=tea)
    covered = {one.stream for one in told if isinstance(one, Coverage)}
    assert "mentions" not in covered, (
        "without credentials nobody tells us of mentions, and we say so"
    )


def test_15_messages_are_read_whole_before_the_log(stage, chat):
    tea, ann = stage.join("tea", "ann")
    stage.chat = chat.join(stage.network, tea, ann)
    chat.say(ann, "Written before you connected")
    chat.during_first_reading = lambda: chat.say(ann, "Written while you read")
    told, cursor = stage.pull(tea, "messages")
    assert {post.text for post in posts(told).values()} == {
        "Written before you connected",
        "Written while you read",
    }
    chat.say(ann, "Written later")
    told, _ = stage.pull(tea, "messages", cursor)
    assert [post.text for post in posts(told).values()] == ["Written later"]
