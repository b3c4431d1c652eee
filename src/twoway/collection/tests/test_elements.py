"""Lists in JSON are handed over element by element, whatever they look like."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.collection import elements as module
from twoway.collection.elements import Element, elements, ends_early
from twoway.collection.errors import Unreadable
from twoway.collection.records import Rejected
from twoway.collection.source import Source

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def split(tmp_path):
    def run(content: str | bytes, key: str | None = None, **caps):
        path = tmp_path / "list.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with Source(path) as source:
            return list(elements(source, "list.json", key, **caps))

    return run


@pytest.fixture(scope="module")
def any_file(tmp_path_factory):
    return tmp_path_factory.mktemp("lists") / "list.json"


def values(found):
    return [element.value for element in found if isinstance(element, Element)]


def reasons(found):
    return [row.reason for row in found if isinstance(row, Rejected)]


@given(st.lists(JSON), st.sampled_from([None, 1]), st.booleans(), st.integers(1, 40))
def test_every_list_comes_out_as_it_went_in(any_file, items, indent, is_keyed, chunk):
    before = {'a"]}\\': [[], {"items": [1]}], "b": "],", "items": items, "c": 1}
    content = json.dumps(before if is_keyed else items, indent=indent)
    any_file.write_text(content, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, Source(any_file) as source:
        patch.setattr(module, "_CHUNK", chunk)
        found = list(elements(source, "list.json", "items" if is_keyed else None))
    assert [element.value for element in found] == items


@given(st.binary(max_size=200), st.sampled_from([None, "items"]))
def test_no_bytes_make_a_traceback(any_file, content, key):
    any_file.write_bytes(content)
    with contextlib.suppress(Unreadable), Source(any_file) as source:  # some are broken zips
        for found in elements(source, "list.json", key):
            assert isinstance(found, Element | Rejected)


@given(st.lists(JSON, min_size=1), st.data())
def test_a_torn_list_gives_all_before_the_tear_and_says_so(any_file, items, data):
    whole = json.dumps(items).encode()
    any_file.write_bytes(whole[: data.draw(st.integers(1, len(whole) - 1))])
    with Source(any_file) as source:
        *before, last = elements(source, "list.json")
    assert values(before) == items[: len(before)]
    assert ends_early(last)


def test_an_assignment_before_the_list_is_jumped_over(split):
    assert values(split('window.YTD.like.part0 = [ {"a" : 1}, {"a" : 2} ]')) == [{"a": 1}, {"a": 2}]


def test_lines_are_those_of_the_file(split):
    found = split('x = [\n  {"a": 1},\n\n  {"a":\n 2},\n {"a": 3} ]')
    assert [element.line for element in found] == [2, 4, 6]


def test_a_broken_element_is_kept_aside_and_the_rest_goes_on(split):
    found = split('[{"a": 1}, {"a": nonsense}, {"a": 3}]')
    assert values(found) == [{"a": 1}, {"a": 3}]
    assert "no valid JSON" in reasons(found)[0]
    assert found[1].raw == '{"a": nonsense}'


def test_half_an_emoji_does_not_cost_the_record(split):
    assert values(split('[{"a": "\\ud83d"}]')) == [{"a": "\ud83d"}]


@pytest.mark.parametrize("content", ["", "  \n", "window.YTD.like.part0 = [ ]", "[]"])
def test_an_empty_file_is_no_fault(split, content):
    assert split(content) == []


@pytest.mark.parametrize("content", ['{"other": [1]}', "{}", "[1]", '{"items": {"a": [1]}}', "x"])
def test_a_missing_list_is_told(split, content):
    assert reasons(split(content, "items")) == ['holds no list "items"']


def test_an_element_above_the_cap_is_told_and_the_next_one_found(split, monkeypatch):
    monkeypatch.setattr(module, "_CHUNK", 64)
    long = {"a": [{"b": "x" * 20}] * 40}
    found = split(json.dumps([1, long, {"c": 3}]), longest=200)
    assert values(found) == [1, {"c": 3}]
    assert reasons(found) == ["too long for one record"]


def test_an_endless_text_ends_the_list_with_a_reason(split, monkeypatch):
    monkeypatch.setattr(module, "_CHUNK", 64)
    found = split('[1, {"a": "' + "x" * 1000, longest=200)
    assert values(found) == [1]
    assert "longer than 200 bytes" in reasons(found)[0]


def test_nesting_as_deep_as_the_file_is_a_broken_element(split):
    found = split("[" + "[" * 100_000 + "]" * 100_000 + ", 7]")
    assert values(found) == [7]
    assert len(reasons(found)) == 1
