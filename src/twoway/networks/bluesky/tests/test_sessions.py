"""Getting in and staying in: app passwords and OAuth, against a real server."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import replace

import orjson
import pytest
from joserfc.jwk import ECKey
from servers.bluesky_page import say_no, say_yes
from servers.patience import PATIENCE

from twoway.connectors.credentials import Store
from twoway.connectors.errors import GiveUp, Reconnect
from twoway.connectors.interface import Say, Visit
from twoway.networks.bluesky.connector.network import CLIENT_KEY
from twoway.networks.bluesky.tests.stage import fresh

pytestmark = [pytest.mark.server, pytest.mark.slow]
HERE = "http://127.0.0.1:8765/connected"
# The server refuses example.org and .example; nothing is ever asked of this name either.
DESK = "https://desk.larchtea.shop/connect/bluesky/back"


def connect(stage, person, return_to=HERE, **settings):
    """Do what the connect form does, and its page where there is one; keep the credentials."""

    async def work():
        async with stage.door() as door:
            connecting = stage.bluesky.connecting(door)
            begun = await connecting.begin({"handle": person.handle, **settings}, return_to)
            if isinstance(begun, Visit):
                answer = await asyncio.to_thread(say_yes, begun.address, person)
                begun = await connecting.finish(begun, answer)
        Store(stage.folder).save(begun, since=0)
        return begun

    return asyncio.run(work())


def app_password(stage, person, *, privileged=False):
    told = stage.network.xrpc(
        "com.atproto.server.createAppPassword",
        person,
        json={"name": f"Twoway {privileged}", "privileged": privileged},
    )
    return told["password"]


def spoil(stage, person, **secrets):
    """Put other secrets in place of those that are kept."""
    keeper = Store(stage.folder).keeper("bluesky", person.did)
    kept = keeper.read()
    keeper.keep(replace(kept, secrets={**kept.secrets, **secrets}))


def expired(stage, person):
    """Return an access token of somebody's that has run out, signed by the server's own secret."""
    return stage.network.order("expire", did=person.did)["token"]


def posts(stage, person, text):
    return stage.run(person, lambda connector: connector.send(Say(text=text), fresh()))


def test_an_app_password_opens_a_session_and_is_not_kept(stage):
    (tea,) = stage.join("tea")
    password = app_password(stage, tea)
    credentials = connect(stage, tea, app_password=password)
    assert password not in str(dict(credentials.secrets))
    assert password not in repr(credentials)
    assert stage.run(tea, lambda connector: connector.check()).works
    assert posts(stage, tea, "By app password").id


def test_a_wrong_password_is_said_and_nothing_is_kept(stage):
    (tea,) = stage.join("tea")
    with pytest.raises(GiveUp, match="does not take this password"):
        connect(stage, tea, app_password="wrong-wrong-wrong")
    with pytest.raises(GiveUp, match="Nobody on Bluesky is called"):
        connect(stage, replace(tea, handle="nobody-here.test"), app_password="x")
    with pytest.raises(GiveUp, match="Write the handle"):
        connect(stage, replace(tea, handle="not a handle"), app_password="x")


def test_an_expired_token_is_renewed_on_the_way(stage):
    (tea,) = stage.join("tea")
    stale = expired(stage, tea)
    spoil(stage, tea, access=stale)
    assert posts(stage, tea, "Renewed").id
    kept = Store(stage.folder).keeper("bluesky", tea.did).read()
    # Two access tokens made within one second are the same bytes; the refresh token never is.
    assert kept.secrets["access"] != stale
    assert kept.secrets["refresh"] != tea.refresh
    assert posts(stage, tea, "And again").id


def test_a_revoked_session_needs_a_person(stage):
    (tea,) = stage.join("tea")
    stage.run(tea, lambda connector: connector.disconnect())
    spoil(stage, tea, access=expired(stage, tea))
    with pytest.raises(Reconnect, match="Connect it again"):
        posts(stage, tea, "Nobody hears this")
    health = stage.run(tea, lambda connector: connector.check())
    assert (health.works, "Connect it again" in health.needs) == (False, True)
    assert stage.texts(tea) == []


def test_a_suspended_account_is_said(stage):
    (tea,) = stage.join("tea")
    stage.network.order("suspend", did=tea.did)
    with pytest.raises(Reconnect, match="closed this account"):
        posts(stage, tea, "Nobody hears this")


def test_what_ends_midway_is_said_and_what_came_before_is_kept(stage):
    tea, ann = stage.join("tea", "ann")
    roots = [stage.say(tea, f"Question {number}") for number in range(3)]
    for root in roots:
        stage.say(ann, "Oolong", answers=root)
    told, stale = [], expired(stage, tea)

    async def work(connector):
        async for page in connector.pull("threads", None):
            told.extend(page.items)
            if page.items:  # revoked elsewhere; what we hold runs out, as it does after two hours
                await connector.disconnect()
                spoil(stage, tea, access=stale)
                connector._prover._credentials = connector._prover._keeper.read()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("twoway.networks.bluesky.connector.reading.threads._POSTS", 2)
        with pytest.raises(Reconnect, match="Connect it again"):
            stage.run(tea, work)
    assert 0 < len(told) < len(roots)


def test_an_ordinary_app_password_opens_no_messages_and_we_say_so(stage, chat):
    tea, ann = stage.join("tea", "ann")
    stage.chat = chat.join(stage.network, tea, ann)
    connect(stage, tea, app_password=app_password(stage, tea))
    with pytest.raises(GiveUp, match="direct messages"):
        stage.pull(tea, "messages")
    connect(stage, tea, app_password=app_password(stage, tea, privileged=True))
    stage.pull(tea, "messages")
    assert {who for _, who in chat.asked} == {tea.did}


@pytest.fixture(params=["loopback", "desk", "desk with a key"])
def signed_in(request, stage, monkeypatch):
    """Somebody who was let in on Bluesky's own page, as each kind of client."""
    (tea,) = stage.join("tea")
    return_to = HERE
    if request.param != "loopback":
        return_to = DESK
        if request.param.endswith("key"):
            key = ECKey.generate_key("P-256").as_dict(private=True)
            monkeypatch.setenv(CLIENT_KEY, orjson.dumps(key).decode())
        stage.network.order("client", document=stage.bluesky.client_document(return_to))
    connect(stage, tea, return_to)
    return stage, tea


def test_by_oauth_we_read_send_and_renew(signed_in):
    stage, tea = signed_in
    sent = posts(stage, tea, "By OAuth")
    stage.network.settle()
    told, _ = stage.pull(tea, "posts")
    assert sent.id in {getattr(record, "id", None) for record in told}
    before = Store(stage.folder).keeper("bluesky", tea.did).read()
    spoil(stage, tea, access=before.secrets["access"][:-8] + "AAAAAAAA")
    assert posts(stage, tea, "By OAuth, renewed").id
    after = Store(stage.folder).keeper("bluesky", tea.did).read()
    assert after.secrets["refresh"] != before.secrets["refresh"]
    stage.run(tea, lambda connector: connector.disconnect())
    spoil(stage, tea, access=after.secrets["access"][:-8] + "AAAAAAAA")
    with pytest.raises(Reconnect, match="ended this session"):
        posts(stage, tea, "Nobody hears this")
    assert len(stage.texts(tea)) == 2


def test_many_processes_renew_once_and_all_go_on(stage):
    (tea,) = stage.join("tea")
    connect(stage, tea)
    kept = Store(stage.folder).keeper("bluesky", tea.did).read()
    spoil(stage, tea, access=kept.secrets["access"][:-8] + "AAAAAAAA")
    script = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from twoway.connectors.credentials import Store\n"
        "from twoway.connectors.door import Door\n"
        "from twoway.networks.bluesky.connector import NETWORK\n"
        "async def main():\n"
        "    async with Door() as door:\n"
        "        keeper = Store(Path(sys.argv[1])).keeper('bluesky', sys.argv[2])\n"
        "        health = await NETWORK.open(door, keeper).check()\n"
        "        sys.exit(health.needs or 0)\n"
        "asyncio.run(main())\n"
    )
    beside = {
        "TWOWAY_BLUESKY_PUBLIC": stage.network.appview,
        "TWOWAY_ALLOW_HOSTS": ",".join(stage.network.hosts),
    }
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, stage.folder, tea.did],
            env=os.environ | beside,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    said = [process.communicate(timeout=PATIENCE)[1] for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    assert posts(stage, tea, "Still here").id


def test_who_says_no_is_not_connected(stage):
    (tea,) = stage.join("tea")

    async def work():
        async with stage.door() as door:
            connecting = stage.bluesky.connecting(door)
            visit = await connecting.begin({"handle": tea.handle}, HERE)
            secret = json.dumps(dict(visit.remember))
            assert visit.remember["verifier"] not in repr(visit)
            assert visit.remember["verifier"] in secret
            answer = await asyncio.to_thread(say_no, visit.address)
            with pytest.raises(GiveUp, match="did not let us in"):
                await connecting.finish(visit, answer)
            with pytest.raises(GiveUp, match="not finished"):
                await connecting.finish(visit, {"code": "stolen", "state": "another"})
            for elsewhere in ({"iss": "https://evil.example", "code": "x"}, {"code": "x"}):
                with pytest.raises(GiveUp, match="another server"):
                    await connecting.finish(visit, {**elsewhere, "state": visit.remember["state"]})

    asyncio.run(work())


def test_a_session_of_oauth_shows_no_secret(stage):
    (tea,) = stage.join("tea")
    credentials = connect(stage, tea)
    shown = f"{credentials} {credentials!r}"
    assert not [name for name in ("access", "refresh", "key") if credentials.secrets[name] in shown]
