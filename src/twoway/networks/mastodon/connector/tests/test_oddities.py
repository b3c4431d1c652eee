"""What single servers do differently, each played by a server that does just that."""

import asyncio
import json
from contextlib import aclosing
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx2
import pytest
from servers.patience import PATIENCE
from websockets.asyncio.server import serve
from websockets.datastructures import Headers
from websockets.http11 import Response

from twoway.collection.records import Deletion
from twoway.connectors.answer import Answer
from twoway.connectors.clock import Still
from twoway.connectors.contract.fake import Reply
from twoway.connectors.contract.server import Served
from twoway.connectors.door import Door
from twoway.connectors.errors import GiveUp, Reconnect, TryLater
from twoway.connectors.interface import Credentials, Picture
from twoway.core.accounts import Follow
from twoway.core.posts import Post
from twoway.networks.mastodon.connector import NETWORK
from twoway.networks.mastodon.connector.entities.reading import read
from twoway.networks.mastodon.connector.hearing.feeds import pull
from twoway.networks.mastodon.connector.place import Place
from twoway.networks.mastodon.connector.refusals import Closed, Gone, Refused, refusal
from twoway.networks.mastodon.connector.sending.media import upload
from twoway.networks.mastodon.connector.server import Server
from twoway.networks.mastodon.connector.tests.stage import Held
from twoway.networks.mastodon.connector.tests.test_statuses import OURS, US, status

PICTURE = Picture(content=b"dots", type="image/png", alt_text="A cup")


@dataclass
class Scripted:
    """Answers each path by what was written for it, the last answer again and again."""

    answers: dict[str, list[Reply]]
    asked: list[str] = field(default_factory=list)

    def answer(self, request):
        self.asked.append(f"{request.method} {request.target}")
        replies = self.answers.get(f"{request.method} {request.path}")
        if not replies:
            return Reply(status=404, body=b"<h1>404</h1>")
        return replies.pop(0) if len(replies) > 1 else replies[0]


def at(answers, work):
    """Do something at a server that answers so; return the outcome and what was asked."""
    fake = Scripted({path: list(replies) for path, replies in answers.items()})
    with Served(fake).running() as served:

        async def opened():
            async with Door(allow=(served.host,), clock=Still()) as door:
                return await work(Server(door, f"http://{served.host}", "token", US))

        return asyncio.run(opened()), fake.asked


def test_an_upload_is_waited_for_until_the_server_has_taken_it_in():
    pending = {"id": "7", "url": None}
    answers = {
        "POST /api/v2/media": [Reply.of(pending, 202)],
        "GET /api/v1/media/7": [
            Reply.of(pending, 206),
            Reply.of(pending, 206),
            Reply.of({"id": "7", "url": "https://tea.example/7.png"}),
        ],
    }
    ids, asked = at(answers, lambda server: upload(server, [PICTURE]))
    assert ids == ["7"]
    assert asked.count("GET /api/v1/media/7") == 3


def test_an_upload_that_is_never_ready_is_tried_later():
    answers = {
        "POST /api/v2/media": [Reply.of({"id": "7", "url": None}, 202)],
        "GET /api/v1/media/7": [Reply.of({"id": "7", "url": None}, 206)],
    }
    with pytest.raises(TryLater, match="still working"):
        at(answers, lambda server: upload(server, [PICTURE]))


def test_servers_of_old_take_uploads_where_they_did():
    answers = {"POST /api/v1/media": [Reply.of({"id": "7", "url": "https://tea.example/7"})]}
    ids, _ = at(answers, lambda server: upload(server, [PICTURE]))
    assert ids == ["7"]


@pytest.mark.parametrize(
    "picture",
    [
        Picture(content=b"#!/bin/sh", type="text/plain", alt_text=""),
        Picture(content=b"x", type="image/tiff", alt_text=""),
        Picture(content=b"x" * 20_000_000, type="image/png", alt_text=""),
        Picture(content=b"x", type="image/png", alt_text="y" * 1_501),
    ],
)
def test_what_a_server_would_not_take_is_not_sent(picture):
    with pytest.raises(GiveUp):
        at({}, lambda server: upload(server, [picture]))


def test_one_post_under_two_ids_is_one_post():
    """Snac 2.94 spells the id of one post in small letters here and in capitals there."""
    uri = "https://far.example/ap/users/7/statuses/100"
    answers = {
        "GET /api/v1/statuses/abc": [Reply.of(status(id="ABC"))],
        "GET /api/v1/statuses/ABC": [Reply.of(status(id="ABC"))],
    }

    async def work(server):
        place = Place(server)
        place.known.learn(status(id="abc"))
        place.known.learn(status(id="ABC"))
        return place.known.id_of_post(uri), place.known.post("abc"), await place.status(uri)

    (local, known, found), _ = at(answers, work)
    assert local == "ABC"
    assert known["uri"] == found["uri"] == uri


@pytest.mark.parametrize("local", ["../../oauth/revoke", "1?x=1", "1#", "a b", "%2e%2e", "", ".."])
def test_ids_that_would_lead_elsewhere_lead_nowhere(local):
    async def work(server):
        place = Place(server)
        place.known.learn(status(id=local))
        return await place.status(status()["uri"])

    found, asked = at({}, work)
    assert found is None
    assert not [one for one in asked if "/api/v1/statuses" in one or "oauth" in one]


def test_a_lookup_that_answers_somebody_else_is_not_believed():
    answers = {"GET /api/v1/accounts/lookup": [Reply.of(OURS)]}
    found, _ = at(answers, lambda server: Place(server).looked_up("ann@far.example"))
    assert found is None


def test_lists_are_walked_by_the_hidden_id_in_the_link_and_not_to_its_address():
    people = [
        {"id": str(n), "acct": f"p{n}@far.example", "url": f"https://far.example/p{n}"}
        for n in range(3)
    ]
    link = '<https://elsewhere.example/steal?max_id=77>; rel="next"'
    answers = {
        "GET /api/v1/accounts/1": [Reply.of(OURS)],
        "GET /api/v1/accounts/1/followers": [
            Reply.of(people[:2], link=link),
            Reply.of(people[2:]),
        ],
    }

    async def work(server):
        place = Place(server)
        place.known.meet(OURS)
        pages = [page async for page in pull(place, "followers", None, US, None)]
        return [one for page in pages for raw in page.items for one in read(raw)]

    records, asked = at(answers, work)
    follows = [one for one in records if isinstance(one, Follow)]
    assert {one.follower for one in follows} == {f"https://far.example/p{n}" for n in range(3)}
    assert {one.followed for one in follows} == {US}
    assert asked.count("GET /api/v1/accounts/1/followers?limit=80&max_id=77") == 1


def resolving(answers):
    """Resolve an account in public at a server that answers so."""

    async def work(server):
        public = NETWORK.public(server.door)
        return await public.resolve(f"http://{server.host}/@larchtea")

    return at(answers, work)[0]


def test_a_server_closed_to_the_public_says_so():
    closed = Reply.of({"error": "This API requires an authenticated user"}, 401)
    with pytest.raises(GiveUp, match="only to those who have an account there"):
        resolving({"GET /api/v1/accounts/lookup": [closed]})


def test_a_server_of_another_kind_is_not_taken_for_one_without_the_account():
    with pytest.raises(GiveUp, match="does not speak Mastodon's API"):
        resolving({})


def test_an_account_may_live_on_another_server_than_its_handle_says():
    """So it is where handles use the bare domain: WebFinger tells."""
    with Served(Scripted({"GET /api/v1/accounts/lookup": [Reply.of(OURS)]})).running() as home:
        link = {"rel": "self", "href": f"http://{home.host}/users/larchtea"}
        answers = {"GET /.well-known/webfinger": [Reply.of({"links": [link]})]}
        fake = Scripted(answers)
        with Served(fake).running() as domain:

            async def work():
                async with Door(allow=(home.host, domain.host), clock=Still()) as door:
                    return await NETWORK.public(door).resolve(f"http://{domain.host}/@larchtea")

            assert asyncio.run(work()).account.id == US


def test_an_account_that_asks_not_to_be_indexed_is_not_audited():
    account = OURS | {"noindex": True}
    found = resolving({"GET /api/v1/accounts/lookup": [Reply.of(account)]})
    assert not found.may_be_audited
    assert "not to be indexed" in found.why_not


def test_a_server_that_says_nothing_of_itself_has_the_usual_limits():
    instance, asked = at({}, lambda server: server.instance())
    assert asked == ["GET /api/v2/instance", "GET /api/v1/instance"]
    assert (instance.limits.characters, instance.keeps_keys) == (500, False)


@pytest.mark.parametrize(
    ("version", "keeps"),
    [
        ("4.7.3", True),
        ("4.6.0+glitch", True),
        ("4.8.0-alpha.2", True),
        ("2.7.2 (compatible; Pleroma 2.9.1)", False),
        ("4.0.0 (not true; really snac/2.75)", False),
        ("", False),
    ],
)
def test_only_mastodon_is_trusted_to_remember_keys(version, keeps):
    told = {"version": version, "api_versions": {"mastodon": 11}}
    answers = {"GET /api/v2/instance": [Reply.of(told)]}
    instance, _ = at(answers, lambda server: server.instance())
    assert instance.keeps_keys is keeps


@pytest.mark.parametrize(
    ("status", "said", "error"),
    [
        (401, "The access token was revoked", Reconnect),
        (403, "This action is outside the authorized scopes", Reconnect),
        (403, "Your login is currently disabled", Reconnect),
        (403, "This action is not allowed", Refused),
        (404, "Record not found", Gone),
        (410, "Gone", Gone),
        (422, "Validation failed: Text can't be blank", Refused),
    ],
)
def test_a_refusal_names_its_cure_and_keeps_the_servers_words(status, said, error):
    answer = Answer(
        address="https://tea.example/api/v1/statuses",
        status=status,
        headers=httpx2.Headers(),
        body=json.dumps({"error": said}).encode(),
    )
    found = refusal(answer, "tea.example", with_token=True)
    assert type(found) is error
    assert said in str(found)


def test_a_refusal_to_the_public_says_that_an_account_would_help():
    page = Answer(
        address="https://tea.example/api/v1/statuses/1/context",
        status=401,
        headers=httpx2.Headers(),
        body=b"<!DOCTYPE html><title>No</title>",
    )
    found = refusal(page, "tea.example", with_token=False)
    assert type(found) is Closed
    assert "twoway connect mastodon" in str(found)


def test_frames_are_heard_where_there_are_no_lines():
    """GoToSocial streams over websockets alone, and its ids are letters: no JSON in a deletion."""
    local = "01JCS5V7P8Q9R0S1T2U3V4W5X6"
    ours = status(id=local, account=OURS, uri=f"{US}/statuses/{local}")
    frames = [
        {"stream": ["user"], "event": "update", "payload": json.dumps(ours)},
        {"stream": ["user"], "event": "delete", "payload": local},
        {"stream": ["user"], "event": "status.update", "payload": json.dumps(ours)},
        {"stream": ["user"], "event": "a.future.event", "payload": "?"},
    ]
    told = asyncio.run(streamed(frames))
    assert [type(one) for one in told if isinstance(one, Post | Deletion)] == [Post, Deletion, Post]


async def streamed(frames):
    """Hear what a server sends that has no other stream, and no encryption though it says so."""

    async def talk(socket):
        assert socket.request.headers["authorization"] == "Bearer token"
        assert socket.request.headers["user-agent"].startswith("Twoway/")
        for frame in frames:
            await socket.send(json.dumps(frame))

    def answer(connection, request):
        del connection
        port = server.sockets[0].getsockname()[1]
        bodies = {
            "/api/v1/accounts/verify_credentials": OURS,
            "/api/v1/instance": {
                "version": "0.20.0",
                "urls": {"streaming_api": f"wss://localhost:{port}"},
            },
        }
        if "upgrade" in request.headers:
            return None
        body = json.dumps(bodies.get(request.path, {"error": "not found"})).encode()
        known = HTTPStatus.OK if request.path in bodies else HTTPStatus.NOT_FOUND
        headers = Headers({"content-length": str(len(body)), "connection": "close"})
        return Response(known.value, known.phrase, headers, body)

    async with serve(talk, "localhost", 0, process_request=answer) as server:
        host = f"localhost:{server.sockets[0].getsockname()[1]}"
        held = Credentials(
            network="mastodon",
            account=US,
            handle="larchtea@tea.example",
            server=f"http://{host}",
            secrets={"token": "token"},
        )
        records = []
        async with (
            Door(allow=(host,)) as door,
            asyncio.timeout(PATIENCE),
            aclosing(NETWORK.open(door, Held(held)).listen(None)) as pages,
        ):
            connector = NETWORK.public(door)
            async for page in pages:
                records += [one for raw in page.items for one in connector.parse(raw)]
        return records
