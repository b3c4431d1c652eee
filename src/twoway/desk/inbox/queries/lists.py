"""The lists: our turn and its sisters, a page at a time, at the same cost wherever one is in them."""

from dataclasses import dataclass
from typing import Any

from twoway.desk.database import ask, fetch
from twoway.desk.inbox.models import Box, Conversation
from twoway.desk.inbox.queries.dressing import Row, dress
from twoway.desk.inbox.queries.looking import (
    CONVERSATIONS,
    SPANNING,
    TAGGED,
    Part,
    Place,
    conditions,
    look,
)
from twoway.desk.team.access import needs
from twoway.desk.team.models import Teammate

KIND_WORD = "kind_word"
"""The lane beside the boxes."""

_TOP = (-(2**63), -(2**63))
"""Said even on a first page: without it SQLite may take another index and sort a whole box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which list, and what of it. `assignee` is "mine", "nobody" or a teammate's id."""

    box: int | str = Box.OURS
    channel: int | None = None
    assignee: str | int | None = None
    kind: str = ""
    tag: str = ""
    language: str = ""


@dataclass(slots=True)
class Page:
    """Some rows, and where the next page begins; None at the end."""

    rows: list[Row]
    next: str | None


def list_for_observer(
    teammate: Teammate, filters: Filters, after: str | None = None, size: int = 50
) -> Page:
    """Return a page of a list, beginning after the place that the page before gave.

    With several filters a page may hold few rows, or none, and still name a next one.
    """
    needs(teammate, "observer")
    listed = _of_lane if filters.box == KIND_WORD else _of_box
    found, end = listed(teammate, filters, _place(after) or _TOP, size)
    shown = found[:size]
    if len(found) > size:
        rank = "kind_word_rank" if filters.box == KIND_WORD else "rank"
        end = (getattr(shown[-1], rank), shown[-1].pk)
    return Page(dress(shown), None if end is None else f"{end[0]}.{end[1]}")


def carried(text: str | None) -> int | None:
    """Return a number that a page's address carries; None where it carries none."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 19:
        return None
    found = int(text)
    return found if found < 2**63 else None


def _place(after: str | None) -> Place | None:
    """Return a page's beginning; a torn one begins at the top."""
    rank, _, number = (after or "").partition(".")
    try:
        place = int(rank), int(number)
    except ValueError:
        return None
    return place if all(-(2**63) <= n < 2**63 for n in place) else None


def _narrowed(teammate: Teammate, filters: Filters) -> dict[str, Any]:
    """Return the filters by name."""
    found: dict[str, Any] = {}
    if filters.tag:
        found["tag"] = _tag(teammate, filters.tag)
    if filters.channel is not None:
        found["channel"] = filters.channel
    if filters.assignee == "nobody":
        found["assignee"] = None
    elif filters.assignee == "mine":
        found["assignee"] = teammate.pk
    elif isinstance(filters.assignee, int):
        found["assignee"] = filters.assignee
    if filters.language:
        found["language"] = filters.language
    if filters.kind:
        found["kind"] = filters.kind
    return found


def _tag(teammate: Teammate, name: str) -> int:
    """Return the number of a tag, 0 where there is none of that name."""
    rows = ask(
        "select id from inbox_tag where organisation_id = %s and name = %s",
        teammate.organisation_id,
        name,
    )
    return next((number for (number,) in rows), 0)


def _of_box(
    teammate: Teammate, filters: Filters, after: Place, size: int
) -> tuple[list[Conversation], Place | None]:
    """Return rows of a box, and where it stopped looking if that was before the end."""
    narrowed = _narrowed(teammate, filters)
    part = Part(teammate.organisation_id, filters.box, narrowed, after)
    if filters.tag:
        # The links to a tag hold what lists are ordered and filtered by.
        places, end = look(TAGGED, part, size, first="tag")
    elif len(narrowed) < 2 and filters.channel is None:
        return _of_index(part, size), None
    else:
        places, end = look(CONVERSATIONS, part, size)
    if filters.channel is not None and not filters.tag:
        places, end = _with_spanning(part, places, end, size)
    numbers = [number for _, number in places[: size + 1]]
    known = {row.pk: row for row in fetch(Conversation, "where id in (%s)", numbers)}
    return [known[number] for number in numbers if number in known], end


def _of_index(part: Part, size: int) -> list[Conversation]:
    """Return rows of a box with one filter at most, for each of which there is an index."""
    also, values = conditions(part.narrowed, CONVERSATIONS.columns)
    return fetch(
        Conversation,
        f"where organisation_id = %s and box = %s {also} "
        f"and (rank, id) > (%s, %s) order by rank, id limit {size + 1}",
        part.organisation,
        part.box,
        *values,
        *part.after,
    )


def _with_spanning(
    part: Part, places: list[Place], end: Place | None, size: int
) -> tuple[list[Place], Place | None]:
    """Merge in conversations that span the channel without beginning there; else as `look`."""
    further, stop = look(SPANNING, part, size, first="channel")
    if stop is not None:
        end = stop if end is None else min(end, stop)
    return sorted(one for one in {*places, *further} if end is None or one <= end), end


def _of_lane(
    teammate: Teammate, filters: Filters, after: Place, size: int
) -> tuple[list[Conversation], None]:
    """Return rows of the lane for kind words, which holds what a week brought."""
    narrowed = _narrowed(teammate, filters)
    tag, channel = narrowed.pop("tag", None), narrowed.pop("channel", None)
    also, values = conditions(narrowed, CONVERSATIONS.columns)
    if tag is not None:
        also += " and id in (select conversation_id from inbox_conversationtag where tag_id = %s)"
        values.append(tag)
    if channel is not None:
        also += (
            " and (channel_id = %s or exists (select 1 from inbox_conversationchannel l "
            "where l.conversation_id = inbox_conversation.id and l.channel_id = %s))"
        )
        values += [channel, channel]
    rows = fetch(
        Conversation,
        f"where organisation_id = %s and kind_word_rank is not null {also} "
        f"and (kind_word_rank, id) > (%s, %s) order by kind_word_rank, id limit {size + 1}",
        teammate.organisation_id,
        *values,
        *after,
    )
    return rows, None
