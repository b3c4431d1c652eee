"""What is called assessed reached 0.70 on both sets of labelled posts; of the rest nothing is said for sure."""

from statistics import mean

import pytest

from twoway.language import Utterance, assessed, labelled, read
from twoway.language.evaluation import Labelled, assess, evaluate
from twoway.language.model.assessor import shipped, tone_of
from twoway.language.model.kinds import KINDS
from twoway.language.tongue import KNOWN

SETS = {"first": "held out", "second": None}
# From here on a tone is named.
MOOD = 0.3


def _tone_f1(rows):
    posts = [Labelled(row["text"], frozenset(row["kinds"]), row["language"]) for row in rows]
    tones = [tone_of(one.chances) if one.likely else 0.0 for one in assess(shipped(), posts)]
    said = [(tone >= MOOD) - (tone <= -MOOD) for tone in tones]
    true = [row["tone"] for row in rows]

    def f1(value):
        hits = sum(a == b == value for a, b in zip(said, true, strict=True))
        return 2 * hits / max(1, said.count(value) + true.count(value))

    return mean(map(f1, (-1, 0, 1)))


def _rows(name, language):
    return [row for row in labelled.rows(name, SETS[name]) if row["language"] == language]


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("language", KNOWN)
def test_kinds_are_told_well_where_they_are_assessed(language, name):
    if not assessed.is_assessed(language, "kind"):
        pytest.skip("not assessed")
    posts = [
        Labelled(row["text"], frozenset(row["kinds"]), language) for row in _rows(name, language)
    ]
    assert evaluate(shipped(), posts, KINDS).macro_f1 >= assessed.LEAST_F1


@pytest.mark.parametrize("language", KNOWN)
def test_a_tone_is_told_where_it_is_assessed_and_nowhere_else(language):
    reached = min(_tone_f1(_rows(name, language)) for name in SETS)
    assert assessed.is_assessed(language, "tone") == (reached >= assessed.LEAST_F1)
    (reading,) = read([Utterance(text="ok 12 ok", language=language)])
    assert (reading.tone is not None) == assessed.is_assessed(reading.language, "tone")


def test_other_languages_are_not_assessed():
    (reading,) = read([Utterance(text="Kdy jste byli v knihovně?", language="cs")])
    assert reading.tone is None
    assert {kind.name for kind in reading.theirs if kind.holds} == {"unsure"}
