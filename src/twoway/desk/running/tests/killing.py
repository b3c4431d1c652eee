"""Runs a desk's workers and kills them at random moments, until everything has gone out.

`python killing.py prepare MANY`, `… state` and `… published` are run as processes of their own, so
that the test looks at the desk from outside, as the one who kills does.
"""

# ruff: noqa: PLC0415  each function runs in a process of its own, after Django is set up

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

TWOWAY = Path(sys.executable).with_name("twoway")
SLOW = 0.06
"""Seconds the town takes before and after a post stands: wide gates for a kill."""


def text_of(number):
    return f"The answer to number {number}. – Ana"


def prepare(many):
    """Found a desk with a channel into a practice town, and queue answers."""
    from asgiref.sync import async_to_sync

    from twoway.connectors.credentials import Store
    from twoway.connectors.door import Door
    from twoway.desk.channels import services as channels
    from twoway.desk.clock import now
    from twoway.desk.outbox.models import Entry
    from twoway.desk.running import starting
    from twoway.desk.running.fetching import fetch_channel
    from twoway.desk.running.ways import Ways
    from twoway.desk.team import services as team
    from twoway.networks.practice.connector import NETWORK

    token = starting.get_ready().token
    ana = team.found(token, "Larkway Buses", "Ana", "ana@larkway.example", "correct horse battery")

    async def connect():
        async with Door() as door:
            credentials = await NETWORK.connecting(door).begin({"speed": "1"}, "")
            connector = NETWORK.open(door, _Fixed(credentials))
            return credentials, (await connector.check()).account, connector

    credentials, account, connector = async_to_sync(connect)()
    Store().save(credentials, now())
    channel = channels.connect(ana, "practice", account)

    async def fetch():
        async with Door() as door:
            await fetch_channel(channel, Ways(door))

    async_to_sync(fetch)()
    connector._server.set_weather(slow=SLOW)
    for number in range(many):
        at = now()
        Entry.objects.create(
            organisation=ana.organisation, channel=channel, teammate=ana, text=text_of(number),
            state="queued", made_at=at, changed_at=at, not_before=at, key=f"key {number}",
        )  # fmt: skip


class _Fixed:
    """A keeper of credentials that nobody refreshes."""

    def __init__(self, credentials):
        self.credentials = credentials

    def read(self):
        return self.credentials


def state():
    """Print how many entries stand where."""
    from django.db.models import Count

    from twoway.desk.outbox.models import Entry

    rows = Entry.objects.values_list("state").annotate(Count("pk"))
    sys.stdout.write(json.dumps(dict(rows)))


def tried():
    """Print how many entries needed more than one attempt: those at which a kill struck."""
    from twoway.desk.outbox.models import Entry

    sys.stdout.write(json.dumps(Entry.objects.filter(attempts__gt=1).count()))


def published():
    """Print how often each answer stands in the town."""
    from twoway.networks.practice.server import Server
    from twoway.practice.living.town import Town

    file = next((Path(os.environ["TWOWAY_HOME"]) / "practice").glob("*.sqlite"))
    server = Server(file, Town(seed=1, speed=1))
    server.set_weather()
    texts = []
    after = 0
    while events := server.events(after, 500, time.time_ns() // 1000):
        after = events[-1][0]
        texts += [json.loads(body).get("post", {}).get("text", "") for _, _, body in events]
    found = {text: texts.count(text) for text in texts if text.startswith("The answer to number")}
    sys.stdout.write(json.dumps(found))


def ask(environment, *words):
    """Run one of the functions above in a process of its own and return what it prints."""
    ran = subprocess.run(
        [sys.executable, __file__, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout or "null")


class Worker:
    """One `twoway work`, killed and started again."""

    def __init__(self, environment):
        self._environment = environment
        self.log = Path(environment["TWOWAY_HOME"]) / f"worker-{id(self)}.log"
        self.start()

    def start(self):
        with self.log.open("wb") as words:
            self.process = subprocess.Popen(
                [TWOWAY, "work"], env=self._environment, stdout=words, stderr=words
            )

    def wait_until_at_work(self, patience=30):
        ends = time.monotonic() + patience
        while b"At work" not in self.log.read_bytes():
            assert time.monotonic() < ends, self.log.read_text()
            time.sleep(0.02)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=15)


def run(environment, kills, seed, workers=2, patience=180):
    """Let workers work and kill one at random moments; return when all has been sent."""
    chance = random.Random(seed)
    alive = [Worker(environment) for _ in range(workers)]
    try:
        for _ in range(kills):
            victim = chance.choice(alive)
            victim.wait_until_at_work()
            time.sleep(chance.uniform(0.05, 1.0))
            victim.kill()
            victim.start()
        ends = time.monotonic() + patience
        while not set(ask(environment, "state")) <= {"sent", "seen back"}:
            assert time.monotonic() < ends, ask(environment, "state")
            time.sleep(1)
    finally:
        for one in alive:
            one.stop()


if __name__ == "__main__":
    from twoway.desk.running.starting import set_up

    set_up()
    name, *given = sys.argv[1:]
    {"prepare": prepare, "state": state, "tried": tried, "published": published}[name](
        *map(int, given)
    )
