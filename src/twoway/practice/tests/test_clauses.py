"""The default world plays every clause of the turn rule at least once."""

import re
from pathlib import Path

from twoway.practice import World, build

ROOM = Path(__file__).parents[1]
_CLAUSE = re.compile(r"clause\(([^()]*)\)", re.DOTALL)
_TEXT = re.compile(r'"([^"]+)"')


def _written() -> set[str]:
    """Return the clauses that scenes and plots count, as they stand in the code."""
    found = set()
    for file in ROOM.rglob("*.py"):
        if "tests" not in file.parts:
            for clause in _CLAUSE.findall(file.read_text(encoding="utf-8")):
                found |= {text for text in _TEXT.findall(clause) if "{" not in text}
    return found


def test_every_clause_written_is_played(world: World):
    assert len(_written()) > 75
    assert _written() <= set(world.ledger.clauses), _written() - set(world.ledger.clauses)


def test_every_ending_of_a_wait_occurs(world: World):
    endings = {wait.ended_by for wait in world.ledger.waits}
    assert endings == {
        "answer",
        "taken_private",
        "withdrawal",
        "community",
        "no_answer_needed",
        "edited",
        None,
    }


def test_a_calm_world_has_no_bad_week():
    crisis, calm = (
        sum(
            "control system is down" in line.text
            for line in build(1, posts=2_000, crisis=crisis).lines()
        )
        for crisis in (True, False)
    )
    assert crisis > 0 == calm
