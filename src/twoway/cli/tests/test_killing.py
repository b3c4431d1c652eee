"""`pull` and `listen` killed without a word at random moments: nothing is lost, nothing comes twice."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import duckdb
import pytest
from servers.mastodon_mock import Mock
from servers.patience import PATIENCE, until

from twoway.collection.folder import Collection
from twoway.connectors.credentials import Store
from twoway.connectors.interface import Credentials

KILLS = [20, pytest.param(200, marks=pytest.mark.soak)]
pytestmark = [pytest.mark.server, pytest.mark.slow]


class Town:
    """A server, our account connected, and a person who goes on writing to us."""

    def __init__(self, mock, home):
        self.mock, self.home = mock, home
        self.said = set()
        self.into = home / "collection"
        self.dice = random.Random(7)
        store = Store(home)
        store.save(
            Credentials(
                network="mastodon",
                account=f"{mock.address}/@larchtea",
                handle=f"larchtea@{mock.host}",
                server=mock.address,
                secrets={"token": mock.tokens["larchtea"]},
            ),
            since=0,
        )
        self.environment = {
            **os.environ,
            "TWOWAY_HOME": str(home),
            "TWOWAY_ALLOW_HOSTS": mock.host,
        }

    def say(self, count):
        for _ in range(count):
            number = len(self.said)
            post = self.mock.call(
                "ann", "POST", "/api/v1/statuses",
                json={"status": f"@larchtea Is there tea, for the {number}th time?"},
            )  # fmt: skip
            self.said.add(post["uri"])

    @contextmanager
    def running(self, *words):
        """Run a command; kill it at the end of the `with`, whatever it does."""
        process = subprocess.Popen(
            [sys.executable, "-c", "from twoway.cli import main; main()", *words],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            self.complaints = process.communicate()[1].decode()

    def collected(self):
        """Return the posts of ann in the collection; none where there is none yet."""
        if not (self.into / "manifest.json").exists():
            return []
        files = [str(path) for path in Collection.open(self.into).files("posts")]
        if not files:
            return []
        rows = duckdb.sql(f"select id from read_parquet({files}) where text like '%Is there tea%'")
        return [row[0] for row in rows.fetchall()]


@pytest.fixture
def town(mock_server: Mock, tmp_path):
    mock_server.recover()
    mock_server.reset()
    return Town(mock_server, tmp_path)


def account(town):
    return f"larchtea@{town.mock.host}"


@pytest.mark.parametrize("kills", KILLS)
def test_pull_is_killed(town, kills):
    town.say(120)
    begun = time.monotonic()
    words = ("pull", account(town), "--into", str(town.into), "--since", "all")
    with town.running(*words) as process:
        assert process.wait(PATIENCE) == 0, process.stderr.read()
    whole = time.monotonic() - begun
    for number in range(kills):
        if number % 5 == 0:  # a first pull is killed as well as a later one
            town.into = town.home / f"collection-{number}"
        town.say(3)
        with town.running(*words[:3], str(town.into), *words[4:]):
            time.sleep(town.dice.uniform(0.1, whole))
    with town.running(*words[:3], str(town.into), *words[4:]) as process:
        assert process.wait(PATIENCE) == 0, process.stderr.read()
    found = town.collected()
    assert len(found) == len(set(found)) == len(town.said)


@pytest.mark.parametrize("kills", KILLS)
def test_listen_is_killed(town, kills):
    words = ("listen", "--into", str(town.into), "--merge-every", "0.3")
    for _ in range(kills):
        with town.running(*words):
            ends = time.monotonic() + town.dice.uniform(0.1, 3)
            while time.monotonic() < ends:
                town.say(1)
                time.sleep(0.2)
    with town.running(*words), suppress(TimeoutError):
        until(lambda: len(town.collected()) >= len(town.said))
    found = town.collected()
    assert len(found) == len(set(found)) == len(town.said), town.complaints
