"""A desk on each database, run once for all journeys; colleagues; a browser."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect, sync_playwright
from servers.mail import mail_server
from servers.patience import PATIENCE
from servers.postgres import cluster

from journeys.desks import Colleague, Desk

# What is waited for comes in a moment; on a busy machine a moment may take long.
expect.set_options(timeout=PATIENCE * 1_000)

SPEED = 240
"""Minutes of theirs in one of ours: somebody answers within seconds."""


@pytest.fixture(scope="package")
def browser():
    """Give a browser to the journeys; beyond them its event loop would run on behind other tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield launched
        launched.close()


class Office:
    """A desk with its first teammate, Ana, who has connected a practice town; letters go to `mail`."""

    def __init__(self, browser, desk, mail):
        self.browser, self.desk, self.mail = browser, desk, mail
        self.people = {}
        self.ana = self.person("Ana")

    def person(self, name):
        """Return a colleague at a browser of their own."""
        if name not in self.people:
            self.people[name] = Colleague(self.browser, self.desk, name)
        return self.people[name]

    def joined(self, name, may, *, approval=False):
        """Return a colleague who was invited and speaks on the channel."""
        is_new = name not in self.people
        colleague = self.person(name)
        if is_new:
            self.ana.invites(colleague, may)
            if may in {"speak", "read first"}:
                self.ana.lets_speak(colleague, approval=approval)
        return colleague


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def office(request, browser, tmp_path_factory):
    with ExitStack() as stack:
        mail = stack.enter_context(mail_server())
        given = dict(mail.environment)
        if request.param == "postgresql":
            given["TWOWAY_DATABASE"] = stack.enter_context(cluster())
        desk = Desk(tmp_path_factory.mktemp(request.param) / "home", given)
        stack.enter_context(desk.running())
        opened = Office(browser, desk, mail)
        opened.ana.founds()
        opened.ana.practises(SPEED)
        # Or somebody takes back, or loses patience with, what is just being answered.
        desk.weather()
        yield opened
        for person in opened.people.values():
            assert person.said == [], "no page complains in the browser's console"
            person.context.close()
        assert desk.complaints() == [], desk.log.read_text("utf-8")[-9000:]
