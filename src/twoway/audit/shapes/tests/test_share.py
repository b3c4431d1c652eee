"""What must hold for every share."""

from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.audit.shapes import share

ROWS = st.lists(
    st.tuples(st.booleans(), st.sampled_from([True, False, None])), min_size=0, max_size=40
)
# one engine for all examples: the tables are replaced, nothing is left over
SAME_ENGINE = settings(max_examples=15, deadline=None)


@SAME_ENGINE
@given(ROWS)
def test_interval_and_bound_hold_the_share(shaped, rows):
    figure = shaped.figure(share, rows)
    counted = [hit for hit, sure in rows if sure is not False]
    assert (figure.n, figure.hits) == (len(counted), sum(counted))
    if figure.status == "ok":
        assert figure.value == sum(counted) / len(counted)
        assert 0 <= figure.low <= figure.value <= figure.high <= 1
        assert figure.bound is None or figure.bound[0] <= figure.value <= figure.bound[1]
        assert (figure.bound is None) == all(
            sure or (sure is None and not hit) for hit, sure in rows
        )
    else:
        assert len(counted) < 5
        assert figure.value is None


@SAME_ENGINE
@given(ROWS, st.randoms())
def test_order_of_rows_does_not_matter(shaped, rows, random):
    placed = [(n, 1_767_225_600_000_000 + n % 7, hit, sure) for n, (hit, sure) in enumerate(rows)]
    one = shaped.figure(share, placed, evidence=("misses", "oldest", ""))
    random.shuffle(placed)
    assert shaped.figure(share, placed, evidence=("misses", "oldest", "")) == one


def test_five_posts_are_shown_ties_by_post(shaped):
    same_time = 1_767_225_600_000_000
    figure = shaped.figure(
        share,
        [(post, same_time, False, True) for post in (9, 3, 7, 1, 8, 5)],
        evidence=("misses", "newest", "so"),
    )
    assert [shown.post for shown in figure.evidence] == [1, 3, 5, 7, 8]
    assert figure.evidence[0].note == "so"


def test_rows_outside_the_calendar_count_in_no_month(shaped):
    figure = shaped.figure(share, [(n, 5, True, True) for n in range(5)])
    assert (figure.value, figure.series) == (1, ())
