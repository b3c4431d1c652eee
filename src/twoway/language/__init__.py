"""What a post is: its language, its kinds, who signed it, what it is like. Offline, honest about doubt.

`read` is the only door for other rooms. Every reading is kept with `MODEL`; readings of different
models are never compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from twoway.language.utterance import Utterance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twoway.core.readings import Reading
    from twoway.language.assessor import Assessor

__all__ = ["MODEL", "Utterance", "read"]

# Name and version of what reads by default: the shipped weights, and the rules beside them.
MODEL = "twoway-language 4"


def read(utterances: Iterable[Utterance], assessor: Assessor | None = None) -> Iterator[Reading]:
    """Read posts, in their order; any text gives a valid reading, never an error.

    Without `assessor` the shipped model decides on kinds and tone.
    """
    from twoway.language.model.assessor import shipped  # noqa: PLC0415 - NumPy loads with the first post
    from twoway.language.reader import read as read_all  # noqa: PLC0415 - the front door stays light

    return read_all(utterances, assessor or shipped())
