"""A team's corrections: learned, measured first, reversible, and forgotten with a person."""

from concurrent.futures import ThreadPoolExecutor
from shutil import copytree

import pytest
from click.testing import CliRunner

from twoway.cli.language import command
from twoway.language import learning, remembering
from twoway.language.learning import (
    FEWEST,
    Correction,
    current,
    forget,
    is_outdated,
    learn,
    let_go,
    remember,
    report,
    revert,
)
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


@pytest.fixture(scope="module")
def taught_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("taught")
    return folder, learn(folder, _corrections(180))


@pytest.fixture
def taught(taught_once, tmp_path):
    """A folder of its own in which 180 posts were learned."""
    return copytree(taught_once[0], tmp_path, dirs_exist_ok=True)


def test_corrections_improve_the_own_and_spare_the_base(taught_once):
    folder, outcome = taught_once
    assert outcome.is_accepted, outcome
    assert outcome.local_after > outcome.local_before + 0.05
    assert outcome.base_after >= outcome.base_before - 0.01
    assert current(folder).name != shipped().name
    assert report(folder)["corrections"] == 120


def test_the_report_says_what_was_learned_in_words(taught):
    told = report(taught)
    assert told["kinds"]["request"]["posts"] == 60
    assert "berth" in told["kinds"]["request"]["words"]
    assert told["local_after"] > told["local_before"]
    shown = CliRunner().invoke(command, ["report", "--model", str(taught)])
    assert shown.exit_code == 0
    assert "request, taught by 60 posts: " in shown.output


def test_too_few_change_nothing(tmp_path):
    outcome = learn(tmp_path, _corrections(FEWEST - 1))
    assert not outcome.is_accepted
    assert str(FEWEST) in outcome.reason
    assert current(tmp_path) is shipped()


def test_revert_goes_back_one_version(taught):
    assert revert(taught) == 0
    assert current(taught) is shipped()


def test_a_new_base_reads_until_it_has_learned_the_same(taught, monkeypatch):
    assert not is_outdated(taught)
    monkeypatch.setattr(learning, "MODEL", "twoway-language 99")
    assert is_outdated(taught)
    assert current(taught) is shipped()
    outcome = learn(taught)
    assert outcome.is_accepted
    assert outcome.corrections == 120
    assert current(taught).name == f"twoway-language 99 local {outcome.version}"
    assert not is_outdated(taught)
    assert revert(taught) == 0, "nobody goes back to what was added to an older one"
    assert not is_outdated(taught)


def test_what_is_let_go_reads_no_more_and_can_be_learned_again(taught):
    let_go(taught)
    assert current(taught) is shipped()
    assert not report(taught)["learned"]
    assert learn(taught).is_accepted


def test_forgetting_a_person_reaches_what_was_learned(taught):
    assert forget(taught, person=999) is None
    forget(taught, person=4)
    stored = (taught / "corrections.jsonl").read_text("utf-8")
    assert '"person": 4,' not in stored
    assert report(taught)["corrections"] + report(taught)["confirmed"] == 162
    # No older version, which still knew the words, is left to go back to.
    assert len(list(taught.glob("model-*.npz"))) <= 1
    assert revert(taught) == 0


def test_what_is_remembered_is_learned_later_the_last_word_counts(tmp_path):
    assert remember(tmp_path, _corrections(FEWEST)) == FEWEST
    first = Correction(0, 0, "berth 0 for Albatros", ("praise",), "en")
    assert remember(tmp_path, [first]) == FEWEST
    assert current(tmp_path) is shipped()
    outcome = learn(tmp_path)
    assert outcome.corrections + outcome.confirmed == FEWEST
    assert remembering.corrections(tmp_path)[0].kinds == ("praise",)


def test_processes_that_remember_at_once_lose_nothing(tmp_path):
    def some(start):
        for number in range(start, start + 20):
            remember(tmp_path, [Correction(number, 1, f"post {number}", ("praise",))])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(some, range(0, 80, 20)))
    assert len(remembering.corrections(tmp_path)) == 80


def test_the_same_model_is_loaded_once(taught):
    assert current(taught) is current(taught)
