"""The rail says where one is: one line of it, also after its counts were fetched anew."""

import re

import pytest
from django.urls import reverse

_HERE = re.compile(r'<a href="([^"]+)"[^>]* aria-current="page"')


def here(page):
    rail = page.content.decode().partition('<nav class="rail"')[2].partition("</nav>")[0]
    return _HERE.findall(rail)


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


def test_a_list_that_is_none_is_not_found(world):
    page = reverse("conversation", args=[world.talk.pk])
    answer = world.client("admin").get(page, {"box": "nonsense"})
    assert answer.status_code == 404
    assert here(answer) == []
