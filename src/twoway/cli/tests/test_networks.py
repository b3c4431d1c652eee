"""The commands that reach a network: connect, check, pull, disconnect, and audits without credentials."""

import importlib.util
import io
import json
import sys
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import duckdb
import pytest

import twoway.networks
from twoway.collection.folder import Collection
from twoway.connectors import registry
from twoway.connectors.clock import SECOND, Wall
from twoway.connectors.contract.fake import Reply
from twoway.connectors.contract.server import Served
from twoway.connectors.errors import GiveUp, TryLater
from twoway.connectors.interface import Credentials, Feed, Page, Raw, Resolved, Visit
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage
from twoway.core.posts import Post

BUILDER = Path(__file__).parents[2] / "connectors/contract/tests/test_add_a_network.py"
DAY = 86_400 * SECOND


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TWOWAY_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TWOWAY_KEY", raising=False)
    return tmp_path / "home"


@pytest.fixture
def pinboard(tmp_path, monkeypatch, home):
    """The network of docs/how-to/add-a-network.md, with a server, as if it lay beside the others."""
    assert not home.exists()
    spec = importlib.util.spec_from_file_location("builder", BUILDER)
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    builder.build(tmp_path / "room")
    monkeypatch.setattr(
        twoway.networks, "__path__", [*twoway.networks.__path__, str(tmp_path / "room")]
    )
    registry.networks.cache_clear()
    from twoway.networks.pinboard.tests.fake import FakePinboard  # noqa: PLC0415  just built

    with Served(FakePinboard()).running() as served:
        monkeypatch.setenv("TWOWAY_ALLOW_HOSTS", served.host)
        yield served
    registry.networks.cache_clear()
    for name in [name for name in sys.modules if name.startswith("twoway.networks.pinboard")]:
        del sys.modules[name]


@pytest.fixture
def type_in(monkeypatch):
    """Write lines to standard input."""

    def write(*lines):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return write


@pytest.fixture
def connected(run, pinboard, type_in):
    type_in("letmein")
    done = run("connect", "pinboard", "--set", f"server=http://{pinboard.host}")
    assert (done.code, done.err) == (0, "")
    assert "letmein" not in done.out
    return pinboard


def ids(folder):
    files = [str(path) for path in Collection.open(folder).files("posts")]
    return {row[0] for row in duckdb.sql(f"select id from read_parquet({files})").fetchall()}


def test_connected_checked_pulled_and_disconnected(run, connected, tmp_path):
    fake, into = connected.fake, tmp_path / "museum"
    posts = {fake.hear(f"What about {number}?", 1_700_000_000 * SECOND) for number in range(9)}
    assert "museum@pinboard (pinboard) works" in run("check").out
    done = run("pull", "museum@pinboard", "--into", into)
    assert done.code == 0, done.err
    assert "9 items" in done.out
    assert ids(into) == posts
    posts.add(fake.hear("One more", 1_700_000_001 * SECOND))
    assert "1 items" in run("pull", "museum@pinboard", "--into", into).out
    assert ids(into) == posts
    assert run("disconnect", "museum@pinboard").code == 0
    assert fake.is_revoked
    assert "Nothing is connected" in run("check").out


def test_a_wrong_token_connects_nothing(run, pinboard, type_in):
    type_in("wrong")
    done = run("connect", "pinboard", "--set", f"server=http://{pinboard.host}")
    assert done.code == 4
    assert "does not take this token" in done.err
    assert "Nothing is connected" in run("check").out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--set", "token=letmein"), "shell's history"),
        (("--set", "colour=red"), "no such setting"),
        (("--set", "server"), "NAME=VALUE"),
    ],
)
def test_secrets_are_no_options(run, pinboard, words, says):
    assert pinboard
    done = run("connect", "pinboard", *words)
    assert done.code == 2
    assert says in done.err
    assert "letmein" not in done.err


def test_an_empty_answer_connects_nothing(run, pinboard, type_in):
    type_in("")
    done = run("connect", "pinboard", "--set", f"server=http://{pinboard.host}")
    assert (done.code, "is needed" in done.err) == (2, True)


def test_what_was_revoked_is_said_with_its_cure(run, connected, tmp_path):
    connected.fake.revoke()
    done = run("check")
    assert done.code == 4
    assert "does not work since" in done.out
    assert "Connect the account again" in done.out
    done = run("pull", "museum@pinboard", "--into", tmp_path / "museum")
    assert done.code == 4
    assert "Connect the account again" in done.err


def test_where_revoking_fails_the_credentials_stay(run, connected):
    connected.fault = lambda *_: Reply(status=503, headers={"retry-after": "60"})
    done = run("disconnect", "museum@pinboard")
    assert done.code == 4
    assert "kept" in done.err
    assert run("disconnect", "museum@pinboard", "--anyway").code == 0
    assert "Nothing is connected" in run("check").out


def test_a_new_key_leaves_all_connected(run, connected, home):
    assert connected
    before = (home / "key").read_text()
    assert "1 accounts" in run("connect", "--new-key").out
    assert (home / "key").read_text() != before
    assert run("check").code == 0


def test_a_key_that_others_read_is_refused(run, connected, home):
    assert connected
    (home / "key").chmod(0o644)
    done = run("check")
    assert (done.code, "chmod 600" in done.err) == (2, True)


class Square:
    """A public square: an organisation's posts, and what people say to them."""

    name = title = "square"
    can = frozenset()
    retention_days = None
    feeds = (
        Feed(name="posts", covers=frozenset({"originals", "replies"}), is_public=True),
        Feed(name="comments", covers=frozenset({"comments"}), is_public=True),
        Feed(name="mentions", covers=frozenset({"mentions"}), is_public=False),
    )

    def __init__(self):
        self.now = Wall().now()
        self.no_index = False
        self.failures = {}
        self.pulls = 0

    def means(self, name):
        return name.endswith("@square")

    def public(self, _door):
        return self

    async def resolve(self, name):
        if not name.startswith("museum"):
            raise GiveUp(f"Nobody on the square is called {name}.")
        return Resolved(
            account=Account(network="square", id=name.removesuffix("@square"), handle=name),
            may_be_audited=not self.no_index,
            why_not="the account asks not to be indexed.",
        )

    async def pull(self, feed, cursor, account, since):
        self.pulls += 1
        if feed in self.failures:
            raise self.failures[feed]
        covers = next(one.covers for one in self.feeds if one.name == feed)
        yield Page(
            items=tuple(self._posts(feed, account)) if cursor is None else (),
            cursor="end",
            coverage=tuple(
                Coverage(
                    network="square",
                    account=account,
                    stream=stream,
                    begins=since,
                    ends=self.now,
                    is_complete=True,
                    how="read",
                )
                for stream in covers
            ),
            is_last=True,
        )

    def _posts(self, feed, us):
        for number in range(60):
            at = self.now - (80 - number) * DAY
            ask = {"id": f"{us} q{number}", "author": f"v{number}", "said_at": at + SECOND}
            reply = {"id": f"{us} r{number}", "author": us, "said_at": at + 3_600 * SECOND}
            own = {"id": f"{us} o{number}", "author": us, "said_at": at, "text": f"News {number}"}
            if feed == "posts":
                yield _raw(own)
                yield _raw({**reply, "text": "At ten!", "parent": f"{us} q{number}"})
            else:
                yield _raw({**ask, "text": "When do you open?", "parent": f"{us} o{number}"})

    def parse(self, raw):
        yield Post(network="square", **json.loads(raw.body))


def _raw(post):
    body = json.dumps(post).encode()
    return Raw(network="square", kind="post", body=body, fetched_at=0)


@pytest.fixture
def square(monkeypatch, home):
    assert not home.exists()
    square = Square()
    monkeypatch.setattr(registry, "networks", lambda: (square,))
    return square


class Visited:
    """A network with a page of its own to say yes on, which leads back with a code."""

    name = title = "square"
    settings = ()

    def __init__(self):
        self.returns_to = None

    def means(self, _name):
        return False

    def connecting(self, _door):
        return self

    async def begin(self, _settings, return_to):
        self.returns_to = return_to
        if return_to:
            Thread(target=self.visit, args=(return_to,), daemon=True).start()
        return Visit(address="https://square.example/allow", remember={"secret": "shh"})

    def visit(self, return_to):
        """Say yes; a browser asks for the page's icon as well."""
        for path in ("favicon.ico", "?code=yes&state=here"):
            with urlopen(f"{return_to}{path}") as page:  # noqa: S310  our own page
                assert b"Thank you" in page.read()

    async def finish(self, visit, answer):
        if answer.get("code") != "yes":
            raise GiveUp("That is not the code.")
        return Credentials(
            network="square", account="museum", handle="museum@square", secrets=visit.remember
        )


@pytest.fixture
def visited(monkeypatch, home):
    assert not home.exists()
    network = Visited()
    monkeypatch.setattr(registry, "networks", lambda: (network,))
    return network


def test_a_networks_own_page_leads_back_to_us(run, visited):
    done = run("connect", "square")
    assert (done.code, done.err) == (0, "")
    assert "https://square.example/allow" in done.out
    assert visited.returns_to.startswith("http://127.0.0.1:")
    assert "shh" not in done.out
    assert "yes" not in done.out


@pytest.mark.parametrize("pasted", ["yes", " https://square.example/back?code=yes&state=here "])
def test_where_it_cannot_lead_back_what_it_shows_is_typed_in(run, visited, type_in, pasted):
    type_in(pasted)
    assert run("connect", "square", "--paste").code == 0
    assert visited.returns_to == ""


def test_a_wrong_code_connects_nothing(run, visited, type_in, home):
    assert visited
    type_in("no")
    done = run("connect", "square", "--paste")
    assert (done.code, "That is not the code." in done.err) == (4, True)
    assert not list(home.rglob("*.sealed"))


def report(done):
    return json.loads(done.out)["accounts"][0]


def test_an_account_is_audited_straight_from_its_network(run, square):
    done = run("audit", "museum@square", "--format", "json")
    assert done.code == 0, done.err
    assert report(done)["verdict"] != "too_little_data"
    assert report(done)["own_posts"] == 120
    assert square.pulls == 2
    unheard = [
        one["reason"] for one in report(done)["measures"] if one["status"] == "not_observable"
    ]
    assert "This collection does not hold its profile." in unheard


@pytest.mark.slow
def test_peers_are_read_from_their_networks_too(run, square):
    done = run("audit", "museum@square", "--peers", "museum-zoo@square", "--format", "json")
    assert done.code == 0, done.err
    accounts = {one["handle"]: one["is_peer"] for one in json.loads(done.out)["accounts"]}
    assert accounts == {"museum@square": False, "museum-zoo@square": True}
    assert square.pulls == 4


@pytest.mark.slow
def test_a_second_audit_reads_nothing_and_says_how_old_it_is(run, square):
    run("audit", "museum@square", "--format", "json")
    done = run("audit", "museum@square", "--format", "json")
    assert square.pulls == 2
    assert "Read 0 min ago." in done.err


def test_an_audit_says_how_far_it_could_read(run, square):
    square.failures = {"comments": TryLater("The square is full.", square.now + DAY)}
    done = run("audit", "museum@square", "--format", "json")
    assert "Comments: read not at all. The square is full." in done.err
    assert "Run it again to go on." in done.err


@pytest.mark.slow
def test_what_was_cut_short_is_gone_on_with(run, square):
    square.failures = {"comments": TryLater("The square is full.", square.now + DAY)}
    run("audit", "museum@square", "--format", "json")
    square.failures = {}
    done = run("audit", "museum@square", "--format", "json")
    assert square.pulls == 4
    assert report(done)["own_posts"] == 120
    assert "read not at all" not in done.err


def test_what_is_refused_for_good_is_not_asked_for_again_at_once(run, square):
    square.failures = {"comments": GiveUp("Comments are closed.")}
    done = run("audit", "museum@square", "--format", "json")
    assert "Comments: read not at all. Comments are closed." in done.err
    assert "again" not in done.err
    run("audit", "museum@square", "--format", "json")
    assert square.pulls == 2


@pytest.mark.slow
def test_a_network_that_is_away_leaves_what_was_read(run, square, home):
    run("audit", "museum@square", "--format", "json")
    for mark in home.rglob("read-whole"):
        mark.unlink()
    square.resolve = _away
    done = run("audit", "museum@square", "--format", "json")
    assert report(done)["own_posts"] == 120
    assert "The square is dark. What follows was read 0 min ago." in done.err


async def _away(_name):
    raise TryLater("The square is dark.")


def test_whoever_asks_not_to_be_read_any_more_is_forgotten(run, square, home):
    run("audit", "museum@square", "--format", "json")
    for mark in home.rglob("read-whole"):
        mark.unlink()
    square.no_index = True
    assert run("audit", "museum@square").code == 2
    assert not list(home.rglob("*.parquet"))
    assert not list(home.rglob("*.page"))


def test_an_account_that_asks_not_to_be_indexed_is_not_audited(run, square):
    square.no_index = True
    done = run("audit", "museum@square")
    assert (done.code, square.pulls) == (2, 0)
    assert "asks not to be indexed" in done.err
    assert "twoway connect square" in done.err


def test_nobody_is_called_that(run, square):
    assert square
    done = run("audit", "zoo@square")
    assert (done.code, "Nobody on the square" in done.err) == (4, True)


def test_what_is_neither_file_nor_account_is_said(run, square):
    assert square
    done = run("audit", "posts.csv")
    assert done.code == 2
    assert "no such file or folder, and no account looks like that" in done.err


def test_pulling_tells_what_was_not_read(run, square, tmp_path):
    square.failures = {"comments": GiveUp("Comments are closed.")}
    done = run("pull", "museum@square", "--into", tmp_path / "museum", "--since", "2026-01-01")
    assert done.code == 4
    assert "120 items" in done.out
    assert "Comments are closed." in done.err


@pytest.mark.parametrize("since", ["yesterday", "90", "2026-13-01"])
def test_a_time_that_is_none_is_refused(run, square, tmp_path, since):
    assert square
    done = run("pull", "museum@square", "--into", tmp_path / "museum", "--since", since)
    assert (done.code, "write 90d, all, or a day" in done.err) == (2, True)
