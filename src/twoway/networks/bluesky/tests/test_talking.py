"""Two people and an organisation talk over a real network; the others use Bluesky's SDK."""

import struct
import threading
import zlib
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from servers.patience import PATIENCE

from twoway.collection.records import Deletion, Note
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import (
    Change,
    Delete,
    FollowAccount,
    Picture,
    React,
    Say,
    Vote,
)
from twoway.core.accounts import Account, Follow
from twoway.core.posts import Post
from twoway.core.reactions import Reaction
from twoway.networks.bluesky.tests.stage import POST, fresh, posts

pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture
def client_of(stage):
    """Sign people in with Bluesky's SDK."""
    from atproto import Client, Request  # noqa: PLC0415  a second of generated models

    opened = []

    def sign_in(person):
        client = Client(stage.network.pds, request=Request(timeout=PATIENCE))
        opened.append(client)
        session = (person.handle, person.did, person.access, person.refresh, stage.network.pds)
        client.login(session_string=":::".join(session))
        return client

    yield sign_in
    for client in opened:
        client.request.close()


async def read_soon(connector, sent):
    """Read what a send tells of the post that it made."""
    return list(connector.parse(sent.raw))


def png(width, height):
    """Paint a picture without anything on it."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff\0\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@contextmanager
def website(pages):
    """Serve pages by path: their type and content."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            kind, body = pages[self.path]
            self.send_response(200)
            self.send_header("content-type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_talk_with_people_who_use_other_clients(stage, client_of):
    from atproto import client_utils  # noqa: PLC0415  a second of generated models

    tea, ann, ben = stage.join("tea", "ann", "ben")
    other = client_of(ann)
    words = client_utils.TextBuilder().mention(f"@{tea.handle}", tea.did)
    asked = other.send_post(
        words.text(" 🍵 où et quand ? ").link("ici", "https://larchtea.example/")
    )
    stage.network.settle()
    told, cursor = stage.pull(tea, "notifications")
    question = posts(told)[asked.uri]
    assert question.text == f"@{tea.handle} 🍵 où et quand ? ici https://larchtea.example/"
    assert [mention.account for mention in question.mentions] == [tea.did]
    sent = stage.do(tea, Say(text="À neuf heures ☕, demande à @" + ben.handle, answers=asked.uri))
    (ours,) = posts(stage.run(tea, lambda one: read_soon(one, sent))).values()
    assert (ours.id, ours.parent, ours.root) == (sent.id, asked.uri, asked.uri)
    assert [mention.account for mention in ours.mentions] == [ben.did]
    thread = other.get_post_thread(asked.uri).thread
    answer = thread.replies[0].post
    assert (answer.uri, answer.author.did) == (sent.id, tea.did)
    (facet,) = answer.record.facets
    raw = answer.record.text.encode()
    assert raw[facet.index.byte_start : facet.index.byte_end].decode() == f"@{ben.handle}"
    assert facet.features[0].did == ben.did
    assert answer.record.reply.root.uri == asked.uri
    assert {
        one.reason for one in other.app.bsky.notification.list_notifications().notifications
    } == {"reply"}
    other.like(answer.uri, answer.cid)
    other.repost(answer.uri, answer.cid)
    other.follow(tea.did)
    stage.network.settle()
    told, _ = stage.pull(tea, "notifications", cursor)
    assert [one.kind for one in told if isinstance(one, Reaction)] == ["like"]
    assert [one.shared for one in told if isinstance(one, Post)] == [sent.id]
    assert [one.follower for one in told if isinstance(one, Follow)] == [ann.did]


def test_likes_shares_and_follows_are_given_once_and_taken_back(stage):
    tea, ann = stage.join("tea", "ann")
    post = stage.say(ann, "Oolong it is")
    for action, collection in (
        (React(kind="like", post=post), "app.bsky.feed.like"),
        (React(kind="share", post=post), "app.bsky.feed.repost"),
        (FollowAccount(account=ann.did), "app.bsky.graph.follow"),
    ):
        first, second = stage.do(tea, action), stage.do(tea, action)
        assert (second.id, second.is_repeat) == (first.id, True), "given already, by another key"
        assert len(stage.records(tea, collection)) == 1
    liked, _ = stage.pull(tea, "likes")
    assert [one.post for one in liked if isinstance(one, Reaction)] == [post]
    public, _ = stage.pull(None, "likes", about=tea)
    assert [one.post for one in public if isinstance(one, Reaction)] == [post]
    shared, _ = stage.pull(tea, "posts")
    assert [one.shared for one in posts(shared).values() if one.shared] == [post]
    follows, _ = stage.pull(None, "follows", about=tea)
    assert [one.followed for one in follows if isinstance(one, Follow)] == [ann.did]
    for undo in (
        React(kind="like", post=post, undo=True),
        React(kind="share", post=post, undo=True),
        FollowAccount(account=ann.did, undo=True),
    ):
        stage.do(tea, undo)
        stage.do(tea, undo)
    for collection in ("feed.like", "feed.repost", "graph.follow"):
        assert stage.records(tea, f"app.bsky.{collection}") == []


def test_pictures_are_shown_with_their_words_and_shape(stage, client_of):
    tea, ann = stage.join("tea", "ann")
    pictures = tuple(
        Picture(content=png(30 * n, 20), type="image/png", alt_text=f"Cup {n} 🍵") for n in (1, 2)
    )
    post = stage.say(tea, "Our cups", media=pictures)
    quoting = stage.say(tea, "Our cups again", media=pictures[:1], quotes=post)
    view = client_of(ann).get_posts([post, quoting]).posts
    assert [image.alt for image in view[0].embed.images] == ["Cup 1 🍵", "Cup 2 🍵"]
    assert [image.aspect_ratio.width for image in view[0].embed.images] == [30, 60]
    assert view[1].embed.record.record.uri == post
    told, _ = stage.pull(tea, "posts")
    assert [media.alt_text for media in posts(told)[post].media] == ["Cup 1 🍵", "Cup 2 🍵"]
    assert posts(told)[quoting].quoted == post
    for bad, why in (
        (b"GIF" * 3, "no JPEG, PNG"),
        (png(2, 2) + b"\0" * 2_000_000, "takes 2,000,000"),
    ):
        with pytest.raises(GiveUp, match=why):
            stage.do(
                tea, Say(text="Bad", media=(Picture(content=bad, type="image/png", alt_text=""),))
            )
    with pytest.raises(GiveUp, match="takes 4"):
        stage.do(tea, Say(text="Five", media=pictures[:1] * 5))
    assert len(stage.texts(tea)) == 2


def test_a_link_brings_its_card(stage):
    (tea,) = stage.join("tea")
    page = (
        b'<title>x</title><meta property="og:title" content="Oolong &amp; more">'
        b'<meta property="og:description" content="<b>Fresh</b>"><meta property="og:image" content="/p">'
    )
    pages = {
        "/tea": ("text/html", page),
        "/p": ("image/png", png(3, 3)),
        "/x": ("text/plain", b"x"),
    }
    with website(pages) as address:
        post = stage.say(tea, f"Look: {address}/tea.")
        plain = stage.say(tea, f"Nothing to see: {address}/x")
    by_text = {record["text"]: record.get("embed") for record in stage.records(tea, POST)}
    card = by_text[f"Look: {address}/tea."]["external"]
    assert (card["uri"], card["title"]) == (f"{address}/tea", "Oolong & more")
    assert card["description"] == "<b>Fresh</b>"
    assert card["thumb"]["mimeType"] == "image/png"
    assert by_text[f"Nothing to see: {address}/x"] is None
    told, _ = stage.pull(tea, "posts")
    assert posts(told)[post].links[0].title == "Oolong & more"
    assert [link.address for link in posts(told)[plain].links] == [f"{address}/x"]


def test_a_post_is_changed_and_taken_down(stage):
    tea, ann = stage.join("tea", "ann")
    post = stage.say(tea, "At ten o'clok")
    change = Change(post=post, text=f"At ten o'clock, @{ann.handle}")
    assert not stage.do(tea, change).is_repeat
    assert stage.do(tea, change).is_repeat
    told, _ = stage.pull(tea, "posts")
    assert posts(told)[post].text == change.text
    assert posts(told)[post].mentions[0].account == ann.did
    assert stage.run(tea, lambda connector: connector.find(change, fresh())) is not None
    delete = Delete(post=post)
    assert stage.run(tea, lambda connector: connector.find(delete, fresh())) is None
    stage.do(tea, delete)
    stage.do(tea, delete)
    assert stage.run(tea, lambda connector: connector.find(delete, fresh())) is not None
    assert stage.texts(tea) == []
    with pytest.raises(GiveUp, match="gone"):
        stage.do(tea, change)
    with pytest.raises(GiveUp, match="gone"):
        stage.do(ann, Say(text="What?", answers=post))
    theirs = stage.say(ann, "Mine")
    with pytest.raises(GiveUp, match="wrote itself"):
        stage.do(tea, Delete(post=theirs))


def test_what_bluesky_has_not_is_refused_before_anything_is_sent(stage):
    tea, ann = stage.join("tea", "ann")
    post = stage.say(ann, "Hello")
    for action in (
        Say(text="x", visibility="private"),
        Say(text="x", visibility="followers"),
        Say(text="x", poll=("a", "b")),
        Say(text="x", content_warning="tea"),
        Say(text=" "),
        Say(text="a" * 301),
        Vote(post=post, choices=(0,)),
    ):
        with pytest.raises(GiveUp):
            stage.do(tea, action)
    assert stage.texts(tea) == []


def test_while_the_app_view_lags_we_answer_all_the_same(stage):
    tea, ann, ben = stage.join("tea", "ann", "ben")
    root = stage.say(ann, "Is anybody there?")
    stage.network.order("pause")
    try:
        late = stage.run(ben, lambda one: one.send(Say(text="I am", answers=root), fresh())).id
        sent = stage.run(tea, lambda one: one.send(Say(text="So are we", answers=late), fresh()))
        told, cursor = stage.pull(tea, "notifications")
        assert not posts(told)
    finally:
        stage.network.order("resume")
    stage.await_sight(sent.id)
    told, _ = stage.pull(tea, "posts")
    answer = posts(told)[sent.id]
    assert (answer.parent, answer.root) == (late, root)
    told, _ = stage.pull(tea, "notifications", cursor)
    assert not posts(told)


def test_labels_and_people_who_do_not_want_strangers(stage):
    tea, ann, ben = stage.join("tea", "ann", "ben")
    root = stage.say(tea, "What do you drink?")
    shy = stage.say(ann, "Oolong, but do not tell", answers=root)
    open_ = stage.say(ben, "Coffee", answers=root)
    profile = {
        "labels": {
            "$type": "com.atproto.label.defs#selfLabels",
            "values": [{"val": "!no-unauthenticated"}],
        }
    }
    body = {"repo": ann.did, "collection": "app.bsky.actor.profile", "rkey": "self"}
    record = {"$type": "app.bsky.actor.profile", "displayName": "Ann", **profile}
    stage.network.xrpc("com.atproto.repo.putRecord", ann, json={**body, "record": record})
    stage.network.order("label", uri=ben.did, value="bot")
    stage.network.settle()
    found = stage.run(None, lambda connector: connector.resolve(ann.handle))
    assert (found.may_be_audited, "not signed in" in found.why_not) == (False, True)
    assert stage.run(tea, lambda connector: connector.resolve(ann.handle)).may_be_audited
    public, _ = stage.pull(None, "threads", about=tea)
    assert posts(public).keys() == {root, open_}
    assert any(isinstance(record, Note) for record in public)
    told, _ = stage.pull(tea, "threads")
    assert posts(told).keys() == {root, shy, open_}
    assert posts(told)[open_].automatic, "a label marks machines"
    assert {one.no_index for one in told if isinstance(one, Account) and one.id == ann.did} == {
        True
    }


def test_what_strangers_may_read(stage):
    tea, ann, ben = stage.join("tea", "ann", "ben")
    root = stage.say(tea, "What do you drink?")
    answer = stage.say(ann, "Oolong", answers=root)
    quote = stage.say(ben, "Look at this", quotes=root)
    ours = stage.say(tea, "Good choice", answers=answer)
    found = stage.run(
        None, lambda connector: connector.resolve(f"https://bsky.app/profile/{tea.handle}")
    )
    assert (found.account.id, found.account.handle) == (tea.did, tea.handle)
    for name in ("https://bsky.app/profile/nobody-here.test", "nobody-here.test", "x"):
        with pytest.raises(GiveUp):
            stage.run(None, lambda connector: connector.resolve(name))  # noqa: B023  runs at once
    told, _ = stage.pull(None, "posts", about=tea)
    assert {root, answer, ours} == posts(told).keys()
    told, cursor = stage.pull(None, "threads", about=tea)
    assert {root, answer, ours} == posts(told).keys()
    again, _ = stage.pull(None, "threads", cursor, about=tea)
    assert not posts(again), "a tree that has not changed is not told again"
    for above in (root, answer, ours):
        told, _ = stage.pull(None, "thread", about=replace(tea, did=above))
        assert {root, answer, ours} == posts(told).keys()
    told, _ = stage.pull(None, "quotes", about=tea)
    assert quote in posts(told)
    told, _ = stage.pull(None, "profile", about=tea)
    assert [one.handle for one in told if isinstance(one, Account)] == [tea.handle]
    for feed in ("notifications", "messages"):
        with pytest.raises(GiveUp, match="needs an account"):
            stage.pull(None, feed, about=tea)
    with pytest.raises(GiveUp, match="no feed called"):
        stage.pull(None, "everything", about=tea)
    with pytest.raises(GiveUp, match="needs an account"):
        stage.run(None, lambda connector: connector.send(Say(text="x"), fresh()))
    assert stage.run(None, lambda connector: connector.check()).works


def test_hostile_words_and_names_come_through_as_words(stage):
    tea, ann = stage.join("tea", "ann")
    root = stage.say(tea, "What do you drink?")
    view = stage.network.xrpc("app.bsky.feed.getPosts", tea, params={"uris": root})["posts"][0]
    above = {"uri": root, "cid": view["cid"]}
    words = "<script>steal()</script> \u202egnihtyna <img src=x onerror=steal()> here"
    begins = len(words.encode()) - 4
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "javascript:steal()"}
    post = stage.write(
        ann,
        {
            "text": words,
            "reply": {"root": above, "parent": above},
            "facets": [{"index": {"byteStart": begins, "byteEnd": begins + 4}, "features": [link]}],
        },
    )
    body = {"repo": ann.did, "collection": "app.bsky.actor.profile", "rkey": "self"}
    name = {"$type": "app.bsky.actor.profile", "displayName": "\u202etroppuS aeT"}
    stage.network.xrpc("com.atproto.repo.putRecord", ann, json={**body, "record": name})
    stage.network.settle()
    for feed in ("notifications", "threads"):
        told, _ = stage.pull(tea, feed)
        assert (posts(told)[post].text, posts(told)[post].links) == (words, ())
        names = {one.name for one in told if isinstance(one, Account) and one.id == ann.did}
        assert names == {"troppuS aeT"}


def test_deletions_between_pages_and_threads_that_vanish(stage, monkeypatch):
    tea, ann = stage.join("tea", "ann")
    roots = [stage.say(tea, f"Question {number}") for number in range(4)]
    answers = [stage.say(ann, f"Answer {n}", answers=root) for n, root in enumerate(roots)]
    monkeypatch.setattr("twoway.networks.bluesky.connector.reading.threads._POSTS", 2)

    async def work(connector):
        records = []
        async for page in connector.pull("threads", None):
            records += [record for raw in page.items for record in connector.parse(raw)]
            if len(records) and roots[0] in stage_roots:
                stage_roots.remove(roots[0])
                stage.network.xrpc(
                    "com.atproto.repo.deleteRecord",
                    tea,
                    json={"repo": tea.did, "collection": POST, "rkey": roots[0].rpartition("/")[2]},
                )
                stage.network.settle()
        return records

    stage_roots = list(roots)
    told = stage.run(tea, work)
    assert set(answers[1:]) <= posts(told).keys()
    assert {one.id for one in told if isinstance(one, Deletion)} <= {roots[0]}
