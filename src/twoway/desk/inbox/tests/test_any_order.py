"""Deliveries in any order and repetition give the turns that the pure rule gives to all at once."""

import os
from pathlib import Path
from random import Random

import pytest

import book
import generated
import one
from twoway.desk.inbox import counts
from twoway.desk.inbox.ingest import receive
from twoway.desk.inbox.tests import book_delivered as delivered
from twoway.desk.inbox.turning import scope

pytestmark = pytest.mark.django_db

CASES = Path(book.__file__).parent
BOOK = [case for name in ("conversations.json", "doubts.json") for case in book.read(CASES / name)]
CLAUSES = [case for name in ("clauses.json", "situations.json") for case in book.read(CASES / name)]


def deliver(case, random, channels):
    """Hand over everything in some order, some of it twice, cut into deliveries somewhere."""
    records = delivered.records(case)
    records += random.sample(records, k=len(records) // 3)
    random.shuffle(records)
    while records:
        cut = random.randint(1, 6)
        some, records = records[:cut], records[cut:]
        receive(random.choice(channels), some, delivered.read, now=one.situation(case).now)


def check(case, seed):
    channels = delivered.world(case)
    deliver(case, Random(seed), channels)
    delivered.decide(case, channels[0])
    assert delivered.state(channels[0].organisation) == delivered.expected(case), (case, seed)
    assert counts.recount(channels[0].organisation_id) == 0


@pytest.mark.parametrize(
    ("number", "case"), list(enumerate(BOOK)), ids=[case["id"] for case in BOOK]
)
def test_the_book_of_cases(number, case, monkeypatch):
    """Threads are loaded whole in one half of the book, by choice in the other."""
    monkeypatch.setattr(scope, "WHOLE", (scope.WHOLE, 0)[number % 2])
    check(case, case["id"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "case"), list(enumerate(BOOK)), ids=[case["id"] for case in BOOK]
)
def test_the_book_of_cases_the_other_way_round(number, case, monkeypatch):
    monkeypatch.setattr(scope, "WHOLE", (0, scope.WHOLE)[number % 2])
    check(case, f"other {case['id']}")


@pytest.mark.slow
@pytest.mark.parametrize("case", CLAUSES, ids=[case["id"] for case in CLAUSES])
def test_the_clauses(case, monkeypatch):
    """The pure rule judges them every day; what the desk loads for it is the same as for the book."""
    monkeypatch.setattr(scope, "WHOLE", len(case["id"]) % 2 * scope.WHOLE)
    check(case, case["id"])


def test_generated_cases(monkeypatch):
    for seed in range(30):
        generate_and_check(seed, monkeypatch)


# Beside SQLite the rule is tried; beside PostgreSQL only how it is stored, which a tenth shows.
@pytest.mark.slow
@pytest.mark.parametrize("century", range(1, 2 if os.environ.get("TWOWAY_DATABASE") else 11))
def test_a_thousand_generated_cases(century, monkeypatch):
    for seed in range(100 * century, 100 * century + 100):
        generate_and_check(seed, monkeypatch)


def generate_and_check(seed, monkeypatch):
    random = Random(f"desk {seed}")
    monkeypatch.setattr(scope, "WHOLE", random.choice([40, 3, 0]))
    case = generated.case(random, random.randint(3, 14))
    if not delivered.answers_a_share(case):
        check(case, seed)
