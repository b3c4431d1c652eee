"""The book of cases: the pure rule and the rule over tables agree with every one."""

from pathlib import Path

import pytest

import book

BOOKS = ("conversations.json", "doubts.json", "clauses.json", "situations.json")
CONVERSATIONS = [case for name in BOOKS for case in book.read(Path(__file__).parent / name)]


@pytest.mark.parametrize("case", CONVERSATIONS, ids=lambda case: case["id"])
def test_pure_rule_agrees(case):
    found = book.judge_of("one", [case])([case])[0]
    assert not book.differences(case["expect"], found), case["says"]


@pytest.fixture(scope="module")
def found_by_tables():
    judged = book.judge_of("many", CONVERSATIONS)(CONVERSATIONS)
    return {case["id"]: found for case, found in zip(CONVERSATIONS, judged, strict=True)}


@pytest.mark.parametrize("case", CONVERSATIONS, ids=lambda case: case["id"])
def test_table_rule_agrees(case, found_by_tables):
    assert not book.differences(case["expect"], found_by_tables[case["id"]]), case["says"]


def test_differences_are_told_readably():
    case = CONVERSATIONS[0]
    wrong = {**case["expect"], "community": ["somebody"]}
    assert book.differences(wrong, case["expect"]) == ['community: expected "somebody"']


def test_command_counts_and_exits_by_disagreement(tmp_path, capsys):
    path = tmp_path / "one-wrong.json"
    case = dict(CONVERSATIONS[0])
    case["expect"] = {**case["expect"], "intervals": []}
    path.write_text(book.json.dumps([case, CONVERSATIONS[1]]), encoding="utf-8")
    assert book.main([str(path)]) == 1
    printed = capsys.readouterr().out
    assert case["id"] in printed
    assert printed.endswith("1 agree, 1 differ\n")


@pytest.mark.parametrize("content", ["", "{", "{}", '["a"]', '[{"says": "no id"}]'])
def test_a_file_that_is_no_book_is_refused_with_its_name(tmp_path, capsys, content):
    path = tmp_path / "torn.json"
    path.write_text(content, encoding="utf-8")
    assert book.main([str(path)]) == 2
    assert str(path) in capsys.readouterr().err
