"""What every archive reader is put through: exports torn and forged, and records that must be sound."""

from copy import deepcopy
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from twoway.core.coverage import Coverage

HOSTILE_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from([
        "", "\0", "\ud83d", "9" * 400, "-1", "١٢٣", "²", "@", "https://", "at://", "<p" * 50,
        "0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", 2**63, -(2**70),
        10**300, [], {}, [[]], [None], {"id": {}}, [{}], {"type": []}, "a" * 3000,
    ]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
)  # fmt: skip


@st.composite
def forged(draw: st.DrawFn, document: Any) -> Any:
    """A document of an export in which some values are of the wrong type, missing or doubled."""
    forgery = deepcopy(document)
    for _ in range(draw(st.integers(1, 4))):
        places = list(_places(forgery))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        match draw(st.sampled_from(["replace", "replace", "replace", "remove", "double"])):
            case "replace":
                holder[key] = deepcopy(draw(HOSTILE_VALUES))
            case "remove":
                del holder[key]
            case "double" if isinstance(holder, list):
                holder.insert(key, deepcopy(holder[key]))
    return forgery


def _places(value: Any) -> Any:
    keys = range(len(value)) if isinstance(value, list) else list(value)
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


def assert_sound(record: Any) -> None:
    """A record has the types it declares, text any table can hold, and numbers of 64 bits."""
    for name, declared in _hints(type(record)).items():
        value = getattr(record, name)
        assert _fits(value, declared), f"{type(record).__name__}.{name} = {value!r}"
    if isinstance(record, Coverage):
        assert record.begins <= record.ends
    for name in ("id", "author", "account", "post", "follower", "followed"):
        assert getattr(record, name, "x") != "", f"{type(record).__name__} with an empty {name}"


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _fits(value: Any, declared: Any) -> bool:
    origin, arguments = get_origin(declared), get_args(declared)
    if origin in (Union, UnionType):
        return any(_fits(value, one) for one in arguments)
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(item, arguments[0]) for item in value)
    if is_dataclass(declared) and type(value) is declared:
        assert_sound(value)
    if declared is str:
        return isinstance(value, str) and _is_storable(value)
    if declared is int:
        return type(value) is int and -(2**63) <= value < 2**63
    return value in arguments if origin is Literal else isinstance(value, declared)


def _is_storable(value: str) -> bool:
    return "\0" not in value and not any("\ud800" <= character <= "\udfff" for character in value)
