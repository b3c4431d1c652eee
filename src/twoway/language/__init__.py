"""What a post is: its language, its kinds, who signed it, what it is like. Offline, honest about doubt.

`read` is the only door for other rooms. Every reading is kept with `MODEL`; readings of different
models are never compared.
"""

from collections.abc import Iterable, Iterator

from twoway.core.readings import Reading
from twoway.language.rules import MODEL
from twoway.language.utterance import Utterance

__all__ = ["MODEL", "Utterance", "read"]


def read(utterances: Iterable[Utterance]) -> Iterator[Reading]:
    """Read posts, in their order; any text gives a valid reading, never an error."""
    from twoway.language.reader import read as read_all  # noqa: PLC0415 - the front door stays light

    return read_all(utterances)
