"""What goes wrong at a server: named by its cure, bounded in time and size, no secret in it."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from twoway.connectors.clock import SECOND
from twoway.connectors.contract.fake import Reply, Request
from twoway.connectors.contract.reading import fill
from twoway.connectors.contract.server import Fault
from twoway.connectors.contract.trial import MANY, Scene, Told, Trial, scene
from twoway.connectors.errors import ConnectorError, GiveUp, Reconnect, TryLater
from twoway.connectors.interface import Connector, Health

STREAM = 2.0
HUGE = 10 * 1024 * 1024


def replaced(body: bytes) -> Fault:
    """Answer everything that reads with this body."""

    def fault(request: Request, reply: Reply) -> Reply | None:
        if request.method != "GET":
            return None
        return Reply(status=200, headers=reply.headers, body=body)

    return fault


def truncated(request: Request, reply: Reply) -> Reply | None:
    """Cut every answer in half, as if that were all."""
    del request
    return Reply(
        status=reply.status, headers=reply.headers, body=reply.body[: len(reply.body) // 2]
    )


def retyped(value: object) -> Fault:
    """Put a value of the wrong type in place of every second value, one level after the other."""

    def fault(request: Request, reply: Reply) -> Reply | None:
        try:
            content = json.loads(reply.body)
        except ValueError:
            return None
        del request
        return Reply.of(_retype(content, value), reply.status)

    return fault


def stuck() -> Fault:
    """Answer what was answered first at an address, whatever page is asked for."""
    first: dict[str, Reply] = {}

    def fault(request: Request, reply: Reply) -> Reply | None:
        return first.setdefault(request.path, reply) if request.method == "GET" else None

    return fault


def elsewhere(address: str) -> Fault:
    """Send everybody to another address."""
    return lambda *_: Reply(status=302, headers={"location": address})


def _retype(content: object, value: object, depth: int = 0) -> object:
    if isinstance(content, dict):
        return {
            key: value if number % 2 and depth else _retype(one, value, depth + 1)
            for number, (key, one) in enumerate(content.items())
        }
    if isinstance(content, list):
        return [_retype(one, value, depth + 1) for one in content] + [value]
    return content


WRONG = {
    "html": replaced(b"<!DOCTYPE html><title>We are being worked on</title>"),
    "nothing": replaced(b""),
    "null": replaced(b"null"),
    "a number": replaced(b"17"),
    "a list": replaced(b"[1, null, [], {}]"),
    "deep": replaced(b"[" * 100_000),
    "huge": replaced(b'{"a": "' + b"x" * HUGE + b'"}'),
    "truncated": truncated,
    "numbers inside": retyped(7),
    "texts inside": retyped("\x00\ud800".encode("utf-8", "replace").decode()),
    "lists inside": retyped([]),
    "objects inside": retyped({"": {}}),
    "nulls inside": retyped(None),
    "the same page for ever": stuck(),
    "to this machine": elsewhere("http://127.0.0.1:1/"),
    "to the cloud's secrets": elsewhere("http://169.254.169.254/latest/meta-data"),
    "to itself": elsewhere("/"),
}


class Failing:
    """Checks against a server that fails, lies or has forgotten us."""

    trial: Trial

    @pytest.fixture
    def ailing(self, tmp_path: Path) -> Iterator[Scene]:
        """Set the stage with some posts on it."""
        with scene(self.trial, tmp_path / "home") as play:
            fill(play, 3 * self.trial.per_page)
            yield play

    @pytest.mark.parametrize("wrong", WRONG)
    def test_a_wrong_answer_is_bounded_and_said(self, ailing: Scene, wrong: str) -> None:
        ailing.served.fault = WRONG[wrong]
        error, told = pull_all(ailing)
        assert error is None or str(error).strip()
        assert len(ailing.served.asked) < MANY
        for post in told.posts():
            assert isinstance(post.id, str)
            assert isinstance(post.said_at, int)

    def test_one_bad_answer_costs_nothing_for_good(self, ailing: Scene) -> None:
        calls = count()
        html = WRONG["html"]
        ailing.served.fault = lambda request, reply: (
            html(request, reply) if next(calls) == 1 else None
        )
        _, told = pull_all(ailing)
        ailing.served.fault = None
        rest = ailing.pull(told.cursors)
        both = told.ids(ailing.fake.person) | rest.ids(ailing.fake.person)
        assert both == ailing.fake.holds()

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_busy_server_says_when(self, ailing: Scene, status: int) -> None:
        busy = Reply(status=status, headers={"retry-after": "7200"})
        ailing.served.fault = lambda *_: busy
        error, _ = pull_all(ailing)
        assert isinstance(error, TryLater)
        assert error.at is not None
        assert abs(error.at - ailing.now - 7_200 * SECOND) < 120 * SECOND
        assert len(ailing.served.asked) <= 4

    def test_a_server_that_is_unwell_is_tried_again_later(self, ailing: Scene) -> None:
        ailing.served.fault = lambda *_: Reply(status=502)
        error, _ = pull_all(ailing)
        assert isinstance(error, TryLater)
        assert len(ailing.served.asked) < 20

    def test_forgotten_midway_somebody_must_connect_again(self, ailing: Scene) -> None:
        calls = count()

        def revoke(*_: object) -> None:
            if next(calls) == 1:
                ailing.fake.revoke()

        ailing.served.fault = revoke
        error, told = pull_all(ailing)
        while error is None:  # all was told before anybody noticed: ask again
            error, told = pull_all(ailing, told)
        assert isinstance(error, Reconnect)

    @pytest.mark.parametrize("status", [401, 404, 429, 503])
    def test_a_stream_that_fails_names_its_cure(self, ailing: Scene, status: int) -> None:
        ailing.served.fault = lambda *_: Reply(status=status)

        async def listen(connector: Connector) -> None:
            with suppress(TimeoutError):  # a stream that comes from elsewhere, and is well
                async with asyncio.timeout(STREAM):
                    async for _ in connector.listen(None):
                        pass

        error = ailing.failing(listen)
        assert error is None or str(error).strip()
        assert len(ailing.served.asked) < MANY

    def test_health_is_told_as_it_is(self, ailing: Scene) -> None:
        async def check(connector: Connector) -> Health:
            return await connector.check()

        well = ailing.run(check)
        assert well.works
        assert well.account is not None
        assert not well.needs
        ailing.fake.revoke()
        ill = ailing.run(check)
        assert not ill.works
        assert ill.needs.strip()

    def test_an_account_that_nobody_has_is_said(self, ailing: Scene) -> None:
        with pytest.raises((GiveUp, TryLater)):
            ailing.run(lambda connector: connector.resolve(self.trial.nobody))

    def test_no_error_shows_a_secret(self, ailing: Scene) -> None:
        secrets = [one for one in ailing.keeper.read().secrets.values() if len(one) > 5]
        for fault in (*WRONG.values(), lambda *_: Reply(status=500), lambda *_: Reply(status=403)):
            ailing.served.fault = fault
            error, _ = pull_all(ailing)
            assert not any(secret in f"{error} {error!r}" for secret in secrets)

    def test_disconnecting_revokes(self, ailing: Scene) -> None:
        ailing.run(lambda connector: connector.disconnect())
        assert ailing.fake.is_revoked


def pull_all(play: Scene, told: Told | None = None) -> tuple[ConnectorError | None, Told]:
    """Pull all feeds until one fails; return why, and what came before."""
    found = told or Told({})

    async def work(connector: Connector) -> None:
        for feed in play.trial.feeds:
            async for page in connector.pull(feed, found.cursors.get(feed)):
                found.take(connector, feed, page)

    return play.failing(work), found
