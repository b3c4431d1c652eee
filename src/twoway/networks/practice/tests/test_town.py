"""A town in which we arrive, answer, and are answered."""

import asyncio

import pytest

from twoway.collection.records import Deletion
from twoway.connectors.errors import GiveUp, Reconnect, TryLater, Unknown
from twoway.connectors.interface import Change, Delete, Key, React, Say
from twoway.core.posts import Post
from twoway.core.reactions import Reaction
from twoway.networks.practice.connector import NETWORK, PracticeConnecting, PracticeConnector
from twoway.networks.practice.server import Server
from twoway.practice.living.town import Town

HOUR = 3_600_000_000
NOW = 1_795_300_000_000_000


class Clock:
    """The town's time, which stands still until somebody moves it."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("twoway.networks.practice.connector._now", clock)
    return clock


@pytest.fixture
def server(tmp_path):
    return Server(tmp_path / "town.sqlite", Town(seed=5, speed=60))


@pytest.fixture
def channel(server, clock):
    assert clock.now == NOW
    return PracticeConnector(server)


def pull(channel, cursor=None):
    async def pages():
        return [page async for page in channel.pull("events", cursor)]

    found = asyncio.run(pages())
    records = [one for page in found for raw in page.items for one in channel.parse(raw)]
    return records, found[-1].cursor


def posts(records):
    return [one for one in records if isinstance(one, Post)]


def live(channel, clock, cursor, minutes):
    """Look every minute, as a desk would; return all that came."""
    found = []
    for _ in range(minutes):
        clock.now += HOUR // 60
        records, cursor = pull(channel, cursor)
        found += records
    return found


def send(channel, action, text="key", made_at=NOW):
    return asyncio.run(channel.send(action, Key(text=text, made_at=made_at)))


def waiting(records):
    """Return a public post of somebody's that nobody answered."""
    answered = {post.parent for post in posts(records)}
    return next(
        post
        for post in reversed(posts(records))
        if post.author != "us" and post.id not in answered and post.visibility == "public"
    )


def test_it_begins_with_a_past_in_which_some_were_answered(channel):
    told = posts(pull(channel)[0])
    assert len(told) > 100
    assert any(post.author == "us" and post.parent for post in told)
    assert [post.said_at for post in told] == sorted(post.said_at for post in told)
    assert max(post.said_at for post in told) <= NOW


def test_the_past_is_told_the_same_twice_and_nothing_after_its_cursor(channel):
    first, cursor = pull(channel)
    assert pull(channel)[0] == first
    assert pull(channel, cursor)[0] == []


@pytest.mark.usefixtures("clock")
def test_the_same_seed_is_the_same_town(tmp_path):
    towns = [
        PracticeConnector(Server(tmp_path / name, Town(seed=5, speed=60))) for name in ("a", "b")
    ]
    one, other = (pull(town)[0] for town in towns)
    assert one == other


def test_people_go_on_writing_while_we_look(channel, clock):
    _, cursor = pull(channel)
    assert len({post.author for post in posts(live(channel, clock, cursor, 30))}) > 5


def test_nothing_happens_while_nobody_looks(channel, clock):
    _, cursor = pull(channel)
    clock.now += 100 * HOUR
    assert len(posts(pull(channel, cursor)[0])) < 5


def test_somebody_who_gets_an_answer_reacts(channel, clock):
    reacted = 0
    for place in range(8):
        records, cursor = pull(channel)
        call = waiting(records)
        sent = send(channel, Say(text="It is mended. – Ana", answers=call.id), f"key {place}")
        later = live(channel, clock, cursor, 5)
        reacted += any(
            (isinstance(one, Post) and one.parent == sent.id)
            or (isinstance(one, Reaction) and one.post == sent.id)
            for one in later
        )
    assert reacted >= 4


def test_in_patient_weather_whoever_waits_only_waits(channel, server, clock):
    records, cursor = pull(channel)
    asked = {post.id for post in posts(records)}
    server.set_weather(patient=True)
    later = live(channel, clock, cursor, 30)
    assert len(posts(later)) > 5
    assert [one for one in later if isinstance(one, Deletion)] == []
    # New people come and write below our posts; nobody adds to what they asked themselves.
    ours = {post.id for post in posts(records) if post.author == "us"}
    assert [post for post in posts(later) if post.parent in asked - ours] == []


def test_a_key_publishes_once(channel):
    records, cursor = pull(channel)
    answer = Say(text="Good morning. – Ana", answers=waiting(records).id)
    first, again = send(channel, answer), send(channel, answer)
    assert (again.id, again.is_repeat) == (first.id, True)
    ours = [post for post in posts(pull(channel, cursor)[0]) if post.author == "us"]
    assert [post.id for post in ours] == [first.id]


def test_a_lost_answer_is_found_again(channel, server):
    pull(channel)
    server.set_weather(loses_answers=1)
    words = Say(text="Who is coming on Saturday?")
    with pytest.raises(Unknown):
        send(channel, words)
    found = asyncio.run(channel.find(words, Key(text="key", made_at=NOW)))
    assert found is not None
    assert send(channel, words).id == found.id


def test_a_lost_answer_is_found_by_its_words_where_keys_are_forgotten(channel, server):
    pull(channel)
    server.set_weather(loses_answers=1, forgets_keys=True)
    words, key = Say(text="Who is coming on Saturday?"), Key(text="key", made_at=NOW)
    assert asyncio.run(channel.find(words, key)) is None
    with pytest.raises(Unknown):
        send(channel, words)
    assert asyncio.run(channel.find(words, key)) is not None


def test_a_private_message_is_never_answered_in_public(channel):
    private = next(p for p in posts(pull(channel)[0]) if p.visibility == "private")
    with pytest.raises(GiveUp, match="never answered in public"):
        send(channel, Say(text="Here.", answers=private.id, visibility="public"))
    assert send(channel, Say(text="Here.", answers=private.id)).id
    ours = [post for post in posts(pull(channel)[0]) if post.text == "Here."]
    assert [post.visibility for post in ours] == ["private"]


def test_a_change_and_a_deletion_of_ours_are_told(channel):
    _, cursor = pull(channel)
    sent = send(channel, Say(text="Tusday at ten."), "first")
    send(channel, Change(post=sent.id, text="Tuesday at ten."), "second")
    send(channel, Delete(post=sent.id), "third")
    records, _ = pull(channel, cursor)
    texts = [(post.text, [v.text for v in post.earlier]) for post in posts(records)]
    assert texts == [("Tusday at ten.", []), ("Tuesday at ten.", ["Tusday at ten."])]
    assert [one.id for one in records if isinstance(one, Deletion)] == [sent.id]


def test_a_like_and_its_taking_back_are_told(channel):
    records, cursor = pull(channel)
    post = waiting(records).id
    send(channel, React(kind="like", post=post), "first")
    send(channel, React(kind="like", post=post, undo=True), "second")
    told = [one for one in pull(channel, cursor)[0] if isinstance(one, Reaction)]
    assert [(one.post, one.taken_back_at is None) for one in told] == [(post, True), (post, False)]


def test_an_answer_to_what_is_gone_says_so(channel):
    pull(channel)
    with pytest.raises(GiveUp, match="deleted meanwhile"):
        send(channel, Say(text="Hello", answers="5-999999"))


@pytest.mark.parametrize(
    ("weather", "error"), [("down", TryLater), ("revoked", Reconnect), ("refuses", GiveUp)]
)
def test_bad_weather_has_its_error(channel, server, weather, error):
    pull(channel)
    server.set_weather(**{weather: "for a test"})
    with pytest.raises(error):
        send(channel, Say(text="Hello"))


def test_somebody_is_found_by_their_handle(channel, server):
    person = server.town.newcomer(7)
    found = asyncio.run(channel.resolve(f"@{person.handle}")).account
    assert (found.id, found.name) == (person.id, person.name)
    with pytest.raises(GiveUp, match="Nobody"):
        asyncio.run(channel.resolve("nobody8"))


def test_a_town_that_a_backup_brought_along_is_found_in_the_folder_of_today(tmp_path, monkeypatch):
    monkeypatch.setenv("TWOWAY_HOME", str(tmp_path / "before"))
    connecting = PracticeConnecting()
    credentials = asyncio.run(connecting.begin({}, ""))
    sent = asyncio.run(
        opened(credentials).send(Say(text="Hello"), Key(text="first", made_at=NOW, is_first=True))
    )
    (tmp_path / "before").rename(tmp_path / "after")
    monkeypatch.setenv("TWOWAY_HOME", str(tmp_path / "after"))
    records, _ = pull(opened(credentials))
    assert sent.id in {post.id for post in posts(records)}
    assert not (tmp_path / "before").exists()


def opened(credentials):
    class Fixed:
        def read(self):
            return credentials

    return NETWORK.open(None, Fixed())
