"""Who is away is told: a digest in the morning, a warning before an answer is late, each once."""

from datetime import UTC, datetime

import pytest
from django.core import mail as outgoing

from twoway.desk.clock import HOUR, MINUTE, micros, now
from twoway.desk.outbox.tests.conftest import Desk
from twoway.desk.running import telling
from twoway.desk.team.models import Team, Teammate

EIGHT_IN_BERLIN = micros(datetime(2026, 11, 23, 7, 20, tzinfo=UTC))


@pytest.fixture
def desk(db, tmp_path):  # noqa: ARG001  the database must be there
    return Desk(tmp_path)


@pytest.fixture
def at(monkeypatch):
    def set_to(moment):
        monkeypatch.setattr(telling, "now", lambda: moment)

    return set_to


def test_a_digest_goes_out_in_the_morning_of_each_and_once(desk, at):
    assert desk.waiting() is not None
    Teammate.objects.update(time_zone="Europe/Berlin")
    at(EIGHT_IN_BERLIN - HOUR)
    assert telling.send_digests() == 0
    at(EIGHT_IN_BERLIN)
    assert telling.send_digests() == 3
    assert telling.send_digests() == 0
    body = outgoing.outbox[0].body
    assert "wait for us" in body
    assert "http://127.0.0.1:8765/conversation/" in body


def test_who_wants_none_or_is_here_gets_none(desk, at):
    Teammate.objects.update(time_zone="Europe/Berlin")
    Teammate.objects.filter(pk=desk.ana.pk).update(wants_digest=False)
    Teammate.objects.filter(pk=desk.omar.pk).update(seen_at=EIGHT_IN_BERLIN - MINUTE)
    at(EIGHT_IN_BERLIN)
    assert telling.send_digests() == 1


def test_a_digest_speaks_the_language_of_its_reader(desk):
    desk.ana.language = "de"
    english = telling.digest(desk.omar)
    german = telling.digest(desk.ana)
    assert german != english


def test_a_warning_comes_before_the_goal_is_missed_and_once(desk):
    Team.objects.create(
        organisation=desk.organisation, name="Desk", answer_within=60, warn_before=30
    )
    told = telling.warn()
    assert told > 0
    assert telling.warn() == 0
    assert {letter.to[0] for letter in outgoing.outbox} == {
        "ana@larkway.example",
        "ines@larkway.example",
    }


def test_a_warning_goes_to_whose_it_is(desk):
    Team.objects.create(
        organisation=desk.organisation, name="Desk", answer_within=60, warn_before=30
    )
    talk = desk.waiting()
    type(talk).objects.exclude(pk=talk.pk).update(box=6)
    type(talk).objects.filter(pk=talk.pk).update(assignee=desk.ana)
    assert telling.warn() == 1
    assert outgoing.outbox[0].to == ["ana@larkway.example"]


def test_without_a_goal_nobody_is_warned(desk):
    assert desk.waiting() is not None
    assert telling.warn() == 0


def test_a_goal_far_off_warns_nobody(desk):
    Team.objects.create(
        organisation=desk.organisation, name="Desk", answer_within=60 * 24 * 365, warn_before=30
    )
    assert telling.warn() == 0
    assert now() > 0
