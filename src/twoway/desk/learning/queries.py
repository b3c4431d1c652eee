"""Reads what was learned: what is in use, what is new since, the last tries."""

from dataclasses import dataclass

from twoway.desk.inbox.learned import folder_of
from twoway.desk.learning import corrections
from twoway.desk.learning.models import Lesson
from twoway.desk.team.access import needs
from twoway.desk.team.models import Teammate
from twoway.language import learning

SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """How the desk reads for an organisation; figures are macro-F1 from 0 to 1, None as shipped."""

    is_in_use: bool
    corrected: int
    """Posts that were put right, whether learned from or not."""
    taught: int
    """Corrections and confirmations that the last lesson had."""
    local_before: float | None
    local_after: float | None
    base_before: float | None
    base_after: float | None
    lessons: tuple[Lesson, ...]
    """The latest first."""


def learned_for_observer(teammate: Teammate) -> Learned:
    """Return what an organisation has taught the desk."""
    needs(teammate, "observer")
    told = learning.report(folder_of(teammate.organisation_id))
    lessons = Lesson.objects.filter(organisation_id=teammate.organisation_id)
    is_in_use = bool(told["learned"])
    figures = {
        name: told.get(name) if is_in_use else None
        for name in ("local_before", "local_after", "base_before", "base_after")
    }
    return Learned(
        is_in_use=is_in_use, corrected=corrections.count(teammate.organisation_id),
        taught=told.get("corrections", 0) + told.get("confirmed", 0),
        lessons=tuple(lessons.select_related("asked_by").order_by("-made_at")[:SHOWN]), **figures,
    )  # fmt: skip
