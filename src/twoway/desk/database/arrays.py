"""Many values as one parameter of PostgreSQL, written here rather than value by value in the driver."""

from collections.abc import Collection

import msgspec

_ENCODE = msgspec.json.Encoder().encode


def array(values: Collection[int] | Collection[str]) -> str:
    """Write whole numbers or words as PostgreSQL reads an array.

    The driver asks of each value how it is written: a tenth of the time of taking in a delivery.
    The statement says of what type the values are, or the column that they are compared with.
    """
    try:
        joined = '","'.join(values)  # type: ignore[arg-type]  of numbers it says so
    except TypeError:
        return f"{{{_ENCODE([*values]).decode()[1:-1]}}}"
    if joined.count('"') > 2 * max(0, len(values) - 1) or "\\" in joined:
        joined = '","'.join([_escaped(word) for word in values])
    return f'{{"{joined}"}}' if values else "{}"


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace('"', '\\"')
