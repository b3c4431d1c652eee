"""What networks answered is kept as it came, and not for longer than they allow."""

import pytest

from twoway.connectors.interface import Page, Raw
from twoway.desk.channels import raw
from twoway.desk.channels.models import Channel, RawPage
from twoway.desk.clock import DAY, now
from twoway.desk.team.models import Organisation

pytestmark = pytest.mark.django_db


def answer(body):
    return Raw(network="practice", kind="event", body=body, fetched_at=5, about="us")


@pytest.fixture
def channel():
    organisation = Organisation.objects.create(name="Fern Museum", founded_at=0)
    return Channel.objects.create(
        organisation=organisation, network="practice", remote_id="us", handle="fern", connected_at=0
    )


def test_pages_come_back_as_they_were_the_oldest_first(channel):
    first, second = [answer(b'{"a": 1}'), answer(b"\xff\x00 no JSON")], [answer(b"")]
    for items in (first, second):
        raw.keep(channel, "events", Page(items=tuple(items), cursor="1"))
    raw.keep(channel, "events", Page(items=(), cursor="2"))
    assert list(raw.pages(channel)) == [first, second]


@pytest.mark.parametrize(("keep_days", "left"), [(None, 2), (3, 1), (90, 2)])
def test_they_go_when_their_time_is_over(channel, keep_days, left):
    Channel.objects.update(keep_days=keep_days)
    channel.refresh_from_db()
    for days in (1, 10, 31):
        raw.keep(channel, "events", Page(items=(answer(b"{}"),), cursor="1"))
        RawPage.objects.filter(pk=RawPage.objects.latest("pk").pk).update(
            fetched_at=now() - days * DAY
        )
    assert raw.purge() == 3 - left
    assert RawPage.objects.count() == left
