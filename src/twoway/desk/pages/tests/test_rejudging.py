"""While what is stored is judged anew after an update, the channels' pages say how far that is."""

import pytest
from django.urls import reverse

from twoway.desk.clock import now
from twoway.desk.inbox.models import Rejudging


def pages(world):
    client = world.client("observer")
    addresses = (reverse("channels"), reverse("channel", args=[world.channel.pk]))
    return [client.get(address).content.decode() for address in addresses]


@pytest.mark.parametrize(
    ("threads", "ended_at", "is_told"), [(2_500, None, True), (2_500, 1, False), (999, None, False)]
)
def test_pages_say_how_far_it_is(world, threads, ended_at, is_told):
    Rejudging.objects.create(
        organisation=world.organisation, network="practice", judged_by="", below=7, threads=threads,
        done=1_200, begun_at=now(), ended_at=ended_at,
    )  # fmt: skip
    for page in pages(world):
        assert ("1,200 of 2,500 threads" in page) is is_told


def test_what_is_judged_of_others_is_theirs_alone(world, elsewhere):
    Rejudging.objects.create(
        organisation=elsewhere.organisation, network="practice", judged_by="", below=7,
        threads=2_500, begun_at=now(),
    )  # fmt: skip
    assert not any("2,500" in page for page in pages(world))
