"""Begins a desk's processes as forks of one that has loaded everything.

For long runs of kills. What a fork does not do anew is load modules; all the rest, from the look at
the database's version to connections, threads and locks, is its own.

`python nursery.py` takes orders, a line of JSON each, and answers each with a line.
"""

# ruff: noqa: PLC0415  what is loaded is loaded in the process that begins the others

import json
import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from threading import Lock

GONE = 0.002
"""Seconds between two looks whether a process has ended."""


class Nursery:
    """The process that has loaded everything, in a desk's environment."""

    def __init__(self, environment):
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            [sys.executable, __file__], env=environment, stdin=pipe, stdout=pipe, text=True
        )
        self._lock = Lock()

    def close(self):
        """End it, and whoever it began and nobody ended."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def begin(self, words, log):
        """Run `twoway` with these words; what it says goes to the end of a file."""
        return Child(self, self.ask("begin", words, str(log)))

    def ask(self, *order):
        with self._lock:
            self._process.stdin.write(f"{json.dumps(order)}\n")
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())


class Child:
    """A process that a nursery began; answers like those that subprocess begins."""

    def __init__(self, nursery, pid):
        self._nursery, self.pid = nursery, pid
        self._ended = None

    def poll(self):
        if self._ended is None:
            self._ended = self._nursery.ask("look", self.pid)
        return self._ended

    def wait(self, timeout=60):
        ends = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > ends:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(GONE)
        return self._ended

    def send_signal(self, number):
        os.kill(self.pid, number)


def load():
    """Load what any command of a desk needs, without a connection or a thread that a fork would share."""
    from twoway.desk.running.starting import set_up

    set_up()
    from django.core.wsgi import get_wsgi_application
    from django.db.migrations.loader import MigrationLoader

    from twoway.desk.running import whole
    from twoway.language import Utterance, read

    # What is loaded on the way only: by the first look at the database, request, page and post.
    MigrationLoader(None)
    get_wsgi_application()
    for name in ("anyio._backends._asyncio", "uvicorn.protocols.http.auto", "uvicorn.lifespan.off"):
        import_module(name)
    next(read([Utterance(text="Where is the tea?")]))
    whole.warm()


def take_orders():
    """Begin processes and tell of their end, until nobody gives orders any more."""
    alive = set()
    for line in sys.stdin:
        verb, *given = json.loads(line)
        if verb == "begin":
            answer = _begin(*given)
            alive.add(answer)
        elif (answer := _look(*given)) is not None:
            alive.discard(given[0])
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


def _begin(words, log):
    return os.fork() or _live(words, log)


def _look(pid):
    ended, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def _live(words, log):
    """Be `twoway` from here on; never returns."""
    from twoway.cli import twoway

    said = os.open(log, os.O_WRONLY | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for ours, number in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(ours, number)
    try:
        twoway(words, prog_name="twoway")
    except SystemExit as end:
        sys.stdout.flush()
        os._exit(end.code if isinstance(end.code, int) else 1)
    finally:
        os._exit(1)


if __name__ == "__main__":
    load()
    take_orders()
