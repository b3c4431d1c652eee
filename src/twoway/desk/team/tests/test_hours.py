"""A goal counts the minutes of a team's hours, in its own zone, without its holidays."""

from datetime import UTC, date, datetime

import pytest

from twoway.desk.clock import DAY, MINUTE, micros
from twoway.desk.team.hours import due_at
from twoway.desk.team.models import Holiday, Organisation, Team

pytestmark = pytest.mark.django_db

NINE_TO_FIVE = [[day, 9 * 60, 17 * 60] for day in range(5)]


def at(text):
    return micros(datetime.fromisoformat(text).replace(tzinfo=UTC))


@pytest.fixture
def team():
    organisation = Organisation.objects.create(name="Fern Museum", founded_at=0)
    return Team.objects.create(
        organisation=organisation, name="Desk", hours=NINE_TO_FIVE, answer_within=120,
        time_zone="Europe/Berlin",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-11-18 09:00", "2026-11-18 11:00"),  # ten in the morning there
        ("2026-11-18 15:30", "2026-11-19 09:30"),  # half an hour before closing
        ("2026-11-18 03:00", "2026-11-18 10:00"),  # before they come
        ("2026-11-20 20:00", "2026-11-23 10:00"),  # Friday night
    ],
)
def test_it_counts_only_hours(team, since, due):
    assert due_at(team, at(since)) == at(due)


def test_a_holiday_does_not_count(team):
    Holiday.objects.create(organisation=team.organisation, team=team, day=date(2026, 11, 19))
    assert due_at(team, at("2026-11-18 15:30")) == at("2026-11-20 09:30")


def test_a_day_of_summer_time_has_its_hours_too(team):
    team.hours = [[6, 0, 24 * 60]]
    team.answer_within = 24 * 60
    # The last Sunday of October has 25 hours, of which the wall clock counts 24.
    assert due_at(team, at("2026-10-24 22:00")) == at("2026-10-25 23:00") - 60 * MINUTE


def test_without_hours_a_team_is_always_there(team):
    team.hours = []
    assert due_at(team, 5 * DAY) == 5 * DAY + 120 * MINUTE


def test_without_a_goal_nothing_is_due(team):
    team.answer_within = None
    assert due_at(team, 0) is None
    assert due_at(None, 0) is None


def test_a_goal_that_no_hours_can_hold_is_none(team):
    team.hours = [[0, 540, 541]]
    team.answer_within = 10_000
    assert due_at(team, at("2026-11-18 09:00")) is None
