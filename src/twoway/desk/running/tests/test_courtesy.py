"""What goes on beside pages gives way to them, and is not held up for ever."""

import threading

import pytest
from django.db import connection

from twoway.desk import courtesy

pytestmark = pytest.mark.django_db


class Clock:
    """A time that passes by sleeping alone."""

    def __init__(self):
        self.now = 0.0
        self.rests = 0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds
        self.rests += 1


@pytest.fixture
def clock(monkeypatch):
    found = Clock()
    monkeypatch.setattr(courtesy, "time", found)
    return found


@pytest.fixture
def page():
    """Draw a page in another thread for as long as the test goes on."""
    drawn, over = threading.Event(), threading.Event()

    def draw():
        with courtesy.drawing():
            drawn.set()
            over.wait()

    thread = threading.Thread(target=draw)
    thread.start()
    drawn.wait()
    yield
    over.set()
    thread.join()


def ask(times):
    with connection.cursor() as cursor:
        for _ in range(times):
            cursor.execute("select 1")


def test_nobody_waits_nothing_rests(clock):
    with courtesy.giving_way():
        ask(3)
    assert clock.rests == 0


@pytest.mark.usefixtures("page")
def test_each_question_lets_a_page_go_first(clock):
    with courtesy.giving_way():
        ask(3)
    courtesy.rest()
    assert clock.rests == 4


@pytest.mark.usefixtures("page")
def test_patience_ends(clock):
    enough = round(courtesy.PATIENCE / courtesy.REST)
    with courtesy.giving_way():
        ask(2 * enough)
    assert clock.rests <= enough + 1


def test_a_page_does_not_wait_for_itself(clock):
    with courtesy.drawing(), courtesy.giving_way():
        ask(3)
    assert clock.rests == 0
