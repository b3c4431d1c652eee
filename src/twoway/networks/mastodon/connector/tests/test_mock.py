"""What real servers at hand lack: streams, polls, edits with history, lists by Link, servers that ail."""

import asyncio
from contextlib import aclosing

import pytest
from mastodon import Mastodon
from servers.patience import PATIENCE

from twoway.collection.records import Deletion
from twoway.connectors.errors import GiveUp, Reconnect, TryLater, Unknown
from twoway.connectors.interface import (
    Change,
    Credentials,
    Delete,
    FollowAccount,
    Message,
    React,
    Say,
    Vote,
)
from twoway.core.accounts import Follow
from twoway.core.posts import Post
from twoway.core.reactions import Reaction
from twoway.networks.mastodon.connector import NETWORK
from twoway.networks.mastodon.connector.tests.stage import fresh

pytestmark = pytest.mark.server


def hear(town, deed, enough):
    """Listen as Larch Tea while something is done, until enough was heard."""

    async def work(connector):
        records = []
        async with asyncio.timeout(PATIENCE), aclosing(connector.listen("from-here")) as pages:
            async for page in pages:
                if not page.items:  # the stream is open
                    await asyncio.to_thread(deed)
                assert page.cursor == "from-here"
                records += [one for raw in page.items for one in connector.parse(raw)]
                if enough(records):
                    return records
        return records

    return town.run("larchtea", work)


def test_the_stream_tells_a_mention_as_polling_does(town):
    def deed():
        town.say("ann", "Do you deliver to Ulm?", to=("larchtea",))

    streamed = hear(town, deed, lambda records: any(isinstance(one, Post) for one in records))
    (post,) = (one for one in streamed if isinstance(one, Post))
    polled = town.pull("larchtea", "notifications").posts[post.id]
    assert (post.id, post.text, post.author) == (polled.id, polled.text, polled.author)


def test_the_stream_tells_a_deletion_by_a_bare_id(town):
    post = town.say("larchtea", "Too early")

    async def work(connector):
        async for _ in connector.pull("statuses", None):
            pass
        async with asyncio.timeout(PATIENCE), aclosing(connector.listen(None)) as pages:
            async for page in pages:
                if not page.items:
                    await asyncio.to_thread(lambda: town.do("larchtea", Delete(post=post)))
                for raw in page.items:
                    return list(connector.parse(raw))
        return []

    (deletion,) = town.run("larchtea", work)
    assert isinstance(deletion, Deletion)
    assert deletion.id == post


def test_a_stream_closed_to_us_asks_to_be_connected_again(town, mock_server):
    mock_server.fail("/api/v1/streaming/user", {"type": "status", "status": 401})
    with pytest.raises(Reconnect):
        hear(town, lambda: None, bool)


def test_a_stream_that_breaks_off_is_tried_later(town, mock_server):
    mock_server.fail("/api/v1/streaming/user", {"type": "status", "status": 503})
    with pytest.raises(TryLater):
        hear(town, lambda: None, bool)


def test_polls_are_made_read_and_answered(town, mock_server):
    asked = town.say("larchtea", "Black or green?", poll=("Black", "Green"), poll_hours=2)
    assert town.pull("larchtea", "statuses").posts[asked].poll == ("Black", "Green")
    town.do("ann", Vote(post=asked, choices=(1,)))
    assert town.do("ann", Vote(post=asked, choices=(1,))).is_repeat
    with pytest.raises(GiveUp, match="voted"):
        town.do("ann", Vote(post=asked, choices=(0,)))
    (status,) = mock_server.call("larchtea", "GET", "/api/v1/timelines/home", params={"limit": 1})
    assert [one["votes_count"] for one in status["poll"]["options"]] == [0, 1]


def test_what_another_program_wrote_is_read_alike(town, mock_server):
    """Ann uses Mastodon.py, as half of all bots do."""
    ann = Mastodon(access_token="ann-token", api_base_url=mock_server.address)
    asked = ann.status_post(
        "@larchtea Black or green?",
        poll=ann.make_poll(["Black", "Green"], expires_in=3_600),
        spoiler_text="A question",
        visibility="unlisted",
    )
    told = town.pull("larchtea", "notifications").posts[asked["uri"]]
    assert (told.text, told.poll) == ("A question\n\n@larchtea Black or green?", ("Black", "Green"))
    answer = town.do("larchtea", Say(text="Green.", answers=told.id))
    seen = ann.status(answer.id.rpartition("/")[2])
    assert (seen["visibility"], seen["spoiler_text"]) == ("unlisted", "A question")
    assert seen["in_reply_to_id"] == asked["id"]
    assert [one["acct"] for one in seen["mentions"]] == ["ann"]


def test_polls_too_large_are_refused_before_they_are_sent(town):
    with pytest.raises(GiveUp, match="takes 4 answers"):
        town.say("larchtea", "Which?", poll=tuple("abcde"))
    with pytest.raises(GiveUp, match="50 characters"):
        town.say("larchtea", "Which?", poll=("a" * 51, "b"))


def test_edits_come_with_what_stood_there_before(town):
    post = town.say("larchtea", "Open on Sumday")
    town.do("larchtea", Change(post=post, text="Open on Sunday"))
    seen = town.pull("larchtea", "statuses").posts[post]
    assert seen.text == "Open on Sunday"
    assert [version.text for version in seen.earlier] == ["Open on Sumday"]


def test_a_poll_survives_the_edit_of_its_question(town):
    asked = town.say("larchtea", "Blak or green?", poll=("Black", "Green"))
    town.do("larchtea", Change(post=asked, text="Black or green?"))
    seen = town.pull("larchtea", "statuses").posts[asked]
    assert (seen.text, seen.poll) == ("Black or green?", ("Black", "Green"))


def test_quotes_name_the_quoted(town):
    first = town.say("larchtea", "A new oolong is here.")
    quoting = town.say("ann", "Have you tried it?", quotes=first)
    post = town.pull("ann", "statuses").posts[quoting]
    assert (post.quoted, post.quoted_author) == (first, town.people["larchtea"].account)


def test_what_is_deleted_is_gone_and_deleting_again_does_no_harm(town):
    post = town.say("larchtea", "Never mind")
    town.do("larchtea", Delete(post=post))
    assert town.do("larchtea", Delete(post=post)).is_repeat
    assert post not in town.pull("larchtea", "statuses").posts
    (gone,) = town.pull("larchtea", "thread", about=post).of(Deletion)
    assert gone.id == post


def test_reactions_are_taken_back(town):
    post = town.say("ann", "Good tea!", to=("larchtea",))
    town.do("larchtea", React(kind="like", post=post))
    assert town.pull("larchtea", "favourites").of(Reaction)[0].post == post
    town.do("larchtea", React(kind="like", post=post, undo=True))
    assert town.do("larchtea", React(kind="like", post=post, undo=True)).is_repeat
    assert town.pull("larchtea", "favourites").of(Reaction) == []


def test_every_like_is_told_by_itself(town):
    """The server would group them; grouping is ours."""
    post = town.say("larchtea", "Tea time")
    for name in ("ann", "ben"):
        town.do(name, React(kind="like", post=post))
    likes = town.pull("larchtea", "notifications").of(Reaction)
    assert {one.account for one in likes} == {town.people[name].account for name in ("ann", "ben")}


def test_followers_are_walked_by_the_link_header(town, mock_server):
    mock_server.call(
        None,
        "POST",
        "/api/v1/_mock/sample_data",
        json={"accounts": 0, "followers_per_account": 0, "statuses_per_account": 0},
    )
    us = town.people["larchtea"].account
    for name in ("ann", "ben"):
        town.do(name, FollowAccount(account=us))
    follows = town.pull(None, "followers", about=us).of(Follow)
    assert {one.follower for one in follows} == {
        town.people[name].account for name in ("ann", "ben")
    }
    assert {one.followed for one in follows} == {us}


def test_a_message_names_the_person_and_is_a_chat(town):
    sent = town.do("larchtea", Message(text="Between us", to=town.people["ann"].account))
    post = town.pull("ann", "notifications").posts[sent.id]
    assert (post.visibility, post.nesting) == ("private", "chat")
    assert "ann" in post.text
    back = town.do(
        "ann", Message(text="Thanks", to=town.people["larchtea"].account, conversation=sent.id)
    )
    answer = town.pull("larchtea", "notifications").posts[back.id]
    assert (answer.parent, answer.visibility) == (sent.id, "private")


def test_a_message_reaches_whom_only_a_handle_is_known_of(town):
    sent = town.do("larchtea", Message(text="Hello", to="@ann", conversation="gone-by-now"))
    assert sent.id in town.pull("ann", "notifications").posts


def test_threads_cut_off_by_the_servers_patience_are_gone_on_with(town, mock_server):
    answers = []
    for number in range(6):
        asked = town.say("ann", f"Question {number}?", to=("larchtea",))
        answers.append(town.say("larchtea", f"Answer {number}.", answers=asked))
    path = f"/api/v1/statuses/{answers[3].rpartition('/')[2]}/context"
    mock_server.fail(path, {"type": "ratelimit", "headers": {"Retry-After": "600"}}, count=1)
    kept = []

    async def work(connector):
        async for page in connector.pull("threads", kept[-1].cursor if kept else None):
            kept.append(page)  # noqa: PERF401  what came before a failure stays

    with pytest.raises(TryLater):
        town.run("larchtea", work)
    before = sum(len(page.items) for page in kept)
    town.run("larchtea", work)
    reader = NETWORK.public(None)
    read = [one for page in kept for raw in page.items for one in reader.parse(raw)]
    assert 0 < before < len(answers)
    assert set(answers) <= {one.id for one in read if isinstance(one, Post)}


def test_threads_are_read_in_public_without_credentials(town):
    asked = town.say("ann", "Do you deliver to Ulm?", to=("larchtea",))
    answer = town.say("larchtea", "We do.", answers=asked)
    found = town.run(None, lambda c: c.resolve(town.people["larchtea"].account))
    threads = town.pull(None, "threads", about=found.account.id)
    assert set(threads.posts) == {asked, answer}
    assert threads.posts[answer].parent == asked
    assert {one.is_complete for page in threads.pages for one in page.coverage} == {False}


def test_busy_servers_say_when(town, mock_server):
    path = "/api/v1/notifications"
    for effect in (
        {"type": "ratelimit", "status": 429, "headers": {"Retry-After": "600"}},
        {"type": "status", "status": 503, "headers": {"Retry-After": "600"}},
    ):
        mock_server.fail(path, effect)
        with pytest.raises(TryLater) as caught:
            town.pull("larchtea", "notifications")
        assert caught.value.at is not None
        mock_server.recover()


def test_one_torn_answer_is_not_the_end(town, mock_server):
    town.say("ann", "Hello?", to=("larchtea",))
    mock_server.fail("/api/v1/notifications", {"type": "malformed"}, count=1)
    with pytest.raises(GiveUp, match="torn"):
        town.pull("larchtea", "notifications")
    assert len(town.pull("larchtea", "notifications").posts) == 1


def test_a_slow_server_is_waited_for(town, mock_server):
    mock_server.fail("/api/v1/notifications", {"type": "latency", "delay_ms": 700}, count=1)
    assert town.pull("larchtea", "notifications").records == []


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_server_that_fails_while_it_publishes_leaves_it_unknown(town, mock_server, status):
    mock_server.fail("/api/v1/statuses", {"type": "status", "status": status}, count=1)
    key = fresh(f"key-{status}")
    with pytest.raises(Unknown):
        town.do("larchtea", Say(text="Hello"), key)
    assert town.do("larchtea", Say(text="Hello"), key).id


def test_a_torn_answer_to_a_post_leaves_it_unknown_and_is_found(town, mock_server):
    say, key = Say(text="Did it work?"), fresh("torn")
    mock_server.fail("/api/v1/statuses", {"type": "malformed"}, count=1)
    with pytest.raises(Unknown):
        town.do("larchtea", say, key)
    first = town.run("larchtea", lambda c: c.find(say, key))
    assert first is None or first.id == town.do("larchtea", say, key).id
    town.do("larchtea", say, key)
    texts = [post.text for post in town.pull("larchtea", "statuses").posts.values()]
    assert texts.count("Did it work?") == 1


def test_connecting_uses_pkce_where_it_is_offered(town, mock_server):
    async def work(door):
        connecting = NETWORK.connecting(door)
        visit = await connecting.begin({"server": mock_server.host}, "http://127.0.0.1/back")
        assert "code_challenge_method=S256" in visit.address
        assert visit.remember["verifier"] not in visit.address
        assert visit.remember["client_secret"] not in repr(visit)
        answer = {"code": "mockcode_larchtea", "state": visit.remember["state"]}
        return await connecting.finish(visit, answer)

    held = town.through(work)
    assert isinstance(held, Credentials)
    assert held.account == town.people["larchtea"].account
