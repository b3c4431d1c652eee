"""A desk in a home of its own, looked at from outside: each question is a process of its own.

`python outside.py prepare MANY` and the other functions named at the end print JSON.
"""

# ruff: noqa: PLC0415  each function runs in a process of its own, after Django is set up

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

TWOWAY = Path(sys.executable).with_name("twoway")
SLOW = 0.12
"""Seconds the town takes before and after a post stands: wide gates for a kill."""


def environment(home, database=""):
    """Return the environment of a desk in a folder, on SQLite unless a database is named."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TWOWAY_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    named = {"TWOWAY_DATABASE": database} if database else {}
    return kept | named | {"TWOWAY_HOME": str(home), "TWOWAY_LOG_LEVEL": "WARNING"}


def another(desk, home):
    """Copy a desk that nobody uses to a folder, its database beside its own; return the copy's environment."""
    shutil.copytree(desk["TWOWAY_HOME"], home)
    return environment(home, new_database(like=desk.get("TWOWAY_DATABASE", "")))


def new_database(like=""):
    """Return the address of a database beside that of the run, empty or a copy; "" for SQLite's file."""
    address = os.environ.get("TWOWAY_DATABASE", "")
    if not address.startswith("postgresql"):
        return ""
    import psycopg

    name = f"desk_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        template = urlsplit(like).path[1:] or "template1"
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return urlsplit(address)._replace(path=f"/{name}").geturl()


def question(number):
    return f"Where is the tea with the number {number}?"


def answer(number):
    return f"The answer to number {number}. – Ana"


def prepare(many, speed=1):
    """Found a desk with a channel into a practice town, and queue answers."""
    from asgiref.sync import async_to_sync

    from twoway.connectors.door import Door
    from twoway.desk.running.fetching import fetch_channel
    from twoway.desk.running.ways import Ways

    credentials, _ = _connected_to_practice(speed)
    channel = _channel(credentials)

    async def fetch():
        async with Door() as door:
            await fetch_channel(channel, Ways(door))

    async_to_sync(fetch)()
    _queue(channel, many)


def _connected_to_practice(speed=1):
    """Return the credentials for a practice town where people live so much faster, and a way to it."""
    from asgiref.sync import async_to_sync

    from twoway.connectors.door import Door
    from twoway.networks.practice.connector import NETWORK

    async def connect():
        async with Door() as door:
            credentials = await NETWORK.connecting(door).begin({"speed": str(speed)}, "")
            return credentials, NETWORK.open(door, _Fixed(credentials))

    return async_to_sync(connect)()


def prepare_asked(many):
    """Found a desk with a channel into a slow practice town where so many people ask something."""
    from twoway.networks.practice.living import do
    from twoway.practice.living.plans import Says

    credentials, connector = _connected_to_practice()
    _channel(credentials)
    server = connector._server
    # Nobody of them may take it back before it is answered: they have no plans.
    name = server.town.organisation["handle"]
    with server._store.changing() as change:
        for number in range(many):
            asks = Says(
                person=change.newcomer(), text=f"@{name} {question(number)}", kinds=("question",),
                names=(name,),
            )  # fmt: skip
            do(change, asks, time.time_ns() // 1000)
    server.set_weather(slow=SLOW)


def prepare_elsewhere():
    """Found a desk with the channel whose credentials stand in TWOWAY_TEST."""
    from twoway.connectors.interface import Credentials

    _channel(Credentials(**json.loads(os.environ["TWOWAY_TEST"])))


def _channel(credentials):
    from twoway.connectors.credentials import Store
    from twoway.core.accounts import Account
    from twoway.desk.channels import services as channels
    from twoway.desk.clock import now
    from twoway.desk.running import starting
    from twoway.desk.team import services as team

    token = starting.get_ready().token
    ana = team.found(token, "Larkway Buses", "Ana", "ana@larkway.example", "correct horse battery")
    Store().save(credentials, now())
    account = Account(
        network=credentials.network, id=credentials.account, handle=credentials.handle
    )
    return channels.connect(ana, credentials.network, account, credentials.server or "")


def sort():
    """Let Ana assign, tag and note what came in."""
    from twoway.desk.inbox import services as inbox
    from twoway.desk.inbox.models import Conversation
    from twoway.desk.team.models import Teammate

    ana = Teammate.objects.get()
    for number in Conversation.objects.order_by("pk").values_list("pk", flat=True)[:5]:
        inbox.assign(ana, number, ana.pk)
        inbox.tag(ana, number, "Timetable")
        inbox.note(ana, number, "Ask the depot @Ana", [ana.pk])


def _queue(channel, many):
    from twoway.desk.clock import now
    from twoway.desk.outbox.models import Entry

    for number in range(many):
        at = now()
        Entry.objects.create(
            organisation=channel.organisation, channel=channel, teammate=channel.connected_by,
            text=answer(number), state="queued", made_at=at, changed_at=at,
            not_before=at, key=uuid4().hex,
        )  # fmt: skip


class _Fixed:
    """A keeper of credentials that nobody refreshes."""

    def __init__(self, credentials):
        self.credentials = credentials

    def read(self):
        return self.credentials


def _server():
    from twoway.networks.practice.server import Server
    from twoway.practice.living.town import Town

    file = next((Path(os.environ["TWOWAY_HOME"]) / "practice").glob("*.sqlite"))
    return Server(file, Town(seed=1, speed=1))


def forget_keys():
    """Let the town have forgotten which keys it has seen, as networks do after an hour."""
    _server().set_weather(forgets_keys=True)


def shut():
    """Let the town be away."""
    _server().set_weather(down=True)


def reopen():
    """Let the town be back, as slow as before."""
    _server().set_weather(slow=SLOW)


def published():
    """Print how often each answer stands in the town."""
    server = _server()
    server.set_weather()
    texts = []
    after = 0
    while events := server.events(after, 500, time.time_ns() // 1000):
        after = events[-1][0]
        texts += [json.loads(body).get("post", {}).get("text", "") for _, _, body in events]
    found = {text: texts.count(text) for text in texts if text.startswith("The answer to number")}
    sys.stdout.write(json.dumps(found))


def run(environment, *words):
    """Run one of the functions above in a process of its own, to whatever end."""
    return subprocess.run(
        [sys.executable, __file__, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def ask(environment, *words):
    """Run one of the functions above in a process of its own and return what it prints."""
    ran = run(environment, *words)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout or "null")


def twoway(environment, *words):
    """Run a command to its end."""
    return subprocess.run(
        [TWOWAY, *words], env=environment, capture_output=True, text=True, check=False
    )


def back_up(environment, file):
    """Back a desk up to a file and return it."""
    done = twoway(environment, "backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


def contents():
    """Print how many rows each table has, and a digest of what stands in it."""
    import hashlib

    from django.apps import apps

    found = {}
    for model in apps.get_models():
        rows = [list(map(str, row)) for row in model.objects.order_by("pk").values_list()]
        digest = hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]
        found[model._meta.db_table] = [len(rows), digest]
    sys.stdout.write(json.dumps(found))


def refuse():
    """Print why none of the backups named in TWOWAY_TEST can be restored here."""
    from twoway.desk.running.restoring import CannotRestore, restore

    why = []
    for file in json.loads(os.environ["TWOWAY_TEST"]):
        try:
            restore(Path(file))
        except CannotRestore as error:
            why.append(str(error))
    sys.stdout.write(json.dumps(why))


def secrets():
    """Print what the store's credentials open to."""
    from twoway.connectors.credentials import Store

    store = Store()
    opened = [store.keeper(one.network, one.account).read() for one in store.accounts()]
    sys.stdout.write(json.dumps([[one.handle, dict(one.secrets)] for one in opened]))


def session():
    """Sign Ana in; print the cookie that says so."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from twoway.desk.team.models import Teammate

    ana = Teammate.objects.get()
    store = SessionStore()
    store[SESSION_KEY] = str(ana.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = ana.get_session_auth_hash()
    store.save()
    sys.stdout.write(json.dumps(store.session_key))


def step_back():
    """Undo migrations, as if this Twoway were newer than the database."""
    from django.core.management import call_command

    call_command("migrate", "insight", "zero", verbosity=0)
    call_command("migrate", "inbox", "0003", verbosity=0)


def lying():
    """Print where each conversation lies, since when and for which posts, and how many counts are wrong."""
    from twoway.desk.inbox import ingest
    from twoway.desk.inbox.models import Conversation
    from twoway.desk.team.models import Organisation

    rows = Conversation.objects.order_by("thread__root", "person__accounts__remote_id").values_list(
        "thread__root", "person__accounts__remote_id", "box", "rank", "since", "open_posts"
    )
    wrong = sum(ingest.recount(one) for one in Organisation.objects.all())
    sys.stdout.write(json.dumps([list(rows), wrong]))


def judge_long_ago():
    """Have everything settled, as a rule of before that heard nobody, and note that it judged so."""
    from twoway.desk.inbox import ingest
    from twoway.desk.inbox.models import Box, Conversation, Rejudging
    from twoway.desk.team.models import Organisation

    ours = Organisation.objects.get()
    Conversation.objects.update(box=Box.SETTLED, rank=0, since=None, open_posts=[])
    ingest.recount(ours)
    Rejudging.objects.update_or_create(
        organisation=ours, network="practice",
        defaults={"judged_by": "of old", "below": 0, "threads": 9, "begun_at": 1, "ended_at": 2},
    )  # fmt: skip


def answer_everybody():
    """Let a delivery for each conversation bring an answer of ours to what they said last."""
    from twoway.core.posts import Post as Said
    from twoway.desk.channels.models import Channel
    from twoway.desk.inbox import ingest
    from twoway.desk.inbox.models import Conversation, Post

    channel = Channel.objects.get()
    for talk in Conversation.objects.order_by("pk"):
        last = Post.objects.filter(pk__in=talk.exchange, is_ours=False).latest("said_at")
        said = Said(
            network="practice", id=f"answer-{talk.pk}", author=channel.remote_id,
            said_at=last.said_at + 1, text="It leaves at ten from platform two.",
            parent=last.remote_id, parent_author=last.account.remote_id,
        )  # fmt: skip
        ingest.receive(channel, [said])


def judge_anew(steps=0):
    """Judge everything anew, a thread or two at a time; with `steps` be killed in the middle of that one."""
    import asyncio
    import signal

    from twoway.desk.inbox.ingest import rejudging
    from twoway.desk.running.rejudging import judge_anew as walk

    left = [steps]
    announce = rejudging.hooks.announce

    def die_or_announce(*told):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        announce(*told)

    rejudging.POSTS = 2
    rejudging.hooks.announce = die_or_announce
    asyncio.run(walk())


def start():
    """Get ready as every command does; print the backup that this made."""
    from twoway.desk.running import starting

    made = starting.get_ready().backup
    sys.stdout.write(json.dumps(made and str(made)))


if __name__ == "__main__":
    from twoway.desk.running.starting import set_up

    set_up()
    known = (
        prepare,
        prepare_asked,
        prepare_elsewhere,
        sort,
        forget_keys,
        shut,
        reopen,
        published,
        contents,
        refuse,
        secrets,
        session,
        step_back,
        lying,
        judge_long_ago,
        answer_everybody,
        judge_anew,
        start,
    )
    name, *given = sys.argv[1:]
    next(one for one in known if one.__name__ == name)(*map(int, given))
