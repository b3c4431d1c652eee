"""A team's corrections: learned, measured first, reversible, and forgotten with a person."""

import pytest

from twoway.language import learning
from twoway.language.learning import FEWEST, Correction, current, forget, learn, report, revert
from twoway.language.model.assessor import shipped

pytestmark = pytest.mark.slow

# A harbour whose ships report to it in words of their own.
_SHIPS = ("Albatros", "Bernhard", "Cormoran", "Delphin", "Esperance", "Falke", "Gaviota", "Hecht")
_REPORTS = (
    "berth {n} for {s}",
    "{s} alongside {n} for the night",
    "water at {n}, {s}",
    "shore power {n} {s}",
)
_LOGS = (
    "{s} sighted off {n}",
    "{s} past buoy {n}",
    "wind {n} says {s}",
    "{s} under sail, {n} knots",
)
_PRAISES = ("{s} three cheers at {n}", "{s} dips the flag to {n}", "{s} sounds the horn for {n}")


def _corrections(count):
    for number in range(count):
        kind, lines = (("request", _REPORTS), ("statement", _LOGS), ("praise", _PRAISES))[
            number % 3
        ]
        text = lines[number // 3 % len(lines)].format(s=_SHIPS[number // 9 % 8], n=number % 12)
        yield Correction(number, number % 10, text, (kind,), "en", is_confirmed=number % 3 == 1)


def test_corrections_improve_the_own_and_spare_the_base(tmp_path):
    outcome = learn(tmp_path, _corrections(180))
    assert outcome.is_accepted, outcome
    assert outcome.local_after > outcome.local_before + 0.05
    assert outcome.base_after >= outcome.base_before - 0.01
    assert current(tmp_path).name != shipped().name
    assert report(tmp_path)["corrections"] == 120


def test_too_few_change_nothing(tmp_path):
    outcome = learn(tmp_path, _corrections(FEWEST - 1))
    assert not outcome.is_accepted
    assert str(FEWEST) in outcome.reason
    assert current(tmp_path) is shipped()


def test_revert_goes_back_one_version(tmp_path):
    learn(tmp_path, _corrections(180))
    assert revert(tmp_path) == 0
    assert current(tmp_path) is shipped()


def test_a_new_base_reads_until_it_has_learned_the_same(tmp_path, monkeypatch):
    learn(tmp_path, _corrections(180))
    monkeypatch.setattr(learning, "MODEL", "twoway-language 99")
    assert current(tmp_path) is shipped()
    outcome = learn(tmp_path, ())
    assert outcome.is_accepted
    assert outcome.corrections == 120
    assert current(tmp_path).name == f"twoway-language 99 local {outcome.version}"


def test_forgetting_a_person_reaches_what_was_learned(tmp_path):
    learn(tmp_path, _corrections(180))
    assert forget(tmp_path, person=999) is None
    forget(tmp_path, person=4)
    stored = (tmp_path / "corrections.jsonl").read_text("utf-8")
    assert '"person": 4,' not in stored
    assert report(tmp_path)["corrections"] + report(tmp_path)["confirmed"] == 162
    # No older version, which still knew the words, is left to go back to.
    assert len(list(tmp_path.glob("model-*.npz"))) <= 1
    assert revert(tmp_path) == 0
