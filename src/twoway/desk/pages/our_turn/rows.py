"""A conversation as one row of a list: who, why it stands here, their words, how long."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from twoway.desk import clock
from twoway.desk.inbox import queries as inbox
from twoway.desk.inbox.models import Box, Conversation
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.pages.words import LEADING_NAMES, day, network
from twoway.desk.people.models import Account
from twoway.desk.team import hours
from twoway.desk.team.models import Team, Teammate

_FIRST_WORDS = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a list shows of a conversation; `form` and `look` say how its time is written."""

    id: int
    address: str
    who: str
    why: str
    words: str
    since: int | None
    form: str = "when"
    look: str = ""
    language: str = ""
    assignee: str = ""
    draft: str = ""
    is_private: bool = False
    tags: list[str] = field(default_factory=list)


def rows(found: Sequence[inbox.Row], place: Place, reader: Teammate) -> list[Row]:
    """Return a page of a list; the reader's team has the goal by which somebody waits too long."""
    late = late_before(reader.team, [row.conversation.since for row in found])
    return [_row(one, place, late, reader) for one in found]


def late_before(team: Team | None, sinces: Sequence[int | None]) -> int:
    """Return the time (µs) before which whoever wrote should have been answered by now; 0 for never.

    Later posts are due later, so a few looks at the hours do for a whole page.
    """
    if team is None or not team.answer_within:
        return 0
    now = clock.now()
    waiting = sorted(since for since in sinces if since is not None)
    overdue = bisect_right(
        waiting, 0, key=lambda since: int((hours.due_at(team, since) or now + 1) > now)
    )
    return waiting[overdue - 1] if overdue else 0


def _row(one: inbox.Row, place: Place, late: int, reader: Teammate) -> Row:
    talk = one.conversation
    waits = talk.box == Box.OURS and talk.since is not None
    is_late = waits and (talk.since or 0) <= late
    since, form = (talk.since, "waiting") if waits else (_moment_of(talk, place), "when")
    last = one.last
    return Row(
        id=talk.pk, address=place.talk(talk.pk), who=who_wrote(one.account),
        why=", ".join(filter(None, [*one.reasons, _beyond(talk, is_late=is_late)])) or network(talk.network),
        words=first_words(_to_us(last.text) if last is not None else ""), since=since, form=form,
        look="late" if is_late else "waiting" if waits else "", language=last.language if last is not None else "",
        assignee=one.assignee,
        draft=_drafting(one.drafting, reader), is_private=talk.is_private, tags=list(one.tags),
    )  # fmt: skip


def _drafting(names: Sequence[str], reader: Teammate) -> str:
    """Say who has a draft."""
    if not names:
        return ""
    others = [name for name in names if name != reader.name]
    if not others:
        return _("your draft")
    return _("%(who)s has a draft") % {"who": ", ".join(others)}


def _moment_of(talk: Conversation, place: Place) -> int:
    if place.box == "promised" and talk.promise_due_at:
        return talk.promise_due_at
    if place.box == "snoozed" and talk.snoozed_until:
        return talk.snoozed_until
    return talk.last_at


def _beyond(talk: Conversation, *, is_late: bool) -> str:
    if is_late:
        return _("later than we set out to be")
    if talk.box == Box.PROMISED:
        if talk.promise_due_at is None:
            return _("promised, no day set")
        if talk.promise_due_at < clock.now():
            return _("the promised day has passed")
        return _("promised for %(day)s") % {"day": day(talk.promise_due_at)}
    return ""


def who_wrote(account: Account | inbox.Who | None) -> str:
    """Return a person as a list calls them: by name, else by handle."""
    return (account.name.strip() or account.handle if account is not None else "") or _("somebody")


def _to_us(text: str) -> str:
    """Return what somebody says, without the names it is said to: in a list it is always us."""
    return LEADING_NAMES.sub("", text, count=1) if text.lstrip().startswith("@") else text


def first_words(text: str) -> str:
    """Return the beginning of a post on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _FIRST_WORDS else f"{line[:_FIRST_WORDS].rstrip()}…"
