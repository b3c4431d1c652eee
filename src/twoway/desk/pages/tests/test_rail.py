"""The rail says where one is: one line of it, also after its counts were fetched anew."""

import re

import pytest
from django.urls import reverse

from twoway.core.posts import Mention, Post
from twoway.desk.clock import now
from twoway.desk.inbox.ingest import receive
from twoway.desk.pages.tests.conftest import read

_HERE = re.compile(r'<a href="([^"]+)"[^>]* aria-current="page"')


def here(page):
    rail = page.content.decode().partition('<nav class="rail"')[2].partition("</nav>")[0]
    return _HERE.findall(rail)


def following(page):
    """Return the addresses that the bar of a phone leads on to."""
    bar = page.content.decode().partition('<header class="bar">')[2].partition("</header>")[0]
    return re.findall(r'<a class="button further" href="([^"]+)"><span class="unseen">Next', bar)


def boxes(client, page):
    """Return the part with the counts, as the page asks for it when something changed."""
    address = re.search(r'id="boxes" hx-get="([^"]+)"', page.content.decode())[1]
    return _HERE.findall(client.get(address.replace("&amp;", "&")).content.decode())


@pytest.mark.parametrize(
    "name", ["people", "channels", "how_we_are_doing", "team", "preferences", "our_turn"]
)
def test_one_line_of_the_rail_is_where_one_is(world, name):
    client, address = world.client("admin"), reverse(name)
    page = client.get(address)
    assert here(page) == [address]
    assert boxes(client, page) == ([address] if name == "our_turn" else [])


def test_a_conversation_is_in_the_list_one_came_from(world):
    client = world.client("admin")
    page = client.get(reverse("conversation", args=[world.talk.pk]), {"box": "theirs"})
    assert here(page) == boxes(client, page) == [reverse("list", args=["theirs"])]


def test_an_open_conversation_leads_to_the_next_of_its_list(world):
    """On a phone the list is not beside it."""
    client, channel = world.client("voice"), world.channel
    asked = Post(
        network="practice", id="later", author="lena", text="Open?", said_at=now(),
        mentions=(Mention(channel.remote_id),),
    )  # fmt: skip
    receive(channel, [asked], read=read)
    listed = re.findall(r'id="row-(\d+)"', client.get("/").content.decode())
    assert len(listed) == 2
    first, second = (reverse("conversation", args=[number]) for number in listed)
    assert following(client.get(first)) == [f"{second}?box=ours"]
    assert following(client.get(second)) == []
    settled = client.get(second, {"box": "settled"})
    assert following(settled) == []
    # One that has left the list leads back to the list's first.
    client.post(reverse("no_answer", args=[listed[1]]), {"reason": "chat"})
    assert following(client.get(second)) == [f"{first}?box=ours"]


def test_a_list_that_is_none_is_not_found(world):
    page = reverse("conversation", args=[world.talk.pk])
    answer = world.client("admin").get(page, {"box": "nonsense"})
    assert answer.status_code == 404
    assert here(answer) == []
