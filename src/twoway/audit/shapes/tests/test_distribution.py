"""What must hold for every distribution, checklist and balance."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.audit.shapes import balance, checklist, distribution

SAME_ENGINE = settings(max_examples=15, deadline=None)
AT = 1_767_225_600_000_000
CLASSES = ("offer", "launch", "information")


@SAME_ENGINE
@given(st.lists(st.sampled_from(CLASSES), max_size=40))
def test_classes_add_up(shaped, classes):
    rows = [("shop", part, n, AT, part == "offer", 0.5) for n, part in enumerate(classes)]
    figures = shaped.figures(distribution, rows, parts=("", *CLASSES))
    assert all(figure.n == len(classes) for figure in figures.values())
    assert sum(figures[part].hits for part in CLASSES) == len(classes)
    assert figures[""].hits == figures["offer"].hits == classes.count("offer")
    if len(classes) >= 5:
        assert sum(figures[part].value for part in CLASSES) == pytest.approx(1)


@pytest.mark.parametrize(("answers", "text", "hits", "n"), [
    ((), "unknown", 0, 0), (("unknown",), "unknown", 0, 0), (("no", "unknown"), "no", 0, 1),
    (("no", "yes", "no"), "yes", 1, 3),
])  # fmt: skip
def test_checklist(shaped, answers, text, hits, n):
    rows = [("shop", "hours", answer, "") for answer in answers]
    figure = shaped.figures(checklist, rows, parts=("hours",))["hours"]
    assert (figure.text, figure.hits, figure.n, figure.status) == (text, hits, n, "ok")


@SAME_ENGINE
@given(
    st.lists(
        st.tuples(st.sampled_from(["here", "it's"]), st.sampled_from(["received", "done"])),
        max_size=40,
    )
)
def test_balances_cancel_out(shaped, sides):
    rows = [("shop", network, n, AT, side) for n, (network, side) in enumerate(sides)]
    figure = shaped.figures(balance, rows, parts=("",), evidence=("theirs", "newest", ""))[""]
    assert figure.value is None
    if figure.status == "ok":
        assert sum(part.value for part in figure.parts) == pytest.approx(0)
        assert all(part.low <= part.value <= part.high for part in figure.parts)
    assert sum(len(part.evidence) for part in figure.parts) <= 10
