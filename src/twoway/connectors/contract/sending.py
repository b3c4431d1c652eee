"""What goes out: once for a key whatever happens, to whom it is meant, never more public than asked."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from twoway.connectors.contract.cutting import CUTS, Cut
from twoway.connectors.contract.trial import HOUR, Scene, Trial, scene
from twoway.connectors.errors import ConnectorError, GiveUp, TryLater, Unknown
from twoway.connectors.interface import Action, Connector, Key, Say, Sent
from twoway.core.posts import Visibility

TRIES = 4


class Sending:
    """Checks of `send` and `find`."""

    trial: Trial

    @pytest.fixture
    def stage(self, tmp_path: Path) -> Iterator[Scene]:
        """Set the stage, behind a proxy that can cut connections."""
        with scene(self.trial, tmp_path / "home", cutting=True) as play:
            yield play

    def test_a_key_sends_once(self, stage: Scene) -> None:
        action, key = answer(stage), fresh(stage)
        first, second = send(stage, action, key), send(stage, action, key)
        assert first.id == second.id
        assert [post.id for post in stage.fake.ours()] == [first.id]

    def test_another_key_sends_again(self, stage: Scene) -> None:
        action = answer(stage)
        keys = [replace(fresh(stage, str(number)), is_first=True) for number in range(2)]
        ids = {send(stage, action, key).id for key in keys}
        assert ids == {post.id for post in stage.fake.ours()}
        assert len(ids) == 2

    @pytest.mark.parametrize("cut", CUTS, ids=str)
    def test_cut_off_anywhere_it_is_sent_once_all_the_same(self, stage: Scene, cut: Cut) -> None:
        action, key = answer(stage), fresh(stage)
        stage.proxy.arm(cut, self.trial.sends_to)
        with suppress(Unknown, TryLater):
            send(stage, action, key)
        assert stage.proxy.cuts == 1
        sent = persist(stage, action, key)
        assert [post.id for post in stage.fake.ours()] == [sent.id]
        assert send(stage, action, key).id == sent.id
        assert len(stage.fake.ours()) == 1

    def test_a_server_that_is_not_there_has_done_nothing(self, stage: Scene) -> None:
        action = answer(stage)
        stage.proxy.refuse()
        with pytest.raises(TryLater):
            send(stage, action, fresh(stage))
        assert stage.fake.ours() == []

    def test_what_was_never_sent_is_not_found(self, stage: Scene) -> None:
        action = answer(stage)
        key = fresh(stage)
        assert stage.run(lambda connector: connector.find(action, key)) is None

    def test_what_was_deleted_since_is_not_made_again(self, stage: Scene) -> None:
        action, key = answer(stage), fresh(stage)
        stage.fake.delete(send(stage, action, key).id)
        with suppress(GiveUp, Unknown):
            send(stage, action, key)
        assert stage.fake.ours() == []

    def test_an_answer_reaches_whom_it_answers(self, stage: Scene) -> None:
        action = answer(stage)
        send(stage, action, fresh(stage))
        (post,) = stage.fake.ours()
        assert post.answers == action.answers
        assert stage.fake.person in post.reaches
        assert action.text in post.text

    def test_what_was_private_stays_private(self, stage: Scene) -> None:
        if not self.trial.hears_privately:
            pytest.skip("the network has nothing private")
        private = stage.fake.hear("Between us", stage.now - HOUR, "private")
        wishes: tuple[Visibility | None, ...] = (None, "public")
        for number, wish in enumerate(wishes):
            try:
                send(stage, self.trial.private_answer(private, wish), fresh(stage, str(number)))
            except GiveUp:
                assert wish == "public", "an answer in private is refused"
        assert {post.visibility for post in stage.fake.ours()} == {"private"}

    def test_what_is_too_long_is_refused_before_it_is_sent(self, stage: Scene) -> None:
        limits = self.trial.network.limits
        longest = max(limits.characters or 0, limits.utf8_bytes or 0)
        action = Say(text="a" * (longest + 1))
        with pytest.raises(GiveUp):
            send(stage, action, fresh(stage))
        assert stage.fake.ours() == []

    def test_an_answer_to_what_is_gone_is_refused(self, stage: Scene) -> None:
        action = answer(stage)
        stage.fake.delete(action.answers or "")
        with pytest.raises(GiveUp):
            send(stage, action, fresh(stage))
        assert stage.fake.ours() == []

    def test_our_own_post_comes_back_under_the_same_id(self, stage: Scene) -> None:
        if not self.trial.own_feeds:
            pytest.skip("the network does not tell us what we said ourselves")
        sent = send(stage, answer(stage), fresh(stage))
        told = stage.pull(feeds=self.trial.own_feeds)
        assert sent.id in {post.id for post in told.posts()}

    def test_forgotten_by_the_network_nothing_is_sent(self, stage: Scene) -> None:
        action = answer(stage)
        stage.fake.revoke()
        with pytest.raises(ConnectorError):
            send(stage, action, fresh(stage))
        assert stage.fake.ours() == []


def answer(play: Scene) -> Say:
    """Let the person ask something, and return what we say to it."""
    asked = play.fake.hear("When do you open on Sunday?", play.now - HOUR)
    return Say(text="At ten, as on every day.", answers=asked)


def fresh(play: Scene, name: str = "") -> Key:
    """Make a key, just now."""
    return Key(text=f"9f2c61d0-3b7a-4f0e-8d52-{name:0>12}", made_at=play.now)


def send(play: Scene, action: Action, key: Key) -> Sent:
    """Send with a freshly opened connector, as another process would."""
    return play.run(lambda connector: connector.send(action, key))


def persist(play: Scene, action: Action, key: Key) -> Sent:
    """Do what the outbox does: after a lost answer look it up, and only then send again."""

    async def work(connector: Connector) -> Sent:
        for _ in range(TRIES):
            try:
                found = await connector.find(action, key)
                return found or await connector.send(action, key)
            except (TryLater, Unknown):
                await play.clock.sleep(5)
        raise AssertionError("it is never sent")

    return play.run(work)
