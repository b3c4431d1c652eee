"""kill -9 of a desk's processes while a colleague answers and workers send.

Whoever is killed has something under way: pages a form that a colleague has just handed in, workers
an entry that they hold. The moment within is random, and so is how much the process had done before: a
young one is slow, and would always be met before the network has heard of anything.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Event

from servers.ports import free_port

from twoway.desk.running.tests import outside
from twoway.desk.running.tests.colleague import Colleague
from twoway.desk.running.tests.nursery import Nursery
from twoway.desk.running.tests.processes import Commands, Process
from twoway.desk.running.tests.watching import PATIENCE, Watch, until

ANSWERS_A_KILL = 3
AHEAD = 24
"""So many answers more, so that there is something under way until the last kill."""
UNHEARD = 120
"""Seconds without news after which questions count as lost: now and then snac tells nobody of one."""
SENDING = 0.4
"""Seconds that an entry is held when the networks are as slow as these tests make them."""
OLDEST = 3
"""So many forms or entries at most does a process deal with before it is killed."""
WORKERS = 2
MANY = 50
"""So many kills would load the desk's modules for an hour."""


@dataclass
class Struck:
    """How many kills of a desk's processes met something that was under way."""

    forms: int = 0
    entries: int = 0


class Fire:
    """A desk under fire: its processes, the colleague at its pages, and what is killed when."""

    def __init__(self, environment, kills, seed, place=None):
        """`place` is a server elsewhere, where people ask; at home they have done so already.

        What a process does that is killed while it loads its modules, the kills at home try; elsewhere
        all processes are a nursery's, which have loaded them.
        """
        self._environment, self._kills, self._place = environment, kills, place
        begins = Nursery if place is not None or kills > MANY else Commands
        self._begins = begins(environment | {"TWOWAY_LOG_LEVEL": "INFO"})
        self._chance = random.Random(seed)
        self.watch = Watch(environment)
        self.struck = Struck()
        self._done = 0
        self._begun = time.monotonic()
        self._ceased = Event()
        port = free_port()
        self._port = str(port)
        self.address = f"http://127.0.0.1:{port}"
        self.colleague = Colleague(self.address, outside.ask(environment, "session"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._begins.close()
        self.watch.close()
        self.colleague.close()

    def tells(self, published):
        """Return what came of it, in a line, given how often each answer stands at the network."""
        said = self.colleague.said
        return (
            f"of {self._done} kills {self.struck.forms} struck a form"
            f" and {self.struck.entries} an entry; {len(said)} answers handed in,"
            f" {sum(text not in published for text in said)} lost,"
            f" {sum(many > 1 for many in published.values())} double,"
            f" {self.watch.looked_up()} looked up; {time.monotonic() - self._begun:.0f} s"
        )

    def on_pages_and_work(self):
        """Kill `twoway web` and `twoway work`, each as often as asked."""
        with self._running(("web", "--port", self._port), *[("work",)] * WORKERS) as (pages, *work):
            self._wait_for_questions(pages, *work)
            self._run(lambda: self._strike_pages(pages), lambda: self._strike_work(work))

    def on_one_process(self):
        """Kill `twoway desk` as often as asked, now at a form, now at an entry."""
        with self._running(("desk", "--no-browser", "--port", self._port)) as (desk,):
            self._wait_for_questions(desk)
            self._run(lambda: self._strike_either(desk))

    @contextmanager
    def undisturbed(self):
        """Run pages and work, and hand out a conversation in which somebody asks."""
        with self._running(("web", "--port", self._port), ("work",)) as processes:
            self._wait_for_questions(*processes)
            yield self.questions()[0]

    @contextmanager
    def _running(self, *commands):
        self._have_asked(0)  # while nobody is there yet to be busy with it
        with ExitStack() as stack:
            processes = []
            for words in commands:
                processes.append(Process(self._begins, self._environment["TWOWAY_HOME"], *words))
                stack.callback(processes[-1].stop)
            yield processes

    def _wait_for_questions(self, *processes):
        """Wait until enough people are heard; have more of them ask where that takes more."""
        heard = until_quiet = 0
        while (here := len(self.questions())) < answers_for(self._kills):
            assert all(one.pid for one in processes)
            at = time.monotonic()
            if here > heard or not until_quiet:
                heard, until_quiet, ends = here, at + UNHEARD, at + PATIENCE
            assert at < ends, f"{here} of {answers_for(self._kills)} questions came in"
            if here >= self._asked or at > until_quiet:
                self._have_asked(here)
                until_quiet = at + UNHEARD
            time.sleep(0.05)

    def _have_asked(self, here):
        """Have those ask who are not heard yet, as many at a time as the place takes."""
        self._asked = answers_for(self._kills)
        if self._place is not None:
            self._asked = min(here + self._place.at_once, self._asked)
            self._place.ask(range(here, self._asked))

    def questions(self):
        """Return the conversations in which somebody asks."""
        return self.watch.asking("Where is the tea")

    def _run(self, *killers):
        with ThreadPoolExecutor(len(killers) + 1) as pool:
            self._answering = pool.submit(self._answer, self.questions(), len(killers))
            try:
                for one in [pool.submit(killer) for killer in killers]:
                    one.result()
            finally:
                self._ceased.set()
            self._answering.result()
        while waiting := len(self.watch.unsent()):
            until(lambda: len(self.watch.unsent()) < waiting, self.watch.unsent)

    def _until(self, look, why):
        """Wait for something that a colleague brings about: without one it is waited for in vain."""

        def looks():
            assert not self._ceased.is_set(), "the test has ended"
            if self._answering.done():
                self._answering.result()
            return look()

        return until(looks, why)

    def _answer(self, talks, killers):
        """Answer as fast as the kills go, so that there is something under way for all of them."""
        for number, talk in enumerate(talks):
            if self._ceased.is_set():
                return
            while (
                number > AHEAD + ANSWERS_A_KILL * self._done // killers
                and self.watch.unsent()
                and not self._ceased.wait(0.05)
            ):
                pass
            self.colleague.answers(talk, outside.answer(number))

    def _strike_pages(self, pages):
        for _ in range(self._kills):
            self._strike_at_a_form(pages)

    def _strike_work(self, work):
        for _ in range(self._kills):
            self._strike_at_an_entry(work)

    def _strike_either(self, desk):
        for nth in range(self._kills):
            if nth % 2:
                self._strike_at_a_form(desk)
            else:
                self._strike_at_an_entry([desk])

    def _strike_at_a_form(self, pages):
        colleague, taken = self.colleague, len(self.colleague.said)
        age = self._chance.randrange(OLDEST)

        def is_old():
            return pages.pid and len(colleague.said) >= taken + age

        self._until(lambda: is_old() or self._answering.done(), lambda: "no form is handed in")
        # Waited for, not looked for: on a quiet machine a form is taken within 15 ms.
        while not (colleague.under_way.wait(0.05) or self._answering.done()):
            assert pages.pid
            assert not self._ceased.is_set(), "the test has ended"
        broken = colleague.broken
        time.sleep(self._chance.uniform(0, colleague.lasts))
        pages.kill()
        pages.start()
        self.struck.forms += colleague.broken > broken
        self._done += 1

    def _strike_at_an_entry(self, work):
        age = self._chance.randrange(OLDEST)

        def due():
            if self._answering.done() and not self.watch.unsent():
                return work
            held = self.watch.holders()
            return [one for one in work if one.pid in held and one.worked_on() >= age]

        victim = self._chance.choice(self._until(due, self.watch.unsent))
        time.sleep(self._chance.uniform(0, SENDING))
        pid = victim.pid
        victim.kill()
        self.struck.entries += pid in self.watch.holders()
        victim.start()
        self._done += 1


def answers_for(kills):
    """Return how many people must ask, so that there is enough to answer."""
    return AHEAD + ANSWERS_A_KILL * kills


def assert_once(fire, published):
    """Nothing is lost, nothing double: neither in the desk nor where it was published, nor in a composer."""
    said = fire.colleague.said
    assert sorted(text for _, text in fire.watch.entries()) == sorted(said)
    assert published == dict.fromkeys(said, 1)
    assert fire.watch.drafts() == []


def assert_struck(fire, forms, entries):
    """Kills that met nothing prove nothing: a fifth of those at forms must have met something.

    On a busy machine a form that lasted long once is soon over the next time: of ten, three were met.
    """
    assert fire.struck.forms > forms // 5, fire.struck
    assert fire.struck.entries > entries // 3, fire.struck
    # Of the entries met, those whose request had left: about every other one.
    assert fire.watch.looked_up() > entries // 5, fire.watch.states()
