import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.collection.tabular.cells import (
    Damaged,
    is_empty,
    read_count,
    read_flag,
    read_id,
    read_list,
    read_pointer,
)  # fmt: skip

LONG = "1234567890123456789"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (LONG, LONG), (int(LONG), LONG), ("3.0", "3"), (3.0, "3"), (" a ", "a"),
        ("1e5", "1e5"), ("t1_abc", "t1_abc"), ("at://did:plc:x/p/1", "at://did:plc:x/p/1"),
        ("", None), ("nan", None), (None, None), (float("nan"), None), (True, None), ([1], None),
        ("None", None),
    ],
)  # fmt: skip
def test_ids_keep_every_digit(cell, expected):
    assert read_id(cell) == expected


@pytest.mark.parametrize("cell", ["1.23457E+18", "1e+18", 1.234567890123456789e18])
def test_a_rounded_id_is_damaged(cell):
    with pytest.raises(Damaged):
        read_id(cell)
    assert read_pointer(cell) is None


@pytest.mark.parametrize("cell", [0, 0.0, "0", "0.0", "-1", "", None])
def test_pointers_to_nothing(cell):
    assert read_pointer(cell) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(3, 3), ("3", 3), ("3.0", 3), (3.0, 3), ("1,234", 1234), ("1 234", None), (0, 0),
     (-1, None), ("many", None), (None, None), (2.5, None), (float("inf"), None), (2**70, None)],
)  # fmt: skip
def test_counts(cell, expected):
    assert read_count(cell) == expected


@pytest.mark.parametrize("cell", [True, 1, "true", "True", "TRUE", "yes", "1", "t", 1.0])
def test_yes(cell):
    assert read_flag(cell)


@pytest.mark.parametrize("cell", [False, 0, "false", "no", "", None, "nan", float("nan"), []])
def test_no(cell):
    assert not read_flag(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (["a", "", None], ["a"]), ('["a", "b"]', ["a", "b"]), ("['a', 'b']", ["a", "b"]),
        ("a, b", ["a", "b"]), ("a;b", ["a", "b"]), ("a b", ["a", "b"]), ("[]", []), ("", []),
        (None, []), ("[broken", []), ('{"id": 1}', [{"id": 1}]), ({"id": 1}, [{"id": 1}]),
        ("https://a.example/x,y", ["https://a.example/x,y"]), (5, []),
    ],
)  # fmt: skip
def test_lists_as_tools_write_them(cell, expected):
    assert read_list(cell) == expected


JSONLIKE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(JSONLIKE)
def test_no_cell_breaks_a_reader(cell):
    assert is_empty(cell) in (True, False)
    assert isinstance(read_flag(cell), bool)
    assert isinstance(read_list(cell), list)
    assert read_count(cell) is None or read_count(cell) >= 0
    assert read_pointer(cell) is None or isinstance(read_pointer(cell), str)
