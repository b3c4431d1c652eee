"""Posts in, readings out: language, signature and likeness of each, and its kinds by the rules."""

from collections.abc import Iterable, Iterator

from twoway.core.readings import Kind, Reading
from twoway.language import likeness, signatures, tongue
from twoway.language.phrases import Hits, phrasebook
from twoway.language.rules import ours, theirs
from twoway.language.surface import Surface, bare, look, without_links
from twoway.language.utterance import Utterance

# "Hi Jonas": whom we answer is named there even where the network does not say the name.
_GREETED = 3


def read(utterances: Iterable[Utterance]) -> Iterator[Reading]:
    """Read posts one by one, in their order; any text gives a reading."""
    return map(_read, utterances)


def _read(utterance: Utterance) -> Reading:
    surface = look(utterance.text)
    language, certainty = tongue.detect(surface, utterance.language)
    hits = _find(surface, language)
    signature = signatures.find(surface.plain)
    unsigned = bare(without_links(signature.text))
    return Reading(
        theirs=_theirs(surface, hits, language, utterance),
        ours=_ours(surface, hits, language, utterance),
        language=language,
        language_certainty=certainty,
        signature=signature.who,
        text_key=likeness.text_key(utterance.text),
        bare_length=len(surface.bare),
        first_person=_first_person(surface, language),
        says_never_answer="never_answer" in hits,
        words=likeness.words(surface),
        bare_words=likeness.bare_words(unsigned, _names(unsigned, language, utterance)),
    )


def _assessed(language: str | None) -> str | None:
    """Return the phrasebook to use; an undetermined "ok, thanks" reads as English."""
    if language in tongue.ASSESSED:
        return language
    return None


def _find(surface: Surface, language: str | None) -> Hits:
    known = _assessed(language)
    if known:
        return phrasebook(known).find(surface.tokens)
    return {}


def _theirs(
    surface: Surface, hits: Hits, language: str | None, utterance: Utterance
) -> tuple[Kind, ...]:
    if not surface.bare:
        # A picture or a link alone may be a screenshot of what went wrong.
        alone = utterance.has_media or utterance.has_link or surface.plain.strip()
        return (Kind("unsure", 1.0, holds=True),) if alone else ()
    known = _assessed(language) or (None if surface.has_letters else "en")
    if known is None:
        return theirs.not_assessed(surface)
    return theirs.read(surface, hits, known, has_link=utterance.has_link)


def _ours(
    surface: Surface, hits: Hits, language: str | None, utterance: Utterance
) -> tuple[Kind, ...]:
    known = _assessed(language)
    if known is None:
        return ours.not_assessed(surface, has_poll=utterance.has_poll)
    return ours.read(surface, hits, known, is_reply=utterance.is_reply, has_poll=utterance.has_poll)


def _first_person(surface: Surface, language: str | None) -> bool:
    known = _assessed(language)
    if known is None:
        return False
    return not phrasebook(known).lists["first_person"].isdisjoint(surface.tokens)


def _names(unsigned: str, language: str | None, utterance: Utterance) -> tuple[str, ...]:
    """Return the names that likeness leaves out: known ones, and who is greeted."""
    known = _assessed(language)
    named = (utterance.author, *utterance.names)
    first = unsigned.split(maxsplit=_GREETED)[:_GREETED]
    if known is None or not first:
        return named
    greeting = phrasebook(known).lists["greeting"]
    if first[0].casefold().strip(",.!") not in greeting:
        return named
    return (*named, *(word for word in first[1:] if word[:1].isupper()))
