"""Many values as one parameter of PostgreSQL, written here rather than value by value in the driver."""

from collections.abc import Collection


def array(values: Collection[int] | Collection[str]) -> str:
    """Write whole numbers or words as PostgreSQL reads an array.

    The driver asks of each value how it is written: a tenth of the time of taking in a delivery.
    The statement says of what type the values are, or the column that they are compared with.
    """
    if all(isinstance(value, int) for value in values):
        return f"{{{','.join(map(str, values))}}}"
    words = [str(word).replace("\\", "\\\\").replace('"', '\\"') for word in values]
    return '{"' + '","'.join(words) + '"}'
