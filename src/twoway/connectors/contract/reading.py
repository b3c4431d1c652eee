"""What comes in: everything the server holds, once each, oldest first, through whatever happens."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from twoway.collection.records import Deletion
from twoway.connectors.clock import SECOND
from twoway.connectors.contract.trial import HOUR, Scene, Told, Trial, scene

DAY = 24 * HOUR


class Reading:
    """Checks of `pull`, played against the pretended server."""

    trial: Trial

    @pytest.fixture
    def play(self, tmp_path: Path) -> Iterator[Scene]:
        """Set the stage."""
        with scene(self.trial, tmp_path / "home") as play:
            yield play

    def test_everything_held_arrives_under_one_identity(self, play: Scene) -> None:
        fill(play, 3 * self.trial.per_page + 1)
        told = play.pull()
        assert told.ids(play.fake.person) == play.fake.holds()
        texts = {post.text for post in told.posts(play.fake.person)}
        assert len(texts) == len(play.fake.holds()), "one post under two ids, or texts mixed up"

    def test_times_are_as_they_were(self, play: Scene) -> None:
        at = play.now - HOUR
        at -= at % SECOND
        post = play.fake.hear("What time is it?", at)
        seen = {one.id: one.said_at for one in play.pull().posts(play.fake.person)}
        assert seen[post] == at

    def test_oldest_comes_first(self, play: Scene) -> None:
        fill(play, 2 * self.trial.per_page + 1)
        for feed in self.trial.feeds:
            times = [post.said_at for post in play.pull(feeds=[feed]).posts(play.fake.person)]
            assert times == sorted(times)

    def test_any_cursor_goes_on_where_it_was(self, play: Scene) -> None:
        fill(play, 3 * self.trial.per_page)
        whole = play.pull()
        for number in range(len(whole.pages)):
            before = Told({})
            for feed, page in whole.pages[: number + 1]:
                before.take(play.reader(), feed, page)
            rest = play.pull(before.cursors)
            both = before.ids(play.fake.person) | rest.ids(play.fake.person)
            assert both == play.fake.holds()

    def test_what_is_told_is_not_told_for_ever(self, play: Scene) -> None:
        fill(play, 4 * self.trial.per_page)
        cursors = play.pull().cursors
        again = play.pull(cursors)
        assert len(again.ids(play.fake.person)) <= 2 * self.trial.per_page
        new = play.fake.hear("One more thing", play.now)
        assert new in play.pull(again.cursors).ids(play.fake.person)

    def test_the_same_second_across_pages(self, play: Scene) -> None:
        at = play.now - HOUR
        for number in range(3 * self.trial.per_page):
            play.fake.hear(f"All at once, {number}", at - at % SECOND)
        assert play.pull().ids(play.fake.person) == play.fake.holds()

    def test_what_was_dated_back(self, play: Scene) -> None:
        fill(play, self.trial.per_page)
        play.fake.hear("Years ago, says my clock", play.now - 2_000 * DAY)
        told = play.pull()
        assert told.ids(play.fake.person) == play.fake.holds()
        late = play.fake.hear("Half an hour ago, says my clock", play.now - HOUR // 2)
        assert late in play.pull(told.cursors).ids(play.fake.person)

    def test_what_is_said_while_we_read(self, play: Scene) -> None:
        fill(play, 3 * self.trial.per_page)

        def say(number: int) -> None:
            if number < 4:
                play.fake.hear(f"Meanwhile, {number}", play.now + number * SECOND)

        told = play.pull(between=say)
        later = play.pull(told.cursors)
        both = told.ids(play.fake.person) | later.ids(play.fake.person)
        assert both == play.fake.holds()

    def test_what_is_deleted_while_we_read(self, play: Scene) -> None:
        posts = fill(play, 4 * self.trial.per_page)

        def delete(number: int) -> None:
            if number in (1, 2):
                play.fake.delete(posts[number - 1])
                play.fake.delete(posts[-number])

        told = play.pull(between=delete)
        assert play.fake.holds() <= told.ids(play.fake.person)

    def test_what_was_deleted_is_said_or_gone(self, play: Scene) -> None:
        posts = fill(play, 3)
        told = play.pull()
        play.fake.delete(posts[1])
        later = play.pull(told.cursors)
        assert posts[1] not in later.ids(play.fake.person)
        assert posts[1] not in play.pull().ids(play.fake.person)
        for record in later.records:
            if isinstance(record, Deletion):
                assert record.id not in play.fake.holds()

    def test_a_private_post_is_known_as_private(self, play: Scene) -> None:
        if not self.trial.hears_privately:
            pytest.skip("the network has nothing private")
        private = play.fake.hear("Between us", play.now - HOUR, "private")
        public = play.fake.hear("For all", play.now - HOUR + SECOND)
        seen = {post.id: post.visibility for post in play.pull().posts(play.fake.person)}
        assert (seen[private], seen[public]) == ("private", "public")


def fill(play: Scene, count: int) -> list[str]:
    """Let the person say many things, a minute apart, the last an hour ago."""
    start = play.now - HOUR - count * 60 * SECOND
    return [
        play.fake.hear(f"Number {number} of what I had to say", start + number * 60 * SECOND)
        for number in range(count)
    ]
