"""kill -9 of pages and workers while answers go out: none is lost, none goes out twice."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from twoway.desk.running.tests import outside
from twoway.desk.running.tests.killing import Fire, answers_for, assert_once, assert_struck

pytestmark = pytest.mark.slow

HANDS = 6
TEXT = "Behind the counter, second shelf. – Ana"
KILLS = [20, pytest.param(200, marks=pytest.mark.soak)]


@pytest.mark.parametrize("kills", KILLS)
def test_killed_pages_and_workers_send_everything_exactly_once(home, kills, record_property):
    with under_fire(home, kills, seed=7) as fire:
        fire.on_pages_and_work()
        judge(fire, home, record_property)
        assert_struck(fire, forms=kills, entries=kills)


# One process is the layout of the embedded database; beside PostgreSQL only the soak kills it.
@pytest.mark.parametrize("kills", KILLS[1:] if os.environ.get("TWOWAY_DATABASE") else KILLS)
def test_a_killed_desk_in_one_process_sends_everything_exactly_once(home, kills, record_property):
    with under_fire(home, kills, seed=8) as fire:
        fire.on_one_process()
        judge(fire, home, record_property)
        assert_struck(fire, forms=kills // 2, entries=kills // 2)


def under_fire(home, kills, seed):
    outside.ask(home, "prepare_asked", str(answers_for(kills)))
    return Fire(home, kills, seed)


def judge(fire, home, record_property):
    published = outside.ask(home, "published")
    record_property("exactly once", fire.tells(published))
    assert_once(fire, published)


def test_a_form_handed_in_many_times_at_once_is_one_answer(home):
    with (
        under_fire(home, kills=0, seed=9) as fire,
        fire.undisturbed() as talk,
        ThreadPoolExecutor(HANDS) as hands,
    ):
        taken = hands.map(fire.colleague.hand_in, [fire.colleague.fill_in(talk, TEXT)] * HANDS)
        assert {one.status_code for one in taken} == {303}
        assert [text for _, text in fire.watch.entries()] == [TEXT]
