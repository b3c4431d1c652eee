"""One process of a desk: begun, killed without a word, begun again."""

import signal
import subprocess
from itertools import count
from pathlib import Path

from twoway.desk.running.tests import outside
from twoway.desk.running.tests.watching import PATIENCE

_NUMBERS = count()


class Commands:
    """Begins processes as whoever runs a desk does: by their command, each loading everything anew."""

    def __init__(self, environment):
        self._environment = environment

    def begin(self, words, log):
        """Run `twoway` with these words; what it says goes to the end of a file."""
        with log.open("ab") as said:
            return subprocess.Popen(
                [outside.TWOWAY, *words], env=self._environment, stdout=said, stderr=said
            )

    def close(self):
        """Nothing is kept."""


class Process:
    """A process that is killed and started again."""

    def __init__(self, beginner, home, *words):
        self._beginner, self._words = beginner, words
        self._log = Path(home) / f"{words[0]}-{next(_NUMBERS)}.log"
        self.start()

    def start(self):
        self._log.write_bytes(b"")
        self._process = self._beginner.begin(self._words, self._log)

    @property
    def pid(self):
        ended = self._process.poll()
        assert ended is None, f"{self._words} ended with {ended}: {self.said()}"
        return self._process.pid

    def said(self):
        return self._log.read_text("utf-8")

    def worked_on(self):
        """Return how many entries it has dealt with since it was started."""
        return self.said().count(" twoway.desk: entry ")

    def kill(self):
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self):
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=PATIENCE)
