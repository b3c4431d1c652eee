"""The book of verdict cases, judged by hand before the rule was written: every one must agree."""

from pathlib import Path

import pytest

import book
import verdicts

CASES = book.read(Path(__file__).with_name("verdicts.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_rule_agrees_with_the_book(case):
    found = verdicts.judge(case)
    assert not book.differences(case["expect"], found), case["expect"]["because"]
    assert found["rule"] == case["expect"]["because"].split(":")[0]
