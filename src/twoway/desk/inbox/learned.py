"""Who reads for an organisation: the shipped model, or what the team made of it by its corrections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from twoway import language
from twoway.core.readings import Reading
from twoway.desk.inbox.readings import Read

if TYPE_CHECKING:
    from twoway.language.model.assessor import TrainedModel


@dataclass(frozen=True, slots=True)
class Reader:
    """Something that reads posts, and the name of its model, which stands in every reading."""

    read: Read
    model: str


_SHIPPED = Reader(language.read, language.MODEL)


def folder_of(organisation: int) -> Path:
    """Return where lies what an organisation taught; nothing where it taught nothing."""
    home: Path = settings.CONFIGURATION.home
    return home / "learned" / str(organisation)


def reader_of(organisation: int) -> Reader:
    """Return who reads for an organisation now; asked anew for each delivery."""
    # Most teach nothing: then not even the weights are loaded before the first post.
    if not folder_of(organisation).exists():
        return _SHIPPED
    model = model_of(organisation)
    return Reader(_reading_with(model), model.name)


def waits_for_a_lesson(organisation: int) -> bool:
    """Tell whether what an organisation taught must be learned anew: the shipped model is newer."""
    folder = folder_of(organisation)
    if not folder.exists():
        return False
    from twoway.language.learning import is_outdated  # noqa: PLC0415  loads NumPy, as below

    return is_outdated(folder)


def model_of(organisation: int) -> "TrainedModel":
    """Return the model that reads for an organisation."""
    from twoway.language.learning import current  # noqa: PLC0415  loads NumPy, which few pages need

    return current(folder_of(organisation))


def _reading_with(model: "TrainedModel") -> Read:
    def read(posts: Iterable[language.Utterance]) -> Iterator[Reading]:
        return language.read(posts, model)

    return read
