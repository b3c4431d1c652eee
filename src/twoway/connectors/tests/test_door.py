"""The door: what it lets out, what it takes in, what it repeats and what it never repeats."""

import asyncio
import gzip
import socket
import zlib
from contextlib import contextmanager
from threading import Thread

import pytest

from twoway.connectors import addresses
from twoway.connectors.addresses import Gate, is_public
from twoway.connectors.clock import SECOND, Still
from twoway.connectors.contract.cutting import CUTS, Cut, Cutting
from twoway.connectors.contract.fake import Reply
from twoway.connectors.contract.server import Served
from twoway.connectors.door import Door
from twoway.connectors.errors import ConnectorError, GiveUp, Reconnect, TryLater, Unknown


class Echo:
    """Answers with what `reply` returns, and remembers what was asked."""

    def __init__(self):
        self.reply = lambda _: Reply.of({"ok": True})

    def answer(self, request):
        return self.reply(request)


@pytest.fixture
def served():
    with Served(Echo()).running() as served:
        yield served


@pytest.fixture
def clock():
    return Still()


def ask(served, method="GET", path="/", *, clock=None, times=1, host=None, **more):
    """Ask through a fresh door that lets us to the server; return the last answer."""

    async def run():
        host_ = host or served.host
        async with Door(allow=(host_,), clock=clock or Still()) as door:
            for _ in range(times):
                answer = await door.request(method, f"http://{host_}{path}", **more)
            return answer

    return asyncio.run(run())


@contextmanager
def closing_unannounced():
    """Serve a server that answers and closes as snac does: each connection, without saying so."""

    def answer(listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                client.recv(65_536)
                client.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
                # Reset as soon as more is asked, which is when the client has believed it open.
                client.recv(1)
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=answer, args=(listener,), daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def refused(address, **door):
    async def run():
        async with Door(clock=Still(), **door) as opened:
            await opened.request("GET", address)

    with pytest.raises(ConnectorError) as error:
        asyncio.run(run())
    return error.value


# --- where it goes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
        "0.1.2.3", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1",
        "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "2001:0:0:0:0:0:80ff:fffe",
    ],
)  # fmt: skip
def test_addresses_that_are_nobodys_on_the_internet(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111"])
def test_addresses_of_the_internet(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://localhost/",
        "https://169.254.169.254/latest", "https://0x7f000001/", "https://2130706433/",
        "https://127.1/", "http://127.0.0.1/",
    ],
)  # fmt: skip
def test_private_machines_are_refused(address, monkeypatch):
    monkeypatch.delenv("TWOWAY_OFFLINE")
    assert isinstance(refused(address), (GiveUp, TryLater))


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "https://",
        "",
        "https://u:p@a.example/",
        "//a",
        "x",
    ],
)
def test_what_is_no_address_is_refused(address):
    assert isinstance(refused(address), GiveUp)


def test_in_tests_only_what_a_test_allows_is_reached():
    assert "TWOWAY_OFFLINE" in str(refused("https://1.1.1.1/"))
    assert "TWOWAY_OFFLINE" in str(refused("https://example.org/"))


def test_a_name_is_judged_by_what_is_connected_to(monkeypatch):
    """A name that is public when looked up and private when connected to is never connected to."""
    monkeypatch.delenv("TWOWAY_OFFLINE")
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"], ["127.0.0.1"], ["127.0.0.1"]])

    async def look_up(_host, _port):
        return next(answers)

    monkeypatch.setattr(addresses, "_look_up", look_up)
    assert asyncio.run(Gate().resolve("rebind.example", 443)) == ["93.184.216.34"]
    assert "private network" in str(refused("https://rebind.example/"))


def test_of_several_addresses_only_public_ones_are_tried(monkeypatch):
    async def look_up(_host, _port):
        return ["10.0.0.1", "1.1.1.1"]

    monkeypatch.setattr(addresses, "_look_up", look_up)
    assert asyncio.run(Gate(offline=False).resolve("mixed.example", 443)) == ["1.1.1.1"]


def test_what_the_operator_allows_is_reached(served, monkeypatch):
    monkeypatch.setenv("TWOWAY_ALLOW_HOSTS", f"other.example, {served.host}")

    async def run():
        async with Door() as door:
            return await door.request("GET", f"http://{served.host}/")

    assert asyncio.run(run()).json() == {"ok": True}


def test_an_unknown_name_may_be_known_later(monkeypatch):
    def nowhere(*_, **__):
        raise socket.gaierror

    monkeypatch.delenv("TWOWAY_OFFLINE")
    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert isinstance(refused("https://no-such-name.invalid/"), TryLater)


# --- redirects -------------------------------------------------------------------------------


def to(address):
    return lambda _: Reply(status=302, headers={"location": address})


@pytest.mark.parametrize(
    "target", ["https://169.254.169.254/", "file:///etc/passwd", "http://[::1]/"]
)
def test_redirects_are_judged_like_addresses(served, target):
    served.fake.reply = to(target)
    with pytest.raises(GiveUp):
        ask(served)


def test_a_circle_of_redirects_ends(served):
    served.fake.reply = to("/again")
    with pytest.raises(GiveUp, match="circle"):
        ask(served)
    assert len(served.asked) < 10


def test_what_proves_us_does_not_follow_to_another_server(served):
    with Served(Echo()).running() as other:
        served.fake.reply = to(f"http://{other.host}/")

        async def run():
            async with Door(allow=(served.host, other.host)) as door:
                headers = {"Authorization": "Bearer secret", "accept": "x/y"}
                await door.request("GET", f"http://{served.host}/", headers=headers)

        asyncio.run(run())
        assert served.asked[0].headers["authorization"] == "Bearer secret"
        assert "authorization" not in other.asked[0].headers
        assert other.asked[0].headers["accept"] == "x/y"


def test_what_changes_something_is_never_redirected(served):
    served.fake.reply = to("/elsewhere")
    with pytest.raises(GiveUp):
        ask(served, "POST", changes=True, json={})
    assert len(served.asked) == 1


# --- what comes in ---------------------------------------------------------------------------


def test_answers_are_read_as_they_are(served):
    served.fake.reply = lambda _: Reply.of(
        {"a": "ü"}, 404, link='<https://a.example/2>; rel="next"'
    )
    answer = ask(served, params={"q": "a b", "n": [1, 2]}, path="/x?y=1")
    assert (answer.status, answer.is_ok, answer.json()) == (404, False, {"a": "ü"})
    assert answer.link("next") == "https://a.example/2"
    assert answer.link("prev") is None
    assert served.asked[0].target == "/x?y=1&q=a+b&n=1&n=2"


def test_bodies_are_sent_as_asked(served):
    ask(served, "POST", json={"a": 1})
    ask(served, "POST", form={"a": "1"})
    ask(served, "POST", files={"file": ("a.png", b"\x89", "image/png")}, form={"alt": "A"})
    json_, form, files = served.asked
    assert (json_.body, json_.headers["content-type"]) == (b'{"a":1}', "application/json")
    assert form.body == b"a=1"
    assert b'filename="a.png"' in files.body
    assert b"\x89" in files.body


def test_we_say_who_we_are(served, monkeypatch):
    monkeypatch.setenv("TWOWAY_CONTACT", "mail@museum.example")
    ask(served)
    assert served.asked[0].headers["user-agent"].startswith("Twoway/")
    assert "(+mail@museum.example)" in served.asked[0].headers["user-agent"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_answer_too_large_is_refused_packed_or_not(served, pack):
    body = pack(b"x" * 3_000_000)
    named = {"content-encoding": "gzip"} if pack is not bytes else {}
    served.fake.reply = lambda _: Reply(headers=named, body=body)
    with pytest.raises(GiveUp, match="more than"):
        ask(served, size=1_000_000)
    assert len(ask(served, size=3_000_000).body) == 3_000_000


def test_a_bomb_does_not_go_off(served):
    bomb = gzip.compress(gzip.compress(b"\0" * 100_000_000, 9), 9)
    served.fake.reply = lambda _: Reply(headers={"content-encoding": "gzip"}, body=bomb)
    assert len(ask(served).body) < 1_000_000


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "nonsense"])
def test_what_was_not_asked_for_is_not_unpacked(served, encoding):
    served.fake.reply = lambda _: Reply(headers={"content-encoding": encoding}, body=b"abc")
    with pytest.raises(GiveUp, match="unasked"):
        ask(served)


@pytest.mark.parametrize(
    "body", [b"not packed", zlib.compress(b"a")[:3], gzip.compress(b"abc", mtime=0)[:-9]]
)
def test_a_torn_pack_is_said(served, body):
    served.fake.reply = lambda _: Reply(headers={"content-encoding": "gzip"}, body=body)
    with pytest.raises(GiveUp):
        ask(served).json()


@pytest.mark.parametrize(
    ("body", "says"),
    [(b"<html>", "a web page"), (b"", "nothing"), (b"{", "torn"), (b"[" * 100_000, "torn")],
)
def test_what_is_not_json_is_said(served, body, says):
    served.fake.reply = lambda _: Reply(body=body)
    with pytest.raises(GiveUp, match=says):
        ask(served).json()


# --- how much we may ask ---------------------------------------------------------------------


def with_headers(status=200, **headers):
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return lambda _: Reply(status=status, headers=named)


@pytest.mark.parametrize(
    "headers",
    [
        {"retry_after": "7200"},
        {"x_ratelimit_reset": "2025-10-09T10:53:20.000Z", "date": "Thu, 09 Oct 2025 08:53:20 GMT"},
        {"ratelimit_reset": "1760014800", "date": "Thu, 09 Oct 2025 11:00:00 GMT"},
        {"retry_after": "Thu, 09 Oct 2025 11:00:00 GMT", "date": "Thu, 09 Oct 2025 09:00:00 GMT"},
        {"ratelimit_reset": "7200"},
    ],
)
def test_a_server_that_asks_us_to_wait_says_until_when_by_its_own_clock(served, clock, headers):
    served.fake.reply = with_headers(429, **headers)
    with pytest.raises(TryLater) as error:
        ask(served, clock=clock)
    assert error.value.at == clock.now() + 7_200 * SECOND
    assert len(served.asked) == 1


@pytest.mark.parametrize("reset", ["", "soon", "9" * 400, "-5", "0", "1e9", "\x01"])
def test_nonsense_about_times_waits_a_while(served, clock, reset):
    served.fake.reply = with_headers(429, x_ratelimit_reset=reset.replace("\x01", "?"))
    with pytest.raises(TryLater) as error:
        ask(served, clock=clock)
    assert error.value.at is None or error.value.at <= clock.now() + 86_400 * SECOND


def test_an_allowance_that_is_used_up_is_waited_for(served, clock):
    served.fake.reply = with_headers(x_ratelimit_remaining="0", ratelimit_reset="20")
    ask(served, clock=clock, times=3)
    assert clock.slept == [20.0, 20.0]


def test_what_changes_something_does_not_wait_but_says_when(served, clock):
    served.fake.reply = with_headers(x_ratelimit_remaining="0", ratelimit_reset="20")
    with pytest.raises(TryLater) as error:
        ask(served, "POST", clock=clock, times=2, changes=True)
    assert error.value.at == clock.now() + 20 * SECOND
    assert len(served.asked) == 1


def test_one_accounts_allowance_is_not_anothers(served, clock):
    served.fake.reply = with_headers(x_ratelimit_remaining="0", ratelimit_reset="3600")

    async def run():
        async with Door(allow=(served.host,), clock=clock) as door:
            for name in ("ada", "grace"):
                await door.request("GET", f"http://{served.host}/", budget=name)
            with pytest.raises(TryLater):
                await door.request("GET", f"http://{served.host}/", budget="ada")

    asyncio.run(run())
    assert len(served.asked) == 2


def test_what_all_share_at_a_server_is_kept_over_all_accounts(served, clock):
    async def run():
        async with Door(allow=(served.host,), clock=clock) as door:
            door.budget(served.host).pace(3, 60)
            for number in range(7):
                await door.request(
                    "GET", f"http://{served.host}/", budget=f"account {number}", patience=600
                )

    begun = clock.now()
    asyncio.run(run())
    assert clock.now() - begun == 120 * SECOND


def test_a_server_out_of_service_is_so_for_all(served, clock):
    served.fake.reply = with_headers(503, retry_after="600")

    async def run():
        async with Door(allow=(served.host,), clock=clock) as door:
            for name in ("ada", "grace"):
                with pytest.raises(TryLater) as error:
                    await door.request("GET", f"http://{served.host}/", budget=name)
                assert error.value.at == clock.now() + 600 * SECOND

    asyncio.run(run())
    assert len(served.asked) == 1


def test_documented_limits_are_kept_whatever_the_server_says(served, clock):
    async def run():
        async with Door(allow=(served.host,), clock=clock) as door:
            door.budget(served.host).pace(3, 60)
            for _ in range(10):
                await door.request("GET", f"http://{served.host}/", patience=600)

    begun = clock.now()
    asyncio.run(run())
    assert clock.now() - begun == 180 * SECOND


# --- what is repeated, and what never --------------------------------------------------------


def test_reading_is_repeated_where_the_server_stumbles(served):
    calls = iter([502, 500, 200])
    served.fake.reply = lambda _: Reply(status=next(calls))
    assert ask(served).is_ok
    assert len(served.asked) == 3


def test_repeats_run_out(served, clock):
    served.fake.reply = lambda _: Reply(status=502)

    async def run():
        async with Door(allow=(served.host,), clock=clock) as door:
            for _ in range(20):
                with pytest.raises(TryLater):
                    await door.request("GET", f"http://{served.host}/")

    asyncio.run(run())
    assert len(served.asked) < 20 + 16


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520])
def test_a_server_that_fails_at_a_change_leaves_it_unknown(served, status):
    served.fake.reply = lambda _: Reply(status=status)
    with pytest.raises(Unknown):
        ask(served, "POST", changes=True)
    assert len(served.asked) == 1


def test_a_change_that_is_turned_away_was_not_made(served):
    served.fake.reply = with_headers(503, retry_after="60")
    with pytest.raises(TryLater):
        ask(served, "POST", changes=True)


def test_what_the_caller_expects_is_handed_back(served):
    served.fake.reply = lambda _: Reply(status=500, body=b"known")
    assert ask(served, "POST", changes=True, expects={500}).body == b"known"


@pytest.mark.parametrize("cut", CUTS, ids=str)
def test_cut_off_after_the_first_byte_may_have_left_it_is_unknown(served, cut):
    with Cutting(served.host).running() as proxy:
        proxy.arm(cut)
        with pytest.raises(Unknown):
            ask(served, "POST", changes=True, json={"a": "b" * 1_000}, host=proxy.host)
    assert len(served.asked) <= 1


def test_before_the_first_byte_nothing_was_done():
    with socket.create_server(("127.0.0.1", 0)) as free:
        host = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(TryLater):
        ask(None, "POST", changes=True, host=host)


def test_reading_survives_a_cut(served):
    with Cutting(served.host).running() as proxy:
        proxy.arm(Cut(answer=10))
        assert ask(served, "POST", host=proxy.host).is_ok


def test_an_answer_too_large_to_a_change_leaves_it_unknown(served):
    served.fake.reply = lambda _: Reply(body=b"x" * 2_000)
    with pytest.raises(Unknown):
        ask(served, "POST", changes=True, size=1_000)


def test_a_server_that_closes_and_does_not_say_so_is_asked_anew_at_once(clock):
    with closing_unannounced() as host:

        async def run():
            async with Door(allow=(host,), clock=clock) as door:
                begun = clock.now()
                answers = [await door.request("GET", f"http://{host}/") for _ in range(40)]
                return [one.status for one in answers], clock.now() - begun

        statuses, waited = asyncio.run(run())
    assert statuses == [200] * 40
    assert waited == 0


def test_a_connection_kept_open_is_never_used_for_a_change(served):
    """A server may close it at that very moment, and nobody would know what became of it."""

    async def run():
        async with Door(allow=(served.host,)) as door:
            await door.request("GET", f"http://{served.host}/")
            await door.request("POST", f"http://{served.host}/", changes=True)
            clients = (door._client, door._anew)
            return [len(client._transport._pool.connections) for client in clients]

    assert asyncio.run(run()) == [1, 0]


# --- streams ---------------------------------------------------------------------------------


def lines(served, **more):
    async def run():
        async with (
            Door(allow=(served.host,)) as door,
            door.lines(f"http://{served.host}/", **more) as stream,
        ):
            return [line async for line in stream]

    return asyncio.run(run())


def test_lines_come_as_they_are(served):
    served.fake.reply = lambda _: Reply(body="a\r\nb\n\nü".encode())
    assert lines(served) == ["a", "b", "", "ü"]


def test_a_line_without_an_end_is_refused(served):
    served.fake.reply = lambda _: Reply(body=b"x" * 300_000)
    with pytest.raises(GiveUp, match="line"):
        lines(served, longest=100_000)


@pytest.mark.parametrize(
    ("status", "error"), [(401, Reconnect), (404, GiveUp), (429, TryLater), (503, TryLater)]
)
def test_a_stream_that_is_refused_says_what_to_do(served, status, error):
    served.fake.reply = lambda _: Reply(status=status)
    with pytest.raises(error):
        lines(served)


def test_websockets_go_through_the_same_door():
    from websockets.asyncio.server import serve  # noqa: PLC0415  only here

    async def talk(socket_):
        await socket_.send("hello")
        await socket_.send(await socket_.recv())

    async def run():
        async with serve(talk, "127.0.0.1", 0) as server:
            host = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
            async with Door(allow=(host,)) as door, door.socket(f"ws://{host}/") as socket_:
                await socket_.send("and you?")
                said = [message async for message in socket_]
            async with Door() as door:
                with pytest.raises(GiveUp):
                    async with door.socket(f"ws://{host}/"):
                        pass
            async with Door() as door:
                with pytest.raises(GiveUp, match="TWOWAY_OFFLINE"):
                    async with door.socket(f"wss://{host}/"):
                        pass
        await asyncio.sleep(0.01)  # the server's transports close one turn later
        return said

    assert asyncio.run(run()) == ["hello", "and you?"]


def test_a_message_too_large_breaks_the_stream_off():
    from websockets.asyncio.server import serve  # noqa: PLC0415  only here

    async def talk(socket_):
        await socket_.send("x" * 1_000_000)

    async def run():
        async with serve(talk, "127.0.0.1", 0) as server:
            host = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
            async with (
                Door(allow=(host,)) as door,
                door.socket(f"ws://{host}/", longest=10_000) as socket_,
            ):
                with pytest.raises(TryLater):
                    await anext(aiter(socket_))
        await asyncio.sleep(0.01)  # the server's transports close one turn later

    asyncio.run(run())


def test_behind_a_proxy_private_machines_are_refused_all_the_same(served):
    with Served(Echo()).running() as proxy:
        error = refused("https://127.0.0.1/", proxy=f"http://{proxy.host}", allow=())
        assert isinstance(error, GiveUp)
        assert proxy.asked == []

        async def run():
            async with Door(proxy=f"http://{proxy.host}", allow=(served.host,)) as door:
                return await door.request("GET", f"http://{served.host}/there")

        assert asyncio.run(run()).is_ok
        assert proxy.asked[0].target == f"http://{served.host}/there"
        assert served.asked == []
