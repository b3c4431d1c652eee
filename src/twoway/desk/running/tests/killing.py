"""Runs a desk's workers and kills them at random moments, until everything has gone out."""

import random
import signal
import subprocess
import time
from pathlib import Path

from twoway.desk.running.tests.outside import TWOWAY, ask


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
