"""Posts in, readings out: language, kinds, signature and likeness of each."""

from collections.abc import Iterable, Iterator
from itertools import islice

from twoway.core.readings import Reading
from twoway.language import likeness, signatures, tongue, urgency
from twoway.language.addressee import addressee
from twoway.language.assessor import Assessment, Assessor, Heard
from twoway.language.phrases import phrasebook
from twoway.language.rules import ours
from twoway.language.surface import bare, look, without_links
from twoway.language.utterance import Utterance

# Large enough that NumPy's overhead vanishes, small enough to stay in the processor's cache.
BATCH = 256
# "Hi Jonas": whom we answer is named there even where the network does not say the name.
_GREETED = 3


def read(utterances: Iterable[Utterance], assessor: Assessor) -> Iterator[Reading]:
    """Read posts in batches, in their order; any text gives a reading."""
    source = iter(utterances)
    while batch := list(islice(source, BATCH)):
        certain = [hear(utterance) for utterance in batch]
        heard = [one for one, _ in certain]
        for (one, certainty), assessed in zip(certain, assessor.assess(heard), strict=True):
            yield _reading(one, certainty, assessed)


def hear(utterance: Utterance) -> tuple[Heard, float]:
    """Return what an assessor is given of `utterance`, and how certain its language is."""
    surface = look(utterance.text)
    language, certainty = tongue.detect(surface, utterance.language)
    hits = phrasebook(language).find(surface.tokens) if language in tongue.KNOWN else {}
    return Heard(utterance, surface, language, hits), certainty


def _reading(one: Heard, certainty: float, assessed: Assessment) -> Reading:
    signature = signatures.find(one.surface.plain)
    unsigned = bare(without_links(signature.text))
    never = "never_answer" in one.hits
    return Reading(
        theirs=assessed.theirs,
        ours=ours.read(one) if assessed.ours is None else assessed.ours,
        language=one.language,
        language_certainty=certainty,
        tone=assessed.tone,
        urgency=_urgency(one, assessed, says_never_answer=never),
        signature=signature.who,
        text_key=likeness.text_key(one.utterance.text),
        bare_length=len(one.surface.bare),
        first_person=_first_person(one),
        says_never_answer=never,
        words=likeness.words(one.surface),
        bare_words=likeness.bare_words(unsigned, _names(unsigned, one)),
        addressee=addressee(one, assessed.theirs),
    )


def _urgency(one: Heard, assessed: Assessment, *, says_never_answer: bool) -> float | None:
    if one.language is None or one.language not in tongue.KNOWN:
        return None
    return urgency.urgency(
        one.surface.tokens, one.language, assessed.theirs, says_never_answer=says_never_answer
    )


def _first_person(one: Heard) -> bool:
    if one.language is None or one.language not in tongue.KNOWN:
        return False
    return not phrasebook(one.language).lists["first_person"].isdisjoint(one.surface.tokens)


def _names(unsigned: str, one: Heard) -> tuple[str, ...]:
    """Return the names that likeness leaves out: known ones, and who is greeted."""
    named = (one.utterance.author, *one.utterance.names)
    first = unsigned.split(maxsplit=_GREETED)[:_GREETED]
    if one.language is None or one.language not in tongue.KNOWN or not first:
        return named
    if first[0].casefold().strip(",.!") not in phrasebook(one.language).lists["greeting"]:
        return named
    return (*named, *(word for word in first[1:] if word[:1].isupper()))
