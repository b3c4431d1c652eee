"""kill -9 of workers while answers go out to servers that nobody here wrote."""

import json
import os
import re
from collections import Counter

import pytest
from servers.bluesky import bluesky_network
from servers.jetstream import jetstream
from servers.snac import fediverse, until

from twoway.desk.running.tests import killing, outside

pytestmark = [pytest.mark.server, pytest.mark.slow]

ANSWERS_A_KILL = 3
SAID = re.compile(r"The answer to number \d+\. – Ana")


def test_bluesky_gets_everything_exactly_once(home):
    with bluesky_network() as network, jetstream(network.pds) as stream:
        larch, ann = network.people["larchtea"], network.people["ann"]
        asked = network.xrpc(
            "com.atproto.repo.createRecord", ann,
            json={
                "repo": ann.did, "collection": "app.bsky.feed.post",
                "record": {"text": "Where is the tea?", "createdAt": "2026-11-22T09:00:00.000Z"},
            },
        )  # fmt: skip
        network.settle()
        credentials = {
            "network": "bluesky", "account": larch.did, "handle": larch.handle, "server": network.pds,
            "secrets": {"kind": "password", "access": larch.access, "refresh": larch.refresh},
        }  # fmt: skip
        beside = {
            "TWOWAY_ALLOW_HOSTS": ",".join([*network.hosts, "127.0.0.1"]),
            "TWOWAY_BLUESKY_PUBLIC": network.appview,
            "TWOWAY_BLUESKY_DIRECTORY": network.directory,
            "TWOWAY_BLUESKY_JETSTREAM": stream.address,
        }
        answers = kill_while_sending(home | beside, credentials, asked["uri"])
        assert Counter(bluesky_posts(network, larch)) == answers


def bluesky_posts(network, person):
    """Return the texts of all records of somebody's, as their server keeps them."""
    texts, cursor = [], None
    while True:
        asked = {"repo": person.did, "collection": "app.bsky.feed.post", "limit": 100}
        page = network.xrpc(
            "com.atproto.repo.listRecords", params=asked | ({"cursor": cursor} if cursor else {})
        )
        texts += [record["value"]["text"] for record in page["records"]]
        cursor = page.get("cursor")
        if not cursor:
            return [text for text in texts if SAID.search(text)]


def test_a_fediverse_server_without_keys_gets_everything_exactly_once(home):
    with fediverse() as both:
        asked = both.ours.call(
            "cleo", "POST", "/api/v1/statuses", data={"status": "@larchtea Where is the tea?"}
        )
        # A post is answered once it has been heard; deliveries take seconds even at home.
        until(lambda: both.ours.call("larchtea", "GET", "/api/v1/notifications"))
        credentials = {
            "network": "mastodon", "account": f"{both.ours.address}/larchtea",
            "handle": both.ours.handle("larchtea"), "server": both.ours.address,
            "secrets": {"token": both.ours.token("larchtea")},
        }  # fmt: skip
        beside = {"TWOWAY_ALLOW_HOSTS": ",".join([*both.hosts, "localhost", "127.0.0.1"])}
        answers = kill_while_sending(home | beside, credentials, asked["uri"])
        # Not by the thread: snac (2.75) forgets children that two connections add at once.
        me = both.ours.call("larchtea", "GET", "/api/v1/accounts/verify_credentials")["id"]
        stand = both.ours.call("larchtea", "GET", f"/api/v1/accounts/{me}/statuses?limit=200")
        said = [SAID.search(status["content"]) for status in stand]
        assert Counter(found[0] for found in said if found) == answers


def kill_while_sending(home, credentials, post):
    """Queue answers, kill workers until all went out; return what should stand, and how often."""
    kills = int(os.environ.get("TWOWAY_KILLS", "20"))
    many = ANSWERS_A_KILL * kills
    given = home | {"TWOWAY_TEST": json.dumps({"credentials": credentials, "post": post})}
    outside.ask(given, "prepare_elsewhere", str(many))
    killing.run(given, kills, seed=11, patience=240)
    return Counter(outside.text_of(number) for number in range(many))
