"""One conversation as its page shows it: the exchange in front, a window of its thread around it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from twoway.desk import clock
from twoway.desk.database import ask, fetch
from twoway.desk.inbox import order
from twoway.desk.inbox.models import (
    Conversation,
    Draft,
    ExpertQuestion,
    Mark,
    Note,
    Post,
    Presence,
)
from twoway.desk.inbox.queries.dressing import Row, brief
from twoway.desk.inbox.queries.exchange import Shown, Window, shown, window
from twoway.desk.inbox.queries.one import conversation_for_observer
from twoway.desk.people.models import Account, Person, PersonNote
from twoway.desk.people.queries import accounts_of, notes_of
from twoway.desk.team.models import Event, Teammate

ELSEWHERE = 5
PRESENT_FOR = 30 * clock.SECOND
_MOST_REACTIONS = 1_000

_THERE = """
select 'marks' where exists (select 1 from inbox_mark where post_id in (%s)) union all
select 'notes' where exists (select 1 from inbox_note where conversation_id = %s) union all
select 'drafts' where exists (select 1 from inbox_draft where conversation_id = %s) union all
select 'questions' where exists
    (select 1 from inbox_expertquestion where conversation_id = %s) union all
select 'known' where exists (select 1 from people_personnote where person_id = %s) union all
select 'present' where exists (select 1 from inbox_presence where conversation_id = %s) union all
select 'events' where exists (select 1 from team_event
    where organisation_id = %s and thing = 'conversation' and number = %s)
"""
"""Of most conversations there is none of these: one question instead of seven."""


@dataclass(slots=True)
class Talk:
    """Everything a conversation's page shows. Posts come with their accounts, oldest first."""

    conversation: Conversation
    tags: list[str]
    person: Person
    accounts: list[Account]
    elsewhere: list[Row]
    """Their other conversations with us, on every network, the latest first."""
    posts: Shown
    reactions: dict[int, dict[str, int]]
    """Likes and shares by post: how many, and under "our like" and "our share" ours."""
    marks: dict[int, list[Mark]] = field(default_factory=dict)
    known: list[PersonNote] = field(default_factory=list)
    """What colleagues keep about the person, the latest first."""
    notes: list[Note] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    questions: list[ExpertQuestion] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    present: list[Presence] = field(default_factory=list)

    @property
    def reasons(self) -> list[str]:
        """Why it stands where it stands, in words."""
        return order.in_words(self.conversation.why)

    @property
    def exchange(self) -> list[Post]:
        return self.posts.exchange

    @property
    def above(self) -> list[Post]:
        return self.posts.above

    @property
    def around(self) -> Window:
        return self.posts.around


def talk_for_observer(teammate: Teammate, number: int) -> Talk:
    """Return a conversation with all that its page shows."""
    conversation = conversation_for_observer(teammate, number)
    others = fetch(
        Conversation,
        "where organisation_id = %s and person_id = %s and id <> %s "
        f"order by last_at desc, id desc limit {ELSEWHERE}",
        teammate.organisation_id,
        conversation.person_id,
        number,
    )
    posts = shown(conversation)
    talk = Talk(
        conversation=conversation,
        tags=_tags(number),
        person=conversation.person,
        accounts=accounts_of(conversation.person_id),
        elsewhere=brief(others),
        posts=posts,
        reactions=_reactions(conversation, [*posts.exchange, *posts.above]),
    )
    _join_in(talk, teammate)
    return talk


def thread_for_observer(teammate: Teammate, number: int, after: str | None = None) -> Window:
    """Return the next window of a conversation's thread."""
    return window(conversation_for_observer(teammate, number), after)


def present_in(conversation: Conversation, but: Teammate) -> list[Presence]:
    """Return who else looks at a conversation or writes in it now."""
    since = clock.now() - PRESENT_FOR
    here = Presence.objects.filter(conversation=conversation, seen_at__gte=since)
    return list(here.exclude(teammate=but).select_related("teammate").order_by("teammate__name"))


def _join_in(talk: Talk, teammate: Teammate) -> None:
    """Fill in what colleagues have done here."""
    number = talk.conversation.pk
    there = _there(talk.conversation)
    if "marks" in there:
        talk.marks = _marks([post.pk for post in talk.exchange])
    if "known" in there:
        talk.known = notes_of(talk.conversation.person_id)
    if "notes" in there:
        notes = Note.objects.filter(conversation_id=number).select_related("teammate")
        talk.notes = list(notes.order_by("noted_at", "pk"))
    if "drafts" in there:
        drafts = Draft.objects.filter(conversation_id=number).select_related("teammate")
        talk.drafts = list(drafts.order_by("-saved_at"))
    if "questions" in there:
        asked = ExpertQuestion.objects.filter(conversation_id=number).select_related("teammate")
        talk.questions = list(asked.order_by("asked_at"))
    if "present" in there:
        talk.present = present_in(talk.conversation, but=teammate)
    if "events" in there:
        talk.events = _events(talk.conversation)


def _tags(conversation: int) -> list[str]:
    rows = ask(
        "select t.name from inbox_conversationtag l join inbox_tag t on t.id = l.tag_id "
        "where l.conversation_id = %s order by t.name",
        conversation,
    )
    return [name for (name,) in rows]


def _there(of: Conversation) -> set[str]:
    given = (of.pk, of.pk, of.pk, of.person_id, of.pk, of.organisation_id, of.pk)
    return {what for (what,) in ask(_THERE, of.exchange, *given)}


def _marks(numbers: Sequence[int]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    rows = Mark.objects.filter(post_id__in=numbers).select_related("teammate")
    for mark in rows.order_by("marked_at", "pk"):
        found.setdefault(mark.post_id, []).append(mark)
    return found


def _reactions(conversation: Conversation, posts: Sequence[Post]) -> dict[int, dict[str, int]]:
    numbers = {post.remote_id: post.pk for post in posts}
    found: dict[int, dict[str, int]] = {}
    rows = ask(
        "select post, kind, is_ours from inbox_signal where organisation_id = %s and network = %s "
        f"and post in (%s) and taken_back_at is null limit {_MOST_REACTIONS}",
        conversation.organisation_id,
        conversation.network,
        list(numbers),
    )
    for post, kind, is_ours in rows:
        counted = found.setdefault(numbers[post], {})
        counted[kind] = counted.get(kind, 0) + 1
        if is_ours:
            counted[f"our {kind}"] = 1
    return found


def _events(conversation: Conversation) -> list[Event]:
    rows = Event.objects.filter(
        organisation_id=conversation.organisation_id,
        thing="conversation",
        number=conversation.pk,
    ).select_related("teammate")
    return list(rows.order_by("at", "pk")[:200])
