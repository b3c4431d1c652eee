"""A report beside an earlier one: differences with interval, or the reason why there is none."""

from dataclasses import replace

from twoway.audit.compare import STRANGERS, compare
from twoway.audit.report.tests import samples

QUARTER = 90 * samples.DAY


def earlier(**more):
    old = samples.share("reply_share", "Reply share", 100, 1100)
    account = samples.account(
        begins=samples.BEGINS - QUARTER, ends=samples.BEGINS - 1, measures=(old,)
    )
    return replace(samples.report(account), **more)


def changes(now, before):
    return {change.id: change for change in compare(now, before).accounts[0].changes}


def test_a_share_that_fell_is_told_with_its_interval():
    change = changes(samples.report(samples.account()), earlier())["reply_share"]
    assert change.comparable
    assert change.low < change.after - change.before < change.high < 0
    assert change.sentence == "Reply share fell from 9.1 % to 3.4 %, by 3.7 to 7.7 points."


def test_what_chance_could_do_is_called_so():
    figure = samples.share("reply_share", "Reply share", 9, 100)
    change = changes(samples.report(samples.account(measures=(figure,))), earlier())["reply_share"]
    assert change.sentence == "Reply share fell from 9.1 % to 9 %; chance alone could do that."


def test_another_model_is_marked():
    found = changes(samples.report(samples.account()), earlier(model="rules 0"))
    assert not found["reply_share"].comparable
    assert found["reply_share"].low is None
    assert "rules 0 then and by rules 1 now" in found["verdict"].sentence


def test_windows_that_overlap_are_marked():
    before = samples.report(
        samples.account(measures=(samples.share("reply_share", "Reply share", 100, 1100),))
    )
    found = changes(samples.report(samples.account()), before)
    assert not found["reply_share"].comparable
    assert "overlap" in found["verdict"].sentence


def test_an_account_the_earlier_report_lacks_stays_without_changes():
    made = compare(samples.report(samples.rival(1, talks=True)), earlier())
    assert made.accounts[0].changes == ()
    assert made.notes[-1] == STRANGERS


def test_figures_of_another_unit_or_without_value_are_left_out():
    assert set(changes(samples.report(samples.account()), earlier())) == {"verdict", "reply_share"}
