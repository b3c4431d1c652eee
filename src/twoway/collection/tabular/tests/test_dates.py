from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.collection.tabular.dates import NoDate, choose_form, microseconds

DUBLIN = ZoneInfo("Europe/Dublin")
# 10 October 2018, 20:19:24 UTC
THEN = 1_539_202_764_000_000


@pytest.mark.parametrize(
    "written",
    [
        "2018-10-10T20:19:24Z", "2018-10-10T20:19:24.000Z", "2018-10-10 20:19:24",
        "2018-10-10T22:19:24+02:00", "2018-10-10 20:19:24 UTC", "2018-10-10 16:19:24 EDT",
        "2018-10-10 20:19:24 (UTC)", "Wed Oct 10 20:19:24 +0000 2018",
        "Wed Oct 10 22:19:24 +0200 2018", "Wed Oct 10 13:19:24 PDT 2018",
        "Wed, 10 Oct 2018 20:19:24 GMT", "Wed, 10 Oct 2018 22:19:24 +0200", "20181010201924",
        "20181010T201924Z", "10 October 2018 20:19:24", "October 10, 2018 at 08:19:24PM",
        "1539202764", "1539202764000", "1539202764000000", "1539202764000000000",
        "1539202764.0", 1539202764, 1539202764.0, 1539202764000, 1539202764000000,
        datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC), datetime(2018, 10, 10, 20, 19, 24),  # noqa: DTZ001
        "  2018-10-10T20:19:24Z  ",
    ],
)  # fmt: skip
def test_dates_as_exports_write_them(written):
    assert choose_form([], UTC).read(written) == THEN


@pytest.mark.parametrize("written", ["2018-10-10", "20181010", date(2018, 10, 10)])
def test_a_day_is_its_first_moment(written):
    assert choose_form([], UTC).read(written) == THEN - (20 * 3600 + 19 * 60 + 24) * 1_000_000


@pytest.mark.parametrize(
    "written", ["2018-10-10 21:19:24", "10/10/2018 9:19:24 PM", "10 October 2018 21:19:24"]
)
def test_a_date_without_a_zone_is_of_the_zone_said(written):
    assert choose_form([], DUBLIN).read(written) == THEN


@pytest.mark.parametrize(
    "written",
    ["", "nan", "None", "soon", "2 days ago", "12", "0", 0, -5, True, None, float("nan"),
     float("inf"), [], {}, "31/31/2018", "2018-02-30", "9" * 40, "2999-01-01", 10**30, "\0",
     "1970-01-01", "Wed Foo 10 20:19:24 +0000 2018", "10/10/2018 25:00"],
)  # fmt: skip
def test_what_is_no_time_anybody_posted_at_is_told(written):
    with pytest.raises(NoDate):
        choose_form([], UTC).read(written)


@pytest.mark.parametrize(
    ("column", "is_day_first", "said"),
    [
        (["25/03/2016", "01/04/2016"], True, "day first"),
        (["03/25/2016", "04/01/2016"], False, "month first"),
        (["01/03/2016", "02/03/2016", "03/03/2016"], True, "day first, as the rows"),
        (["03/01/2016", "03/02/2016", "03/03/2016"], False, "month first, though"),
        (["2016-03-01"], False, ""),
    ],
)
def test_days_and_months_are_told_apart_by_the_column(column, is_day_first, said):
    form = choose_form(column, UTC)
    assert form.is_day_first is is_day_first
    assert form.said.startswith(said)


@given(
    st.datetimes(
        datetime(1972, 1, 1), datetime(2025, 12, 31),  # noqa: DTZ001
        timezones=st.builds(
            timezone, st.integers(-720, 720).map(lambda minutes: timedelta(minutes=minutes))
        ),
    ),
    st.sampled_from(["iso", "x", "mail", "seconds", "microseconds"]),
)  # fmt: skip
def test_every_form_gives_the_moment_back(at, form):
    at = at.replace(microsecond=0)
    written = {
        "iso": at.isoformat(),
        "x": at.strftime("%a %b %d %H:%M:%S %z %Y"),
        "mail": at.strftime("%a, %d %b %Y %H:%M:%S %z"),
        "seconds": str(microseconds(at, UTC) // 1_000_000),
        "microseconds": microseconds(at, UTC),
    }[form]
    small = microseconds(at, UTC) < 10**14 and form == "microseconds"
    assert small or choose_form([], UTC).read(written) == microseconds(at, UTC)


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40),
    st.from_regex(r"[0-9/:. TZ+-]{1,30}", fullmatch=True), st.lists(st.integers(), max_size=2),
)  # fmt: skip


@given(st.lists(ANYTHING, max_size=5))
def test_anything_else_is_no_date_but_never_an_error(values):
    form = choose_form(values, UTC)
    for value in values:
        try:
            assert 0 < form.read(value) <= form.latest
        except NoDate:
            continue
