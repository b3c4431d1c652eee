"""Three people and an organisation talk over real servers, and the audit finds what is true of it."""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from servers.patience import until
from servers.snac import fediverse

from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.request import Request
from twoway.audit.run import audit
from twoway.audit.steps.prepare import prepare
from twoway.collection.folder import Collection
from twoway.connectors.interface import FollowAccount, React, Say
from twoway.connectors.pulling import Gathering, Pull, holding
from twoway.connectors.shelf import Shelf
from twoway.core.accounts import Account
from twoway.core.identity import key
from twoway.core.reactions import Reaction
from twoway.networks.mastodon.connector import NETWORK
from twoway.networks.mastodon.connector.tests.stage import Stage

pytestmark = [pytest.mark.server, pytest.mark.slow]


class Talk:
    """A talk over two servers, told in the order in which it happened."""

    def __init__(self, snac):
        self.stage = Stage(snac.hosts, tries=4)
        for instance in (snac.ours, snac.theirs):
            for name in instance.people:
                self.stage.connect(
                    name, instance.host, lambda page, i=instance, n=name: i.say_yes(page, n)
                )
        self.follow(snac)
        self.root = self.say("larchtea", "Our new oolong is here.")
        self.caffeine = self.say("ann", "Is it caffeinated?", answers=self.root)
        self.little = self.say("larchtea", "A little, less than coffee.", answers=self.caffeine)
        self.thanks = self.say("ann", "Thanks, that helps!", answers=self.little)
        self.broken = self.say(
            "ben", "My teapot arrived broken. Can I get a refund?", answers=self.root
        )
        self.love = self.say("cleo", "I love your shop, best tea in town!", answers=self.root)
        self.stage.do("larchtea", React(kind="like", post=self.love))
        self.asked = self.say(
            "larchtea", "That is kind! Which tea do you like most?", answers=self.love
        )

    def follow(self, snac):
        """Let everybody follow Larch Tea, so that its posts come to them."""
        handle = f"@{snac.ours.handle('larchtea')}"
        for name in ("ann", "ben", "cleo"):
            found = self.stage.run(name, lambda connector: connector.resolve(handle))
            self.stage.do(name, FollowAccount(account=found.account.id))
        path = "/api/v1/notifications"
        until(lambda: len(snac.ours.call("larchtea", "GET", path)) >= 3)

    def say(self, name, text, answers=None):
        """Say something once the server knows what it answers; wait until Larch Tea has heard it."""
        if answers is not None:
            until(lambda: answers in self.stage.pull(name, "thread", about=answers).posts)
        sent = self.stage.do(name, Say(text=text, answers=answers, language="en")).id
        until(lambda: sent in self.stage.pull("larchtea", "thread", about=sent).posts)
        return sent

    def whose(self, name):
        """Return the number under which tables know somebody."""
        return of(self.stage.people[name].account)


@pytest.fixture(scope="module")
def talked():
    with fediverse() as snac:
        yield Talk(snac)


def pulled(stage, name, account, into):
    """Pull all that may be read into a collection, as the command does; return how far it came."""
    feeds = [one for one in NETWORK.feeds if one.about == "account"]
    is_ours = name is not None

    async def work(door):
        connector = NETWORK.public(door) if not is_ours else stage.opened(door, name)
        shelf = Shelf(into, "mastodon", account.id)
        with holding(into):
            pull = Pull(
                connector=connector,
                keeping=shelf,
                clock=door.clock,
                account=None if is_ours else account.id,
            )
            outcomes = await pull.feeds([one for one in feeds if one.is_public or is_ours])
            gathering = Gathering(
                shelf=shelf, parse=connector.parse, into=into, name="tea", whose=account
            )
            await asyncio.to_thread(gathering.gather)
        return outcomes

    return stage.through(work)


def larchtea(stage):
    held = stage.people["larchtea"]
    return Account(network="mastodon", id=held.account, handle=held.handle)


def test_the_audit_of_our_account_knows_every_turn(talked, tmp_path):
    stage = talked.stage
    outcomes = pulled(stage, "larchtea", larchtea(stage), tmp_path / "c")
    assert [one.stopped for one in outcomes] == [None] * len(outcomes)
    collection = Collection.open(tmp_path / "c")
    with closing(DuckDB()) as engine:
        report = audit(collection, Request(), engine)
        waits = engine.rows("select post, ended_at is null, answer from waits where is_sure")
        prepare(engine, {"turns"})
        turns = engine.rows("select person, turn from turns")
        since = dict(engine.rows("select person, since from turns where turn = 'ours'"))
        covered = {row[0] for row in engine.rows("select stream from covered")}
        said = dict(engine.rows("select post, said_at from posts"))
    assert set(waits) == {
        (of(talked.caffeine), False, of(talked.little)),
        (of(talked.broken), True, None),
    }
    assert set(turns) == {
        (talked.whose("ann"), "nobody"),
        (talked.whose("ben"), "ours"),
        (talked.whose("cleo"), "theirs"),
    }
    assert since == {talked.whose("ben"): said[of(talked.broken)]}
    assert {"originals", "replies", "comments", "mentions", "private", "profile"} <= covered
    assert not {"likes", "quotes"} & covered, "this server tells of neither"
    (account,) = report.accounts
    assert account.own_posts == 3


def test_our_like_is_known_though_the_server_has_no_list_of_likes(talked):
    us = talked.stage.people["larchtea"].account
    likes = talked.stage.pull("larchtea", "threads").of(Reaction)
    assert {(one.account, one.post, one.kind) for one in likes} == {(us, talked.love, "like")}
    favourites = talked.stage.pull("larchtea", "favourites")
    assert favourites.records == []
    assert not [one for page in favourites.pages for one in page.coverage]


def test_without_credentials_what_cannot_be_heard_is_said(talked, tmp_path):
    account = talked.stage.run(
        None, lambda c: c.resolve("@" + talked.stage.people["larchtea"].handle)
    ).account
    outcomes = {one.feed: one for one in pulled(talked.stage, None, account, tmp_path / "c")}
    assert outcomes["statuses"].stopped is None
    assert "shows this only to those who have an account" in str(outcomes["threads"].stopped)
    with closing(DuckDB()) as engine:
        audit(Collection.open(tmp_path / "c"), Request(), engine)
        covered = {row[0] for row in engine.rows("select stream from covered")}
        posts = {row[0] for row in engine.rows("select post from posts")}
    assert {"originals", "replies", "shares", "profile"} <= covered
    assert not {"mentions", "private", "comments"} & covered
    assert {of(talked.root), of(talked.little), of(talked.asked)} <= posts


def test_the_command_audits_an_account_straight_from_its_server(town, mock_server, tmp_path):
    for number in range(25):
        asked = town.say("ann", f"Do you have tea number {number}?", to=("larchtea",))
        if number % 2:
            town.say("larchtea", f"Yes, number {number} is on the shelf.", answers=asked)
    beside = {
        "TWOWAY_ALLOW_HOSTS": mock_server.host,
        "TWOWAY_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [
            Path(sys.executable).with_name("twoway"),
            "audit",
            f"@larchtea@{mock_server.host}",
            "--format",
            "json",
        ],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | beside,
    )
    assert done.returncode in (0, 3), done.stderr
    (account,) = json.loads(done.stdout)["accounts"]
    assert account["organisation"] == f"larchtea@{mock_server.host}"
    assert account["own_posts"] == 12


def of(remote_id):
    """Return the number under which tables know a post or an account."""
    return key("mastodon", remote_id)
