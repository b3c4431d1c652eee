"""The commands on a real Bluesky network and on a double of Mastodon, each in a process of its own."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass

import pytest
from servers.bluesky import Network
from servers.mastodon_mock import Mock
from servers.patience import PATIENCE

pytestmark = [pytest.mark.server, pytest.mark.slow]
NEWS = 4


@dataclass(frozen=True)
class Shell:
    """Calls the command with a home of its own, and the hosts that it may reach."""

    environment: dict

    def __call__(self, *words, typed=""):
        return subprocess.run(
            [sys.executable, "-c", "from twoway.cli import main; main()", *words],
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )


def shell(home, hosts, **more):
    return Shell(
        {
            **os.environ,
            "TWOWAY_HOME": str(home),
            "TWOWAY_ALLOW_HOSTS": ",".join(hosts),
            **more,
        }
    )


def audited(done):
    assert done.returncode in (0, 3), done.stderr
    (account,) = json.loads(done.stdout)["accounts"]
    return account


@pytest.fixture(scope="module")
def kiosk(bluesky: Network):
    """A kiosk that answers every second question, on the real network."""
    tea, ann = bluesky.join(f"kiosk{os.getpid()}"), bluesky.join(f"visitor{os.getpid()}")

    def say(who, text, **more):
        record = {"$type": "app.bsky.feed.post", "text": text, **more}
        record["createdAt"] = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        made = bluesky.xrpc(
            "com.atproto.repo.createRecord",
            who,
            json={"repo": who.did, "collection": "app.bsky.feed.post", "record": record},
        )
        bluesky.settle()  # who answers a post that nobody saw yet is not heard
        return {"uri": made["uri"], "cid": made["cid"]}

    for number in range(NEWS):
        news = say(tea, f"News number {number}: fresh tea.")
        asked = say(ann, f"Until when, on day {number}?", reply={"root": news, "parent": news})
        if number % 2:
            say(tea, f"Until ten, on day {number}.", reply={"root": news, "parent": asked})
    return tea


@pytest.fixture
def sky(bluesky: Network, kiosk, tmp_path):
    run = shell(
        tmp_path / "home",
        bluesky.hosts,
        TWOWAY_BLUESKY_PUBLIC=bluesky.appview,
        TWOWAY_BLUESKY_DIRECTORY=bluesky.directory,
    )
    return run, kiosk


def test_an_account_of_bluesky_is_audited_without_credentials(sky):
    run, tea = sky
    account = audited(run("audit", tea.handle, "--format", "json"))
    assert account["own_posts"] == NEWS + NEWS // 2
    again = run("audit", f"https://bsky.app/profile/{tea.handle}", "--format", "json")
    assert audited(again)["own_posts"] == account["own_posts"]


def test_an_account_of_bluesky_is_connected_pulled_and_disconnected(sky, tmp_path):
    run, tea = sky
    done = run("connect", "bluesky", "--set", f"handle={tea.handle}", typed=f"{tea.password}\n")
    assert done.returncode == 0, done.stderr
    assert tea.password not in done.stdout + done.stderr
    assert f"{tea.handle} (bluesky) works" in run("check").stdout
    done = run("pull", tea.handle, "--into", str(tmp_path / "tea"))
    assert f"Read {tea.handle} (Bluesky)" in done.stdout
    account = audited(run("audit", str(tmp_path / "tea"), "--format", "json"))
    assert account["own_posts"] == NEWS + NEWS // 2
    assert run("disconnect", tea.handle).returncode == 0
    assert "Nothing is connected" in run("check").stdout


def test_nobody_of_that_name_is_on_bluesky(sky):
    run, _ = sky
    done = run("audit", "nobody-at-all.test")
    assert done.returncode == 4
    assert "Traceback" not in done.stderr


def test_an_account_of_mastodon_is_audited_without_credentials(mock_server: Mock, tmp_path):
    mock_server.recover()
    mock_server.reset()
    for number in range(NEWS):
        asked = mock_server.call(
            "ann", "POST", "/api/v1/statuses", json={"status": f"@larchtea Until when, {number}?"}
        )
        reply = {"status": f"@ann Until ten, {number}.", "in_reply_to_id": asked["id"]}
        mock_server.call("larchtea", "POST", "/api/v1/statuses", json=reply)
    run = shell(tmp_path / "home", [mock_server.host])
    for name in (f"@larchtea@{mock_server.host}", f"{mock_server.address}/@larchtea"):
        assert audited(run("audit", name, "--format", "json"))["own_posts"] == NEWS
