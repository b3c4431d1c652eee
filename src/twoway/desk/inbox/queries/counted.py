"""How many conversations wait where, from the kept counts: a few rows, however large the archive."""

from dataclasses import dataclass

from twoway.desk.database import ask
from twoway.desk.team.access import needs
from twoway.desk.team.models import Teammate


@dataclass(slots=True)
class Counted:
    """Conversations of one box: all of them, those of whoever asks, those of nobody."""

    all: int = 0
    mine: int = 0
    nobody: int = 0


def counts_for_observer(teammate: Teammate, channel: int | None = None) -> dict[int, Counted]:
    """Return the counts of every box; the lane of kind words counts under 0."""
    needs(teammate, "observer")
    rows = ask(
        "select box, assignee, conversations from inbox_count "
        "where organisation_id = %s and channel = %s",
        teammate.organisation_id,
        channel or 0,
    )
    found: dict[int, Counted] = {}
    for box, assignee, n in rows:
        counted = found.setdefault(box, Counted())
        counted.all += n
        if assignee == teammate.pk:
            counted.mine += n
        if assignee == 0:
            counted.nobody += n
    return found
