"""kill -9 of pages and workers while answers go out to servers that nobody here wrote."""

import json
import os

import pytest
from servers.jetstream import jetstream

from twoway.connectors.contract.cutting import Cutting
from twoway.desk.running.tests import outside
from twoway.desk.running.tests.killing import Fire, assert_once, assert_struck
from twoway.desk.running.tests.places import OnBluesky, OnMastodon, OnSnac

pytestmark = [pytest.mark.server, pytest.mark.slow]

KILLS = [20, pytest.param(200, marks=pytest.mark.soak)]


@pytest.mark.parametrize("kills", KILLS)
def test_bluesky_gets_everything_exactly_once(home, bluesky, kills, record_property):
    with jetstream(bluesky.pds) as stream:
        everything_arrives_once(home, OnBluesky(bluesky, stream), kills, 11, record_property)


# A server that keeps keys is met beside SQLite, one without beside both: the harder case.
@pytest.mark.parametrize("kills", KILLS[1:] if os.environ.get("TWOWAY_DATABASE") else KILLS)
def test_a_server_of_mastodon_gets_everything_exactly_once(
    home, mock_server, kills, record_property
):
    mock_server.recover()
    mock_server.reset()
    place = OnMastodon(mock_server, "larchtea", "ann", [mock_server.host], at_once=1_000)
    everything_arrives_once(home, place, kills, 12, record_property)


@pytest.mark.parametrize("kills", KILLS)
def test_a_server_without_keys_gets_everything_exactly_once(home, snac, kills, record_property):
    us, person = (snac.ours.join(name) for name in (f"larch{kills}", f"kate{kills}"))
    place = OnSnac(snac.ours, us, person, snac.hosts, at_once=60)  # of 64 that snac 2.75 keeps
    everything_arrives_once(home, place, kills, 13, record_property)


def everything_arrives_once(home, place, kills, seed, record_property):
    with Cutting(place.server, pause=outside.SLOW).running() as way:
        given = home | place.beside | {
            "TWOWAY_TEST": json.dumps(place.credentials(way.host)),
            "TWOWAY_PACE": "0.2",
        }  # fmt: skip
        outside.ask(given, "prepare_elsewhere")
        with Fire(given, kills, seed, place) as fire:
            fire.on_pages_and_work()
            published = place.published()
            record_property("exactly once", fire.tells(published))
            assert_once(fire, published)
            assert_struck(fire, forms=kills, entries=kills)
