"""Charts: everything inside the line, doubt drawn, the unanswered as open ends, never without n."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.audit.findings import Figure
from twoway.audit.report.charts import beside, charts, trends, waiting
from twoway.audit.report.scales import fit
from twoway.audit.report.sentences import told as say
from twoway.audit.report.tests import samples

UNITS = ("share", "minutes", "points", "odds", "score", "count", "ratio")


def _figure(unit, values, n):
    low, value, high = sorted(abs(one) + 0.01 if unit == "odds" else one for one in values)
    return Figure(id="x", name="X", unit=unit, low=low, value=value, high=high, n=n)


figures = st.builds(
    _figure,
    st.sampled_from(UNITS),
    st.lists(st.floats(-1e7, 1e7, allow_nan=False), min_size=3, max_size=3),
    st.integers(5, 10**9),
)


@given(figures)
def test_nothing_leaves_the_line(figure):
    for chart in charts(figure):
        for row in chart.rows:
            for ends in (row.bar, row.reach, row.zone, row.doubt):
                assert ends is None or 0 <= ends[0] <= ends[1] <= 100
        places = [at for at, _ in chart.marks]
        assert places == sorted(places)
        assert all(0 <= at <= 100 for at in places)


@given(figures)
def test_more_stands_further_right(figure):
    scale = fit([figure])
    assert scale.at(figure.low) <= scale.at(figure.value) <= scale.at(figure.high)


def test_shares_begin_at_zero_and_carry_n_and_interval():
    (chart,) = charts(samples.share("reply_share", "Reply share", 41, 1204))
    (row,) = chart.rows
    assert row.bar[0] == 0
    assert row.reach[0] < row.at < row.reach[1]
    assert (row.words, row.n) == ("3.4 %", "41 of 1,204")
    assert "95 % interval 2.5 to 4.6 %" in chart.summary


def test_the_limits_of_a_band_become_ticks():
    (chart,) = charts(
        samples.share("reply_share", "Reply share", 41, 1204), limits=(0.05, 0.2, 0.5)
    )
    assert [label for _, label in chart.marks] == ["0", "5 %", "20 %", "50 %"]


def test_a_time_that_was_not_reached_is_an_open_end():
    figure = next(f for f in samples.measures() if f.id == "first_response_time")
    (chart,) = charts(figure)
    first, *_, last = chart.rows
    assert first.opens is not None
    assert first.at is None
    assert last.opens is None
    assert len(chart.rows) == 4


def test_who_still_waits_is_a_line_without_end():
    figure = next(f for f in samples.measures() if f.id == "left_unanswered")
    chart = waiting(figure, samples.BEGINS, samples.ENDS)
    assert chart.rows[0].label == "@mira.holt"
    assert all(row.opens is not None and row.at is None for row in chart.rows)
    assert waiting(replace(figure, evidence=()), samples.BEGINS, samples.ENDS) is None


def test_what_is_unknown_has_a_row_and_no_mark():
    figure = next(f for f in samples.measures() if f.id == "core_voices")
    row = next(row for chart in charts(figure) for row in chart.rows if "newcomers" in row.label)
    assert (row.at, row.bar, row.words) == (None, None, "too little data")


def test_odds_that_chance_explains_are_called_so():
    figure = next(f for f in samples.measures() if f.id == "response_equity")
    (chart,) = charts(figure)
    assert [row.words for row in chart.rows] == [
        "3.1 times as likely", "no clear difference", "no clear difference", "4.8 times less likely",
    ]  # fmt: skip


def test_accounts_stand_beside_each_other_highest_first():
    shares = {
        "@a": samples.share("x", "X", 1, 10),
        "@b": samples.share("x", "X", 9, 10),
        "@c": samples.share("x", "X", 1, 3),
    }
    chart = beside("X", shares, "@a")
    assert [(row.label, row.is_main) for row in chart.rows] == [("@b", False), ("@a", True)]


@pytest.mark.parametrize("figure", samples.measures(), ids=lambda figure: figure.id)
def test_every_figure_has_a_sentence(figure):
    sentence = say(figure)
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0].isdigit()


@pytest.mark.parametrize(
    ("hits", "said"),
    [(0, "None of 50 posts answers anyone."), (1, "1 of 50 posts answers anyone."), (50, "All 50 posts answer anyone.")],
)  # fmt: skip
def test_sentences_agree_in_number(hits, said):
    assert say(samples.share("reply_share", "Reply share", hits, 50)) == said


def test_a_measure_without_words_of_its_own_is_told_by_name_and_value():
    assert say(samples.share("kindness", "Kindness", 3, 50)) == "Kindness: 6 % (3 of 50)."


def test_months_without_a_value_leave_a_gap():
    share, time = trends(samples.trend())
    assert (len(share.points), len(share.lines)) == (7, 6)
    assert (len(time.points), len(time.lines)) == (6, 4)
    assert (share.points[0][0], share.points[-1][0]) == (0, 100)
    assert (share.first, share.last) == ("September 2025: 2 %", "March 2026: 9 %")
    assert all(0 <= y <= 100 for _, y, _ in time.points)
