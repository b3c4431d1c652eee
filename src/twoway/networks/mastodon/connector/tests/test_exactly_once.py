"""One key, one post: on a server that remembers keys and on one that does not, cut off anywhere."""

from contextlib import suppress
from dataclasses import replace

import pytest
from servers.snac import until

from twoway.connectors.clock import SECOND
from twoway.connectors.contract.cutting import CUTS, Cut, Cutting
from twoway.connectors.errors import TryLater, Unknown
from twoway.connectors.interface import Key, Picture, Say
from twoway.networks.mastodon.connector.tests.stage import Stage, fresh, now

pytestmark = pytest.mark.server

POSTS = "/api/v1/statuses"
HOUR = 3_600 * SECOND
LOST = Cut(answer=0)
"""The post is made, and nobody hears that it is."""
TRIES = 4


class Behind:
    """Somebody whose server is reached through a proxy that cuts."""

    def __init__(self, stage, server, proxy):
        self.stage = stage
        self.server = server
        self.proxy = proxy
        self.stage.through_proxy("larchtea", proxy.host)
        self.patient = replace(stage, tries=4)

    def send(self, say, key):
        """Send from a process of its own."""
        return self.stage.do("larchtea", say, key)

    def persist(self, say, key):
        """Send the same key again until it is sent."""
        for _ in range(TRIES):
            with suppress(Unknown, TryLater):
                return self.send(say, key)
            key = replace(key, is_first=False)
        raise AssertionError("it is never sent")

    def times(self, text):
        """Count how often a text stands at the server, in any of its lists of our posts."""
        us = self.server.call("larchtea", "GET", "/api/v1/accounts/verify_credentials")["id"]
        lists = ("/api/v1/timelines/home", f"/api/v1/accounts/{us}/statuses")
        told = [
            one
            for path in lists
            for one in self.server.call("larchtea", "GET", path, params={"limit": 40})
        ]
        return len({one["uri"] for one in told if text in one["content"]})


@pytest.fixture(params=["snac", "mock"])
def behind(request):
    """Put the proxy between us and each of the two servers."""
    if request.param == "snac":
        talk, server = request.getfixturevalue("talk"), request.getfixturevalue("snac").ours
    else:
        talk, server = request.getfixturevalue("town"), request.getfixturevalue("mock_server")
    stage = Stage([*talk.hosts], dict(talk.people))
    with Cutting(server.host).running() as proxy:
        yield Behind(stage, server, proxy)


@pytest.mark.parametrize("cut", CUTS, ids=str)
def test_cut_off_anywhere_there_is_one_post(behind, cut):
    text = f"Open on Sunday, said {cut}"
    key = Key(text=fresh().text, made_at=now())
    behind.proxy.arm(cut, POSTS)
    with suppress(Unknown, TryLater):
        behind.send(Say(text=text), key)
    assert behind.proxy.cuts == 1
    sent = behind.persist(Say(text=text), key)
    assert behind.times(text) == 1
    assert behind.persist(Say(text=text), key).id == sent.id
    assert behind.times(text) == 1


@pytest.mark.parametrize("visibility", ["public", "private"])
def test_an_answer_whose_fate_is_unknown_is_found(behind, visibility):
    text, first = f"Yes, {visibility}", behind.patient.say("larchtea", "Is anybody there?")
    say = Say(text=text, answers=first, visibility=visibility)
    key = Key(text=fresh().text, made_at=now())
    behind.proxy.arm(LOST, POSTS)
    with pytest.raises(Unknown):
        behind.send(say, key)
    found = behind.patient.run("larchtea", lambda connector: connector.find(say, key))
    assert found is not None
    assert found.is_repeat
    assert behind.persist(say, key).id == found.id
    assert behind.times(text) == 1


def test_what_never_left_is_not_found(behind):
    say, key = Say(text="Never left the house"), fresh()
    assert behind.patient.run("larchtea", lambda connector: connector.find(say, key)) is None


def test_a_key_older_than_any_memory_is_looked_up_and_not_sent_again(behind):
    text = "Closed on Monday"
    old = Key(text=fresh().text, made_at=now() - 5 * HOUR)
    behind.proxy.arm(LOST, POSTS)
    # A server may also fail us while we look up what became of it.
    with pytest.raises((Unknown, TryLater)):
        behind.send(Say(text=text), old)
    behind.proxy.arm(LOST, POSTS)  # would cut anything that is sent now
    again = behind.persist(Say(text=text), old)
    assert again.is_repeat
    assert behind.proxy.cuts == 1
    assert behind.times(text) == 1


def test_the_same_words_said_anew_are_another_post(behind):
    text = "Good morning!"
    first = behind.persist(Say(text=text), fresh())
    second = behind.persist(Say(text=text), fresh())
    assert first.id != second.id
    assert until(lambda: behind.times(text)) == 2


def test_a_picture_cut_off_while_it_is_uploaded_publishes_nothing(behind):
    dot = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
        "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
    )
    picture = Picture(content=dot, type="image/png", alt_text="A cup")
    say, key = Say(text="With a cup", media=(picture,)), fresh()
    behind.proxy.arm(LOST, "/media")
    with pytest.raises(TryLater):
        behind.send(say, key)
    assert behind.times("With a cup") == 0
    behind.persist(say, key)
    assert behind.times("With a cup") == 1
