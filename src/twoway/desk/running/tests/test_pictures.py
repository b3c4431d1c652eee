"""Pictures come through the door: small ones, real ones, from public machines; and no other."""

import zlib

import pytest
from asgiref.sync import async_to_sync

from twoway.connectors.contract.fake import Reply
from twoway.connectors.contract.server import Served
from twoway.connectors.door import Door
from twoway.desk.channels.models import Channel
from twoway.desk.clock import DAY, now
from twoway.desk.people.models import Account, Person
from twoway.desk.pictures import services
from twoway.desk.pictures.models import Picture
from twoway.desk.pictures.queries import Shown, can_be_fetched
from twoway.desk.running.pictures import fetch_wanted
from twoway.desk.team.models import Organisation


def png(width=1, height=1):
    """Return a picture that claims to be so large."""
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    chunk = (13).to_bytes(4, "big") + head + zlib.crc32(head).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + chunk


class Album:
    """A server that shows one thing, whatever it is asked for."""

    def __init__(self):
        self.reply = Reply(status=200, body=png())

    def answer(self, request):
        del request
        return self.reply


@pytest.fixture
def album():
    with Served(Album()).running() as served:
        yield served


@pytest.fixture
def account(db):  # noqa: ARG001  the database must be there
    ours = Organisation.objects.create(name="Larkway Buses", founded_at=0)
    Channel.objects.create(organisation=ours, network="practice", remote_id="us", connected_at=0)
    person = Person.objects.create(organisation=ours, first_seen_at=0)
    return Account.objects.create(
        organisation=ours, person=person, network="practice", remote_id="mira"
    )


def wants(account, address):
    """Ask as a page does; return our copy."""
    copy = Picture.objects.filter(account=account).first()
    shown = Shown(
        organisation=account.organisation_id, address=address, copy=copy, account=account.pk
    )
    return services.ask(shown)


def fetch(allow=()):
    async def through_the_door():
        async with Door(allow=allow) as door:
            return await fetch_wanted(door)

    return async_to_sync(through_the_door)()


def test_a_face_is_fetched_once_and_kept(account, album):
    address = f"http://{album.host}/face.png"
    assert wants(account, address) is None
    assert fetch([album.host]) == 1
    copy = wants(account, address)
    assert (copy.type, bytes(copy.content), copy.size) == ("image/png", png(), len(png()))
    assert fetch([album.host]) == 0
    assert len(album.asked) == 1


def test_a_face_that_changed_is_fetched_anew(account, album):
    for name in ("one", "other"):
        assert wants(account, f"http://{album.host}/{name}.png") is None
        fetch([album.host])
    assert Picture.objects.get().address.endswith("other.png")
    assert [request.target for request in album.asked] == ["/one.png", "/other.png"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=200, body=b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        Reply(status=200, body=b"<!doctype html><script>alert(1)</script>", headers={"content-type": "image/png"}),
        Reply(status=200, body=png(width=40_000, height=40_000)),
        Reply(status=200, body=png() + bytes(services.LARGEST)),
        Reply(status=404, body=png()),
        Reply(status=302, body=b"", headers={"location": "http://169.254.169.254/"}),
    ],
    ids=["drawing", "page", "huge", "large", "gone", "leads inside"],
)  # fmt: skip
def test_what_is_no_picture_for_a_page_is_not_kept(account, album, reply):
    album.fake.reply = reply
    address = f"http://{album.host}/face.png"
    wants(account, address)
    fetch([album.host])
    kept = Picture.objects.get()
    assert (kept.state, bytes(kept.content)) == ("refused", b"")
    assert wants(account, address).state == "refused"
    assert fetch([album.host]) == 0


def test_machines_inside_are_not_asked(account, album):
    wants(account, f"http://{album.host}/face.png")
    fetch()
    assert Picture.objects.get().state == "refused"
    assert album.asked == []


def test_a_server_that_is_away_is_asked_again_later(account, album):
    album.fake.reply = Reply(status=503, body=b"", headers={"retry-after": "60"})
    wants(account, f"http://{album.host}/face.png")
    for tries in (1, 2):
        fetch([album.host])
        kept = Picture.objects.get()
        assert (kept.state, kept.tries) == ("wanted", tries)
        assert kept.not_before > now()
        Picture.objects.update(not_before=0)
    fetch([album.host])
    assert Picture.objects.get().state == "refused"


def test_what_nobody_looks_at_goes(account, album, monkeypatch):
    address = f"http://{album.host}/face.png"
    wants(account, address)
    fetch([album.host])
    assert services.purge() == 0
    Picture.objects.update(used_at=now() - (services.KEPT + 1) * DAY)
    assert services.purge() == 1
    wants(account, address)
    fetch([album.host])
    monkeypatch.setattr(services, "ROOM", 10)
    assert services.purge() == 1
    assert not Picture.objects.exists()


def test_who_is_forgotten_leaves_no_picture(account, album):
    wants(account, f"http://{album.host}/face.png")
    account.person.delete()
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "address", [None, "", "javascript:alert(1)", "file:///etc/passwd", f"https://{'x' * 2000}/"]
)
def test_only_the_web_is_asked(address):
    assert not can_be_fetched(address)
