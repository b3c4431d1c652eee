"""A desk on a real Bluesky network and on a real fediverse server: heard, answered, settled from outside."""

from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from servers.bluesky import bluesky_network
from servers.jetstream import jetstream
from servers.mail import mail_server
from servers.patience import until
from servers.postgres import cluster
from servers.snac import fediverse

from journeys.conftest import Office
from journeys.desks import Desk

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.slow]

PACE = "0.1"
"""The desk looks every six seconds here, a tenth of what is polite to strangers' servers."""


class OnBluesky:
    """Larch Tea's desk on a local Bluesky network, where Ann lives."""

    def __init__(self, network, stream):
        self.network = network
        self.given = {
            "TWOWAY_ALLOW_HOSTS": ",".join([*network.hosts, "127.0.0.1"]),
            "TWOWAY_BLUESKY_PUBLIC": network.appview,
            "TWOWAY_BLUESKY_DIRECTORY": network.directory,
            "TWOWAY_BLUESKY_JETSTREAM": stream.address,
        }

    def connect(self, colleague):
        larch = self.network.people["larchtea"]
        colleague.page.goto("/channels/connect/bluesky/")
        colleague.page.get_by_label("Handle").fill(larch.handle)
        colleague.page.get_by_label("App password").fill(larch.password)
        colleague.page.get_by_role("button", name="Connect").click()

    def write(self, who, text, below=None, root=None, *, names=True):
        """Let somebody write with another client; return the post."""
        record = {
            "$type": "app.bsky.feed.post", "text": text, "langs": ["en"],
            "createdAt": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        }  # fmt: skip
        if names:
            larch = self.network.people["larchtea"]
            record["facets"] = [{
                "index": {"byteStart": 0, "byteEnd": len(larch.handle) + 1},
                "features": [{"$type": "app.bsky.richtext.facet#mention", "did": larch.did}],
            }]  # fmt: skip
            record["text"] = f"@{larch.handle} {text}"
        if below is not None:
            record["reply"] = {"parent": below, "root": root or below}
        person = self.network.people[who]
        made = self.network.xrpc(
            "com.atproto.repo.createRecord", person,
            json={"repo": person.did, "collection": record["$type"], "record": record},
        )  # fmt: skip
        self.network.settle()
        return {"uri": made["uri"], "cid": made["cid"]}

    def answers_below(self, post):
        """Return what Larch Tea's account said directly below a post, as the network shows it."""
        self.network.settle()
        thread = self.network.xrpc(
            "app.bsky.feed.getPostThread", "ann", params={"uri": post["uri"], "depth": 1}
        )
        larch = self.network.people["larchtea"].did
        return [
            reply["post"]["record"]["text"]
            for reply in thread["thread"].get("replies", [])
            if reply["post"]["author"]["did"] == larch
        ]

    def answer_elsewhere(self, text, below):
        self.write("larchtea", text, below, names=False)


class OnSnac:
    """Larch Tea's desk on one server of a small fediverse; Ann lives on the other."""

    def __init__(self, both):
        self.both = both
        self.given = {"TWOWAY_ALLOW_HOSTS": ",".join([*both.hosts, "localhost", "127.0.0.1"])}

    def connect(self, colleague):
        page = colleague.page
        page.goto("/channels/connect/mastodon/")
        page.get_by_label("Server").fill(self.both.ours.host)
        page.get_by_role("button", name="Connect").click()
        # On the server's own page Larch Tea logs in and says yes.
        page.get_by_role("link", name="Go to").click()
        page.locator("input[name=login]").fill("larchtea")
        page.locator("input[name=passwd]").fill(self.both.ours.people["larchtea"])
        page.locator("input[type=submit], button[type=submit]").first.click()

    def settle_in(self):
        """Let the two who live elsewhere follow Larch Tea, so that its posts come to them."""
        handle = self.both.ours.handle("larchtea")
        for who in ("ann", "ben"):
            number = self._found(self.both.theirs, who, "accounts", f"@{handle}")["id"]
            self.both.theirs.call(who, "POST", f"/api/v1/accounts/{number}/follow")
        until(lambda: len(self.both.ours.call("larchtea", "GET", "/api/v1/notifications")) > 1)

    def write(self, who, text):
        """Let somebody answer a post of Larch Tea's that came to them; return their post."""
        theirs = self.both.theirs
        original = self.both.ours.call(
            "larchtea", "POST", "/api/v1/statuses", data={"status": f"A good morning to {who}."}
        )
        found = until(
            lambda: [
                one
                for one in theirs.call(who, "GET", "/api/v1/timelines/home")
                if one["uri"] == original["uri"]
            ]
        )
        said = theirs.call(
            who, "POST", "/api/v1/statuses",
            data={"status": f"@larchtea {text}", "in_reply_to_id": found[0]["id"]},
        )  # fmt: skip
        return {"uri": said["uri"], "id": said["id"]}

    def _here(self, post):
        """Return a post of theirs as our server knows it."""
        return self._found(self.both.ours, "larchtea", "statuses", post["uri"])

    @staticmethod
    def _found(server, who, what, name):
        """Ask a server for something that it may have to fetch from the other first."""
        asked = {"q": name, "resolve": "true"}
        return until(lambda: server.call(who, "GET", "/api/v2/search", params=asked)[what])[0]

    def answers_below(self, post):
        context = self.both.ours.call(
            "larchtea", "GET", f"/api/v1/statuses/{self._here(post)['id']}/context"
        )
        return [s["content"] for s in context["descendants"] if "larchtea" in s["account"]["acct"]]

    def answer_elsewhere(self, text, below):
        self.both.ours.call(
            "larchtea", "POST", "/api/v1/statuses",
            data={"status": text, "in_reply_to_id": self._here(below)["id"]},
        )  # fmt: skip


@contextmanager
def on_bluesky():
    with bluesky_network() as network, jetstream(network.pds) as stream:
        yield OnBluesky(network, stream)


@contextmanager
def on_snac():
    with fediverse() as both:
        place = OnSnac(both)
        place.settle_in()
        yield place


@pytest.fixture(params=[on_bluesky, on_snac], ids=["bluesky", "snac"])
def place(request):
    with request.param() as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def ana(request, place, browser, tmp_path):
    with ExitStack() as stack:
        mail = stack.enter_context(mail_server())
        given = dict(mail.environment) | place.given | {"TWOWAY_PACE": PACE}
        if request.param == "postgresql":
            given["TWOWAY_DATABASE"] = stack.enter_context(cluster())
        desk = Desk(tmp_path / "home", given)
        stack.enter_context(desk.running())
        office = Office(browser, desk, mail)
        office.ana.founds()
        yield office.ana
        office.ana.context.close()


def opens_the_one_that_waits(ana, words):
    row = ana.page.locator("[data-row]", has_text=words)
    expect(row).to_be_visible()
    row.locator(".who").click()
    expect(ana.page.locator("#answer-text")).to_be_visible()


def test_heard_answered_and_settled_from_elsewhere(ana, place):
    place.connect(ana)
    expect(ana.page.get_by_text("Say in a sentence whom it is for")).to_be_visible()
    asked = place.write("ann", "Where can I buy your oolong?")
    ana.page.goto("/")
    opens_the_one_that_waits(ana, "Where can I buy your oolong?")
    ana.writes("In the shop at the harbour, every day but Monday. – Ana")
    ana.sends()
    answers = until(lambda: place.answers_below(asked))
    assert len(answers) == 1
    assert "In the shop at the harbour" in answers[0]
    expect(ana.state).not_to_contain_text("Waits for us")
    # A second question is answered in another client: the desk sees it settled.
    again = place.write("ben", "Is the oolong organic?")
    ana.page.goto("/")
    opens_the_one_that_waits(ana, "Is the oolong organic?")
    place.answer_elsewhere("It is, since last year.", again)
    expect(ana.state).not_to_contain_text("Waits for us")
