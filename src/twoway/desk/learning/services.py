"""Writes about learning: asking for it, doing it, taking it back, forgetting whoever was erased."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext

from twoway.desk.clock import MINUTE, now
from twoway.desk.database import writing
from twoway.desk.inbox.learned import folder_of, waits_for_a_lesson
from twoway.desk.inbox.models import Post
from twoway.desk.learning.corrections import corrections_of
from twoway.desk.learning.models import Lesson
from twoway.desk.people.models import Person
from twoway.desk.team.access import needs
from twoway.desk.team.models import Organisation, Teammate
from twoway.desk.team.services import Refused, record
from twoway.language import learning, remembering

TAKES_AT_MOST: Final = 10 * MINUTE
"""What has been learning for longer was killed with its process."""
_OPEN: Final = ("waiting", "running")


def ask_to_learn(admin: Teammate) -> Lesson:
    """Have the desk learn from all corrections; one that is under way is the answer already."""
    needs(admin, "admin")
    with writing():
        lessons = Lesson.objects.filter(organisation_id=admin.organisation_id)
        under_way = lessons.filter(state__in=_OPEN, made_at__gt=now() - TAKES_AT_MOST).first()
        if under_way is not None:
            return under_way
        lesson = lessons.create(
            organisation_id=admin.organisation_id, asked_by=admin, made_at=now()
        )
        record(admin, "had the desk learn", "lesson", lesson.pk)
    return lesson


def learn_anew_after_an_upgrade() -> int:
    """Have what was added to an older shipped model learned anew for the new one; returns for how many."""
    begun = 0
    for organisation in Organisation.objects.values_list("pk", flat=True):
        if not waits_for_a_lesson(organisation):
            continue
        with writing():
            lessons = Lesson.objects.filter(organisation_id=organisation)
            if not lessons.filter(state__in=_OPEN).exists():
                lessons.create(organisation_id=organisation, made_at=now())
                begun += 1
    return begun


def take_back(admin: Teammate) -> int:
    """Read again as before the last lesson that was used; return the version, 0 as shipped."""
    needs(admin, "admin")
    folder = folder_of(admin.organisation_id)
    if not learning.report(folder)["learned"]:
        raise Refused(gettext("Nothing was learned that could be taken back."))
    version = learning.revert(folder)
    with writing():
        record(admin, "took back what was learned", "version", version)
    return version


def claim() -> Lesson | None:
    """Take the next lesson; None where there is none. One process gets it."""
    at = now()
    due = Q(state="waiting") | Q(state="running", claimed_at__lt=at - TAKES_AT_MOST)
    found = Lesson.objects.filter(due).order_by("made_at").first()
    if found is None:
        return None
    with writing():
        taken = Lesson.objects.filter(due, pk=found.pk, claimed_at=found.claimed_at).update(
            state="running", claimed_at=at
        )
    return found if taken else None


def work(lesson: Lesson) -> None:
    """Learn: some seconds of one core; what was learned is used only where it reads no worse."""
    folder = folder_of(lesson.organisation_id)
    with remembering.writing(folder):
        # What was taken down or has outlived its network's retention is not learned again.
        remembering.keep(folder, corrections_of(lesson.organisation_id))
    outcome = learning.learn(folder)
    _let_go_of_the_outdated(lesson.organisation_id)
    _finish(lesson, "used" if outcome.is_accepted else "not used", asdict(outcome))


def fail(lesson: Lesson) -> None:
    """Note that a lesson ended halfway; what reads is as it was."""
    _let_go_of_the_outdated(lesson.organisation_id)
    _finish(lesson, "failed", {})


def forget(organisation: int, persons: Iterable[int]) -> int:
    """Take everything learned from some people's words out again; returns how many there were."""
    folder = folder_of(organisation)
    known = _taught_by(organisation) & set(persons)
    for person in sorted(known):
        learning.forget(folder, person)
    return len(known)


def forget_who_is_gone() -> int:
    """Forget the words of everybody whom no organisation knows any more; returns how many there were."""
    gone = 0
    for organisation in Organisation.objects.values_list("pk", flat=True):
        told = _taught_by(organisation)
        if told:
            here = Person.objects.filter(
                organisation_id=organisation, pk__among=sorted(told), erased_at=None
            )
            gone += forget(organisation, told - set(here.values_list("pk", flat=True)))
    return gone


def keep_words_as_stored(organisation: int) -> None:
    """Let what is learned from have the texts that stand now; what no longer stands goes."""
    folder = folder_of(organisation)
    if not remembering.corrections(folder):
        return
    with remembering.writing(folder):
        known = remembering.corrections(folder)
        texts = dict(Post.objects.filter(pk__among=sorted(known)).values_list("pk", "text"))
        kept = [replace(one, text=texts[one.post]) for one in known.values() if one.post in texts]
        remembering.keep(folder, kept)


def _let_go_of_the_outdated(organisation: int) -> None:
    """What could not be learned anew for a new shipped model does not read, and is not shown as if it did."""
    if waits_for_a_lesson(organisation):
        learning.let_go(folder_of(organisation))


def _taught_by(organisation: int) -> set[int]:
    """Return the people from whose words was learned."""
    return {one.person for one in remembering.corrections(folder_of(organisation)).values()}


def _finish(lesson: Lesson, state: str, found: dict[str, object]) -> None:
    with writing():
        Lesson.objects.filter(pk=lesson.pk).update(state=state, found=found, finished_at=now())
