"""Tells those who are away: a digest each morning, and a warning before an answer is late."""

import logging
from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twoway.desk.clock import DAY, HOUR, MINUTE, moment, now
from twoway.desk.database import writing
from twoway.desk.inbox.models import Box, Conversation, Count, Mention
from twoway.desk.outbox import queries as outbox
from twoway.desk.team.hours import due_at
from twoway.desk.team.models import Event, Team, Teammate

log = logging.getLogger("twoway.desk.telling")

MORNING: Final = 8
"""The hour of a teammate's own day at which the digest goes out."""
AWAY: Final = 10 * MINUTE
"""Who has not been seen for so long is told by e-mail."""
MOST: Final = 5
WARNED: Final = "warned before a goal"
LOOKED_AT: Final = 200
"""Conversations of one organisation that one look for warnings takes up, the oldest first."""


def send_digests() -> int:
    """Send the morning's digest to whom it is morning for; returns how many went out."""
    sent = 0
    for teammate in Teammate.objects.filter(is_active=True, wants_digest=True).select_related(
        "organisation"
    ):
        if not _is_morning_for(teammate):
            continue
        with writing():
            # Noted first: a digest lost in a crash is better than one every minute.
            Teammate.objects.filter(pk=teammate.pk).update(told_at=now())
        words = digest(teammate)
        if words:
            _send(teammate, *words)
            sent += 1
    return sent


def _is_morning_for(teammate: Teammate) -> bool:
    zone = ZoneInfo(teammate.time_zone or teammate.organisation.time_zone)
    local = moment(now()).astimezone(zone)
    told = moment(teammate.told_at or 0).astimezone(zone)
    is_away = now() - (teammate.seen_at or 0) > AWAY
    return local.hour == MORNING and told.date() < local.date() and is_away


def digest(teammate: Teammate) -> tuple[str, str] | None:
    """Return subject and text of what waits for a teammate, None where nothing does."""
    with translation.override(teammate.language or teammate.organisation.language):
        waiting = _waiting(teammate.organisation_id)
        lines = [
            ngettext("%(n)d conversation waits for us.", "%(n)d conversations wait for us.", waiting)
            % {"n": waiting}
        ] if waiting else []  # fmt: skip
        lines += [_line(talk) for talk in _longest(teammate)]
        named = Mention.objects.filter(teammate=teammate, seen_at=None).count()
        if named:
            lines.append(
                ngettext(
                    "A colleague names you in a note.", "Colleagues name you in %(n)d notes.", named
                )
                % {"n": named}
            )
        if teammate.may("suggests"):
            stuck = len(outbox.trouble_for_suggests(teammate).failed)
            if stuck:
                lines.append(
                    ngettext(
                        "One answer could not be sent.", "%(n)d answers could not be sent.", stuck
                    )
                    % {"n": stuck}
                )
        if not lines:
            return None
        return _("What waits this morning"), "\n".join(lines)


def warn() -> int:
    """Warn of answers that will be late; each conversation's wait once. Returns how many e-mails."""
    sent = 0
    for team in Team.objects.filter(answer_within__isnull=False).select_related("organisation"):
        for talk in _due_soon(team):
            sent += _warn_of(talk, team)
    return sent


def _due_soon(team: Team) -> Iterable[Conversation]:
    waiting = Conversation.objects.filter(
        organisation_id=team.organisation_id, box=Box.OURS, since__isnull=False
    ).select_related("person", "assignee", "organisation")
    for talk in waiting.order_by("since")[:LOOKED_AT]:
        its = talk.assignee.team_id if talk.assignee is not None else None
        due = due_at(team, talk.since) if its in (None, team.pk) else None
        if due is not None and due - team.warn_before * MINUTE <= now():
            yield talk


def _warn_of(talk: Conversation, team: Team) -> int:
    with writing():
        done = Event.objects.filter(
            organisation_id=talk.organisation_id, thing="conversation", number=talk.pk, action=WARNED,
            at__gte=talk.since,
        )  # fmt: skip
        if done.exists():
            return 0
        Event.objects.create(
            organisation_id=talk.organisation_id, at=now(), action=WARNED, thing="conversation", number=talk.pk
        )  # fmt: skip
    told = 0
    for teammate in _whom(talk, team):
        with translation.override(teammate.language or talk.organisation.language):
            _send(teammate, _("An answer will be late soon"), _line(talk))
        told += 1
    return told


def _whom(talk: Conversation, team: Team) -> list[Teammate]:
    """Return who is away and could still answer in time: the assignee, else the team's voices."""
    away = Teammate.objects.filter(is_active=True, wants_alerts=True).exclude(
        seen_at__gt=now() - AWAY
    )
    if talk.assignee_id is not None:
        return list(away.filter(pk=talk.assignee_id))
    ours = away.filter(organisation_id=talk.organisation_id)
    members = [mate for mate in ours.filter(team=team) if mate.may("voice")]
    return members or [mate for mate in ours if mate.may("voice")][:MOST]


def _waiting(organisation: int) -> int:
    rows = Count.objects.filter(organisation_id=organisation, box=Box.OURS, channel=0)
    return sum(rows.values_list("conversations", flat=True))


def _longest(teammate: Teammate) -> list[Conversation]:
    ours = Conversation.objects.filter(
        organisation_id=teammate.organisation_id, box=Box.OURS, since__isnull=False
    )
    return list(ours.select_related("person").order_by("since")[:MOST])


def _line(talk: Conversation) -> str:
    hours = (now() - (talk.since or now())) // HOUR
    if hours < 48:
        waited = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    else:
        days = hours * HOUR // DAY
        waited = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    return _("%(name)s has waited for %(waited)s: %(address)s") % {
        "name": talk.person.name or _("Somebody"), "waited": waited, "address": address_of(talk),
    }  # fmt: skip


def address_of(talk: Conversation) -> str:
    """Return where a conversation is read, as an e-mail can say it."""
    return f"{settings.CONFIGURATION.address}conversation/{talk.pk}/"


def _send(teammate: Teammate, subject: str, text: str) -> None:
    try:
        send_mail(subject, f"{text}\n", settings.DEFAULT_FROM_EMAIL, [teammate.email])
    except OSError as error:
        log.warning("an e-mail to %s could not be sent: %s", teammate.email, error)
