"""One conversation as its page shows it: the exchange in front, a window of its thread around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from twoway.desk import clock
from twoway.desk.inbox.models import (
    Conversation,
    Draft,
    ExpertQuestion,
    Mark,
    Note,
    Post,
    Presence,
    Signal,
)
from twoway.desk.inbox.queries.lists import Row, carried, dress
from twoway.desk.inbox.queries.one import conversation_for_observer
from twoway.desk.inbox.turning.scope import above
from twoway.desk.people.models import Account, Person
from twoway.desk.people.queries import person_for_observer
from twoway.desk.team.models import Event, Teammate

WINDOW = 100
"""Posts of a thread on one page: five thousand took 335 ms to draw, a hundred take 10."""

FIRST_WINDOW = 30
"""Beside the exchange a few branches are enough; more come when somebody asks for them."""

ELSEWHERE = 10
PRESENT_FOR = 30 * clock.SECOND


@dataclass(slots=True)
class Window:
    """Some other posts of a thread in the order of time, and where the next ones begin."""

    posts: list[Post]
    next: str | None


@dataclass(slots=True)
class Talk:
    """Everything a conversation's page shows. Posts come with their accounts, oldest first."""

    conversation: Conversation
    row: Row
    person: Person
    accounts: list[Account]
    exchange: list[Post]
    above: list[Post]
    """What stands above the first post of the exchange, from the root down."""
    around: Window
    marks: dict[int, list[Mark]]
    reactions: dict[int, dict[str, int]]
    """Likes and shares by post: how many, and under "our like" and "our share" ours."""
    notes: list[Note]
    drafts: list[Draft]
    questions: list[ExpertQuestion]
    events: list[Event]
    present: list[Presence]
    elsewhere: list[Row]
    """Their other conversations with us, on every network, the latest first."""


def talk_for_observer(teammate: Teammate, number: int) -> Talk:
    """Return a conversation with all that its page shows."""
    conversation = conversation_for_observer(teammate, number)
    person = person_for_observer(teammate, conversation.person_id)
    exchange = _posts(conversation.exchange)
    higher = _above(conversation, exchange)
    shown = {post.pk for post in [*exchange, *higher]}
    others = (
        Conversation.objects.filter(
            organisation_id=teammate.organisation_id, person_id=conversation.person_id
        )
        .exclude(pk=number)
        .order_by("-last_at", "-id")[:ELSEWHERE]
    )
    row, *elsewhere = dress([conversation, *others])
    about = Note.objects.filter(conversation_id=number)
    return Talk(
        conversation=conversation,
        row=row,
        person=person,
        accounts=list(person.accounts.all()),
        exchange=exchange,
        above=higher,
        around=_window(conversation, shown, None, FIRST_WINDOW),
        marks=_marks([post.pk for post in exchange]),
        reactions=_reactions(conversation, [*exchange, *higher]),
        notes=list(about.select_related("teammate").order_by("noted_at", "pk")),
        drafts=list(
            Draft.objects.filter(conversation_id=number)
            .select_related("teammate")
            .order_by("-saved_at")
        ),
        questions=list(
            ExpertQuestion.objects.filter(conversation_id=number)
            .select_related("teammate")
            .order_by("asked_at")
        ),
        events=_events(conversation),
        present=present_in(conversation, but=teammate),
        elsewhere=elsewhere,
    )


def thread_for_observer(teammate: Teammate, number: int, after: str | None = None) -> Window:
    """Return the next window of a conversation's thread."""
    conversation = conversation_for_observer(teammate, number)
    return _window(conversation, set(conversation.exchange), after)


def present_in(conversation: Conversation, but: Teammate) -> list[Presence]:
    """Return who else looks at a conversation or writes in it now."""
    since = clock.now() - PRESENT_FOR
    here = Presence.objects.filter(conversation=conversation, seen_at__gte=since)
    return list(here.exclude(teammate=but).select_related("teammate").order_by("teammate__name"))


def _posts(numbers: Sequence[int]) -> list[Post]:
    rows = Post.objects.filter(pk__in=numbers).select_related("account", "channel")
    found = {row.pk: row for row in rows}
    return [found[number] for number in numbers if number in found]


def _above(conversation: Conversation, exchange: Sequence[Post]) -> list[Post]:
    if not exchange or exchange[0].parent is None:
        return []
    numbers = above(conversation.organisation_id, conversation.network, [exchange[0].pk])
    wanted = sorted(numbers - set(conversation.exchange))
    # The root and those nearest: in between a deep thread only repeats itself.
    return _posts(wanted if len(wanted) <= 12 else [wanted[0], *wanted[-11:]])


def _window(
    conversation: Conversation, shown: set[int], after: str | None, size: int = WINDOW
) -> Window:
    rows = Post.objects.filter(thread_id=conversation.thread_id).exclude(pk__in=shown)
    last = carried(after)
    if last is not None:
        rows = rows.filter(pk__gt=last)
    found = list(rows.select_related("account", "channel").order_by("said_at", "id")[: size + 1])
    posts = found[:size]
    return Window(posts, str(posts[-1].pk) if len(found) > size else None)


def _marks(numbers: Sequence[int]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    rows = Mark.objects.filter(post_id__in=numbers).select_related("teammate")
    for mark in rows.order_by("marked_at", "pk"):
        found.setdefault(mark.post_id, []).append(mark)
    return found


def _reactions(conversation: Conversation, posts: Sequence[Post]) -> dict[int, dict[str, int]]:
    numbers = {post.remote_id: post.pk for post in posts}
    found: dict[int, dict[str, int]] = {}
    rows = Signal.objects.filter(
        organisation_id=conversation.organisation_id,
        network=conversation.network,
        post__in=list(numbers),
        taken_back_at=None,
    ).values_list("post", "kind", "is_ours")
    for post, kind, is_ours in rows[:1_000]:
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
