"""Words among colleagues, and from experts who have no login."""

import re
import secrets
from collections.abc import Iterable

from django.utils.translation import gettext

from twoway.desk import clock
from twoway.desk.database import ask, writing
from twoway.desk.inbox import hooks
from twoway.desk.inbox.models import ExpertQuestion, Mention, Note
from twoway.desk.inbox.services.holding import holding
from twoway.desk.team.access import needs
from twoway.desk.team.models import Teammate
from twoway.desk.team.services import Refused, record

LONGEST = 20_000
_NAMED = re.compile(r"(?<!\w)@([\w.\-]+)")


class UnknownQuestion(Exception):
    """An answer names no question of ours, or comes from somebody who was not asked."""


def note(teammate: Teammate, conversation: int, text: str, tells: Iterable[int] = ()) -> Note:
    """Write a note to colleagues; @name tells one of them, as `tells` (ids) does."""
    if not text.strip():
        raise Refused(gettext("There is nothing in this note yet."))
    with holding(teammate, conversation, "suggests") as row:
        made = Note.objects.create(
            organisation_id=row.organisation_id,
            conversation=row,
            teammate=teammate,
            text=text.strip()[:LONGEST],
            noted_at=clock.now(),
        )
        mates = Teammate.objects.filter(organisation_id=row.organisation_id, is_active=True)
        named = {word.casefold() for word in _NAMED.findall(text)}
        told = [mate for mate in mates if mate.pk in set(tells) or _is_named(mate, named)]
        Mention.objects.bulk_create(
            Mention(organisation_id=row.organisation_id, note=made, teammate=mate) for mate in told
        )
        record(teammate, "noted", "conversation", row.pk)
    return made


def _is_named(mate: Teammate, named: set[str]) -> bool:
    """Tell whether somebody is meant: by first name, by full name written as one, by address."""
    names = {mate.email.partition("@")[0].casefold(), mate.name.replace(" ", "").casefold()}
    names.update(word.casefold() for word in mate.name.split()[:1])
    return bool({name.rstrip(".") for name in named} & (names - {""}))


def see_mentions(teammate: Teammate, conversation: int) -> None:
    """Note that a teammate has seen the notes of a conversation that name them."""
    needs(teammate, "observer")
    unseen = ask(
        "select m.id from inbox_mention m join inbox_note n on n.id = m.note_id "
        "where m.teammate_id = %s and m.seen_at is null and n.conversation_id = %s",
        teammate.pk,
        conversation,
    )
    if unseen:
        with writing():
            Mention.objects.filter(pk__in=[pk for (pk,) in unseen]).update(seen_at=clock.now())


def ask_expert(teammate: Teammate, conversation: int, email: str, text: str) -> ExpertQuestion:
    """Ask somebody without a login by e-mail; the answer comes back as a note."""
    if not text.strip():
        raise Refused(gettext("Write what you would like to know."))
    with holding(teammate, conversation, "suggests") as row:
        question = ExpertQuestion.objects.create(
            organisation_id=row.organisation_id,
            conversation=row,
            teammate=teammate,
            email=email.strip(),
            text=text.strip()[:LONGEST],
            token=secrets.token_urlsafe(24),
            asked_at=clock.now(),
        )
        record(teammate, "asked an expert", "conversation", row.pk, question=question.pk)
    return question


def answer_of_expert(token: str, sender: str, text: str) -> Note:
    """Keep an expert's answer as a note. Raises UnknownQuestion.

    The token alone is not believed: a forwarded letter must not let anybody write here.
    """
    question = ExpertQuestion.objects.filter(token=token).first()
    if question is None or question.email.casefold() != sender.strip().casefold():
        raise UnknownQuestion(f"nobody asked {sender} under this sign")
    with writing():
        made = Note.objects.create(
            organisation_id=question.organisation_id,
            conversation_id=question.conversation_id,
            expert=question.email,
            text=text.strip()[:LONGEST],
            noted_at=clock.now(),
        )
        if question.teammate_id is not None:
            Mention.objects.create(
                organisation_id=question.organisation_id,
                note=made,
                teammate_id=question.teammate_id,
            )
        ExpertQuestion.objects.filter(pk=question.pk).update(answered_at=clock.now())
        record(
            None, "expert answered", "conversation", question.conversation_id,
            organisation=question.organisation_id, question=question.pk,
        )  # fmt: skip
        hooks.announce(question.organisation_id, [question.conversation_id])
    return made
