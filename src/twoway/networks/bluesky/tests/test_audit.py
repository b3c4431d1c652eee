"""Two people and an organisation talk over a real network, and the audit finds what is true of it."""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.request import Request
from twoway.audit.run import audit
from twoway.audit.steps.prepare import prepare
from twoway.collection.folder import Collection
from twoway.connectors.interface import Key, React, Say
from twoway.connectors.pulling import Gathering, Pull, holding
from twoway.connectors.shelf import Shelf
from twoway.core.accounts import Account
from twoway.core.identity import key
from twoway.networks.bluesky.tests.stage import now

pytestmark = [pytest.mark.server, pytest.mark.slow]
MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE


class Talk:
    """A talk some days ago: every post is dated by the key it is sent with."""

    def __init__(self, stage):
        self.stage = stage
        self.tea, self.ann, self.ben = stage.join("tea", "ann", "ben")
        self.begun = now() - 9 * DAY
        self.root = self.say(0, self.tea, "Our new oolong is here.")
        self.caffeine = self.say(10, self.ann, "Is it caffeinated?", answers=self.root)
        self.little = self.say(40, self.tea, "A little, less than coffee.", answers=self.caffeine)
        self.say(45, self.ann, "Thanks, that helps!", answers=self.little)
        self.broken = self.say(
            100, self.ben, f"@{self.tea.handle} My teapot arrived broken. Can I get a refund?"
        )
        self.refund = self.say(
            280, self.tea, "Sorry about that, Ben. The refund is on its way.", answers=self.broken
        )
        self.norway = self.say(300, self.ann, f"@{self.tea.handle} Do you ship to Norway?")
        self.love = self.say(
            320, self.ben, "I love your shop, best tea in town!", answers=self.root
        )
        self.act(330, self.tea, React(kind="like", post=self.love))
        self.asked = self.say(
            400, self.tea, "That is kind! Which tea do you like most?", answers=self.love
        )

    def say(self, minute, person, text, **more):
        return self.act(minute, person, Say(text=text, language="en", **more)).id

    def act(self, minute, person, action):
        at = self.at(minute)
        return self.stage.do(person, action, Key(text=f"{minute}", made_at=at, is_first=True))

    def at(self, minute):
        return self.begun // 1000 * 1000 + minute * MINUTE


@pytest.fixture(scope="module")
def talked(bluesky, bluesky_stream, tmp_path_factory):
    from twoway.networks.bluesky.tests.stage import Stage  # noqa: PLC0415  as the fixture has it

    return Talk(Stage(bluesky, bluesky_stream, tmp_path_factory.mktemp("talk")))


def pulled(stage, person, into, *, is_connected):
    """Pull all that may be read about somebody into a collection, as the command does."""

    async def work(connector):
        shelf = Shelf(into, "bluesky", person.did)
        feeds = [f for f in stage.bluesky.feeds if f.is_public or is_connected]
        feeds = [one for one in feeds if one.name != "messages" and one.about == "account"]
        with holding(into):
            pull = Pull(
                connector=connector,
                keeping=shelf,
                clock=connector._door.clock,
                account=None if is_connected else person.did,
                since=now() - 30 * DAY,
            )
            outcomes = await pull.feeds(feeds)
            whose = Account(network="bluesky", id=person.did, handle=person.handle)
            parse = connector.parse
            await asyncio.to_thread(
                Gathering(shelf=shelf, parse=parse, into=into, name="tea", whose=whose).gather
            )
        assert [outcome.stopped for outcome in outcomes] == [None] * len(feeds)

    stage.run(person if is_connected else None, work)
    return Collection.open(into)


def test_the_audit_of_our_account_knows_every_turn(talked, tmp_path):
    talk, collection = talked, pulled(talked.stage, talked.tea, tmp_path / "c", is_connected=True)
    with closing(DuckDB()) as engine:
        report = audit(collection, Request(), engine)
        waits = engine.rows("select post, since, ended_at, answer from waits where is_sure")
        prepare(engine, {"turns"})
        turns = engine.rows("select person, turn, since from turns")
        words = engine.rows("select post, settled_at, settled_by from kind_words")
    assert set(waits) == {
        (of(talk.caffeine), talk.at(10), talk.at(40), of(talk.little)),
        (of(talk.broken), talk.at(100), talk.at(280), of(talk.refund)),
        (of(talk.norway), talk.at(300), None, None),
    }
    ann, ben = of(talk.ann.did), of(talk.ben.did)
    assert sorted(turns, key=str) == sorted(
        [
            (ann, "nobody", None),
            (ben, "nobody", None),
            (ann, "ours", talk.at(300)),
            (ben, "theirs", None),
        ],
        key=str,
    )
    assert (of(talk.love), talk.at(330), "like") in words
    (account,) = report.accounts
    figures = {figure.id: figure for figure in account.measures}
    assert (figures["response_rate"].hits, figures["response_rate"].n) == (2, 3)


def test_without_credentials_what_cannot_be_heard_is_said(talked, tmp_path):
    talk, collection = talked, pulled(talked.stage, talked.tea, tmp_path / "c", is_connected=False)
    with closing(DuckDB()) as engine:
        audit(collection, Request(), engine)
        covered = {row[0] for row in engine.rows("select stream from covered")}
        waits = engine.rows("select post from waits where is_sure")
    assert {"originals", "replies", "shares", "likes", "comments", "quotes"} <= covered
    assert not {"mentions", "private"} & covered
    assert (of(talk.caffeine),) in waits
    assert (of(talk.norway),) not in waits, "nobody who is not connected hears of it"


def test_the_command_audits_an_account_straight_from_the_network(talked, tmp_path):
    network = talked.stage.network
    beside = {
        "TWOWAY_BLUESKY_PUBLIC": network.appview,
        "TWOWAY_BLUESKY_DIRECTORY": network.directory,
        "TWOWAY_ALLOW_HOSTS": ",".join(network.hosts),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    done = subprocess.run(
        [Path(sys.executable).with_name("twoway"), "audit", talked.tea.handle, "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | beside,
    )
    assert done.returncode in (0, 3), done.stderr
    (account,) = json.loads(done.stdout)["accounts"]
    assert account["organisation"] == talked.tea.handle


def of(remote_id):
    """Return the number under which tables know a post or an account."""
    return key("bluesky", remote_id)
