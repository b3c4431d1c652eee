"""Exactly once at the wire: between us and a real server connections are cut at every point."""

from contextlib import suppress

import pytest
from servers.jetstream import Jetstream
from servers.patience import until

from twoway.connectors.contract.cutting import CUTS, Cutting
from twoway.connectors.errors import GiveUp, TryLater, Unknown
from twoway.connectors.interface import Change, Delete, FollowAccount, Key, React, Say
from twoway.networks.bluesky.connector.keys import record_key
from twoway.networks.bluesky.tests.stage import fresh, now

pytestmark = [pytest.mark.server, pytest.mark.slow]
HOUR = 3_600_000_000


@pytest.fixture(scope="module")
def proxy(bluesky):
    with Cutting(bluesky.pds.partition("//")[2]).running() as running:
        yield running


@pytest.fixture
def cutting(stage, proxy):
    """Somebody whose way to the server leads through the proxy, and a post to answer."""
    tea, ann = stage.join("tea", "ann")
    question = stage.say(ann, "When do you open?")
    stage.servers[tea.did] = f"http://{proxy.host}"
    return stage, tea, question, proxy


def persist(stage, person, action, key):
    """Send again until it is known to be sent, as the outbox does."""

    def sent():
        with suppress(Unknown, TryLater):
            return stage.run(person, lambda connector: connector.send(action, key))

    return until(sent)


def test_cut_off_anywhere_there_is_one_post(cutting):
    stage, tea, question, proxy = cutting
    for number, cut in enumerate(CUTS):
        action = Say(text=f"At nine, {number}", answers=question)
        key = fresh()
        before = proxy.cuts
        proxy.arm(cut, "putRecord")
        with suppress(Unknown, TryLater):
            stage.run(tea, lambda connector: connector.send(action, key))  # noqa: B023  runs at once
        assert proxy.cuts == before + 1, cut
        sent = persist(stage, tea, action, key)
        again = persist(stage, tea, action, key)
        assert sent.id == again.id, cut
        assert again.is_repeat, cut
        assert stage.texts(tea).count(f"At nine, {number}") == 1, cut
    assert len(stage.texts(tea)) == len(CUTS)


def test_reactions_follows_changes_and_deletions_are_done_once_too(cutting):
    stage, tea, question, proxy = cutting
    ann = question.split("/")[2]
    post = stage.say(tea, "At nine", answers=question)
    actions = [
        (React(kind="like", post=question), "app.bsky.feed.like"),
        (React(kind="share", post=question), "app.bsky.feed.repost"),
        (FollowAccount(account=ann), "app.bsky.graph.follow"),
    ]
    for cut in (CUTS[0], CUTS[10], CUTS[-3], CUTS[-1]):
        for action, collection in actions:
            proxy.arm(cut, "putRecord")
            key = fresh()
            with suppress(Unknown, TryLater):
                stage.run(tea, lambda connector: connector.send(action, key))  # noqa: B023
            persist(stage, tea, action, key)
            assert len(stage.records(tea, collection)) == 1
        proxy.arm(cut, "putRecord")
        change = Change(post=post, text=f"At ten, {cut}")
        persist(stage, tea, change, fresh())
        assert stage.texts(tea) == [f"At ten, {cut}"]
        for action, collection in actions:
            proxy.arm(cut, "deleteRecord")
            undo = type(action)(**{**plain(action), "undo": True})
            persist(stage, tea, undo, fresh())
            assert stage.records(tea, collection) == []
    proxy.arm(CUTS[-3], "deleteRecord")
    persist(stage, tea, Delete(post=post), fresh())
    assert stage.texts(tea) == []


def test_a_post_deleted_since_is_not_made_again(stage):
    tea, ann = stage.join("tea", "ann")
    question = stage.say(ann, "When do you open?")
    action, key = Say(text="At nine", answers=question), fresh()
    sent = stage.do(tea, action, key)
    stage.network.xrpc(
        "com.atproto.repo.deleteRecord",
        tea,
        json={"repo": tea.did, "collection": "app.bsky.feed.post", "rkey": record_key(key)},
    )
    assert stage.run(tea, lambda connector: connector.find(action, key)) is None
    with pytest.raises(GiveUp, match="deleted since"):
        stage.do(tea, action, key)
    assert stage.texts(tea) == []
    other = stage.do(tea, action)
    assert other.id != sent.id, "another key is another post"


@pytest.mark.parametrize("minutes", [-20, 20])
def test_a_clock_that_is_wrong_changes_nothing(stage, monkeypatch, minutes):
    (tea,) = stage.join("tea")
    monkeypatch.setattr("twoway.connectors.clock.Wall.now", lambda _: now() + minutes * HOUR // 60)
    keys = [Key(text=f"{n}", made_at=now() + minutes * HOUR // 60) for n in range(2)]
    actions = [Say(text="Kept"), Say(text="Taken down")]
    sent = [stage.do(tea, action, key) for action, key in zip(actions, keys, strict=True)]
    stage.do(tea, Delete(post=sent[1].id))
    assert stage.do(tea, actions[0], keys[0]).is_repeat
    with pytest.raises(GiveUp, match="deleted since"):
        stage.do(tea, actions[1], keys[1])
    assert stage.texts(tea) == ["Kept"]


def test_a_key_that_was_never_tried_is_sent_though_much_was_written_since(stage):
    (tea,) = stage.join("tea")
    key = fresh()
    for number in range(3):
        stage.say(tea, f"Something else, {number}")
    assert not stage.do(tea, Say(text="Late, for the first time"), key).is_repeat
    assert stage.do(tea, Say(text="Late, for the first time"), key).is_repeat
    assert len(stage.texts(tea)) == 4


def test_a_key_older_than_anybody_remembers_is_not_sent_blindly(stage):
    (tea,) = stage.join("tea")
    key = Key(text="two days old", made_at=now() - 48 * HOUR)
    action = Say(text="From the day before yesterday")
    with pytest.raises(GiveUp, match="send it as a new post"):
        stage.do(tea, action, key)
    assert stage.texts(tea) == []
    first = Key(text=key.text, made_at=key.made_at, is_first=True)
    sent = stage.do(tea, action, first)
    assert stage.do(tea, action, key).id == sent.id
    assert len(stage.texts(tea)) == 1


def test_where_the_witness_is_away_nothing_is_sent_blindly(stage):
    tea, _ = stage.join("tea", "ann")
    key = fresh()
    stage.say(tea, "Something else")
    stage.stream = Jetstream(address="ws://127.0.0.1:9")
    with pytest.raises(TryLater):
        stage.do(tea, Say(text="Not now"), key)
    assert len(stage.texts(tea)) == 1


def test_other_words_under_the_same_key_do_not_replace_the_post(stage):
    (tea,) = stage.join("tea")
    key = fresh()
    first = stage.do(tea, Say(text="The first words"), key)
    asked = Key(text=key.text, made_at=key.made_at, is_first=True)
    second = stage.do(tea, Say(text="Other words"), asked)
    assert (second.id, second.is_repeat) == (first.id, True)
    assert stage.texts(tea) == ["The first words"]


def plain(action):
    """Return an action's fields."""
    return {name: getattr(action, name) for name in type(action).__slots__}
