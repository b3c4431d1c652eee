"""The lists: our turn and its sisters, a page at a time, at the same cost wherever one is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from twoway.desk.database import RowAfter
from twoway.desk.inbox.models import Box, Conversation, ConversationChannel, ConversationTag
from twoway.desk.inbox.queries.dressing import Row, dress
from twoway.desk.team.access import needs
from twoway.desk.team.models import Teammate

KIND_WORD = "kind_word"
"""The lane beside the boxes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which list, and what of it. `assignee` is "mine", "nobody" or a teammate's id."""

    box: int | str = Box.OURS
    channel: int | None = None
    assignee: str | int | None = None
    kind: str = ""
    tag: str = ""
    person: int | None = None
    language: str = ""


@dataclass(slots=True)
class Page:
    """Some rows, and where the next page begins; None at the end."""

    rows: list[Row]
    next: str | None


def list_for_observer(
    teammate: Teammate, filters: Filters, after: str | None = None, size: int = 50
) -> Page:
    """Return a page of a list, beginning after the place that the page before gave."""
    needs(teammate, "observer")
    rank = "kind_word_rank" if filters.box == KIND_WORD else "rank"
    place = _place(after)
    rows = _of_list(teammate, filters)
    if place is not None:
        rows = rows.filter(RowAfter((rank, "id"), place))
    found = list(rows.order_by(rank, "id")[: size + 1])
    if filters.channel is not None and not filters.tag:
        found = _with_further(teammate, filters, filters.channel, place, size, found)
    shown = found[:size]
    last = shown[-1] if len(found) > size else None
    return Page(dress(shown), None if last is None else f"{getattr(last, rank)}.{last.pk}")


def carried(text: str | None) -> int | None:
    """Return a number that a page's address carries; None where it carries none."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 19:
        return None
    found = int(text)
    return found if found < 2**63 else None


def _place(after: str | None) -> tuple[int, int] | None:
    """Return a page's beginning; a torn one begins at the top."""
    rank, _, number = (after or "").partition(".")
    try:
        place = int(rank), int(number)
    except ValueError:
        return None
    return place if all(-(2**63) <= n < 2**63 for n in place) else None


def _of_list(teammate: Teammate, filters: Filters) -> QuerySet[Conversation]:
    rows = Conversation.objects.filter(organisation_id=teammate.organisation_id)
    if filters.box == KIND_WORD:
        rows = rows.filter(kind_word_rank__isnull=False)
    else:
        rows = rows.filter(box=filters.box)
    if filters.tag:
        rows = rows.filter(pk__in=_tagged(teammate, filters))
    if filters.channel is not None:
        rows = rows.filter(channel_id=filters.channel)
    return _also(rows, teammate, filters)


def _also(
    rows: QuerySet[Conversation], teammate: Teammate, filters: Filters
) -> QuerySet[Conversation]:
    if filters.assignee == "mine":
        rows = rows.filter(assignee_id=teammate.pk)
    elif filters.assignee == "nobody":
        rows = rows.filter(assignee_id=None)
    elif isinstance(filters.assignee, int):
        rows = rows.filter(assignee_id=filters.assignee)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.language:
        rows = rows.filter(language=filters.language)
    if filters.person is not None:
        rows = rows.filter(person_id=filters.person)
    return rows


def _tagged(teammate: Teammate, filters: Filters) -> QuerySet[ConversationTag, Any]:
    links = ConversationTag.objects.filter(
        organisation_id=teammate.organisation_id,
        tag__name=filters.tag,
        tag__organisation_id=teammate.organisation_id,
    )
    if filters.box != KIND_WORD:
        links = links.filter(box=filters.box)
    return links.values("conversation_id")


def _with_further(
    teammate: Teammate,
    filters: Filters,
    channel: int,
    place: tuple[int, int] | None,
    size: int,
    found: Sequence[Conversation],
) -> list[Conversation]:
    """Merge in conversations that span the channel without beginning there; they are few."""
    links = ConversationChannel.objects.filter(
        organisation_id=teammate.organisation_id, channel_id=channel
    )
    rank = "kind_word_rank"
    if filters.box != KIND_WORD:
        links, rank = links.filter(box=filters.box), "rank"
    if place is not None and rank == "rank":
        links = links.filter(RowAfter(("rank", "conversation_id"), place))
    numbers = list(
        links.order_by("rank", "conversation_id").values_list("conversation_id", flat=True)[
            : size + 1
        ]
    )
    if not numbers:
        return list(found)
    further = _also(Conversation.objects.filter(pk__in=numbers), teammate, filters)
    if rank == "kind_word_rank":
        further = further.filter(kind_word_rank__isnull=False)
        if place is not None:
            further = further.filter(RowAfter((rank, "id"), place))
    return sorted([*found, *further], key=lambda row: (getattr(row, rank), row.pk))[: size + 1]
