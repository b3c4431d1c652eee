"""The only ways to get one thing of the inbox: by number, for a teammate, with a role."""

from twoway.desk.channels.models import Channel
from twoway.desk.database import ask, fetch
from twoway.desk.inbox.models import Conversation, Draft, Mention, Post, SavedView, Thread
from twoway.desk.people.models import Person
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Teammate


def conversation_for_observer(teammate: Teammate, number: int) -> Conversation:
    return _conversation(teammate, number, "observer")


def conversation_for_suggests(teammate: Teammate, number: int) -> Conversation:
    return _conversation(teammate, number, "suggests")


def conversation_for_voice(teammate: Teammate, number: int) -> Conversation:
    return _conversation(teammate, number, "voice")


def post_for_observer(teammate: Teammate, number: int) -> Post:
    return _post(teammate, number, "observer")


def post_for_suggests(teammate: Teammate, number: int) -> Post:
    return _post(teammate, number, "suggests")


def post_for_voice(teammate: Teammate, number: int) -> Post:
    return _post(teammate, number, "voice")


def draft_for_suggests(teammate: Teammate, number: int) -> Draft:
    needs(teammate, "suggests")
    found = Draft.objects.filter(pk=number, organisation_id=teammate.organisation_id).first()
    if found is None:
        raise NotThere
    return found


def tags_for_observer(teammate: Teammate) -> list[str]:
    """Return the names of the organisation's tags, sorted."""
    needs(teammate, "observer")
    rows = ask("select name from inbox_tag where organisation_id = %s", teammate.organisation_id)
    return sorted(name for (name,) in rows)


def views_for_observer(teammate: Teammate) -> list[SavedView]:
    """Return a teammate's saved views and everybody's, in their order."""
    needs(teammate, "observer")
    return fetch(
        SavedView,
        "where organisation_id = %s and (teammate_id = %s or teammate_id is null) "
        "order by place, id",
        teammate.organisation_id,
        teammate.pk,
    )


def mentions_of(teammate: Teammate) -> list[Mention]:
    """Return the notes that name a teammate and were not seen, the latest first."""
    # Every list asks, and hardly ever is there one.
    if not ask(
        "select 1 from inbox_mention where teammate_id = %s and seen_at is null limit 1",
        teammate.pk,
    ):
        return []
    unseen = Mention.objects.filter(
        organisation_id=teammate.organisation_id, teammate=teammate, seen_at=None
    )
    return list(unseen.select_related("note", "note__teammate").order_by("-pk")[:50])


def _conversation(teammate: Teammate, number: int, role: str) -> Conversation:
    needs(teammate, role)
    found = fetch(
        Conversation, "where id = %s and organisation_id = %s", number, teammate.organisation_id
    )
    for row in found:
        # One join of all five takes Django twice as long.
        (row.person,) = fetch(Person, "where id = %s", row.person_id)
        (row.channel,) = fetch(Channel, "where id = %s", row.channel_id)
        (row.thread,) = fetch(Thread, "where id = %s", row.thread_id)
        if row.assignee_id is not None:
            (row.assignee,) = fetch(Teammate, "where id = %s", row.assignee_id)
        return row
    raise NotThere


def _post(teammate: Teammate, number: int, role: str) -> Post:
    needs(teammate, role)
    found = (
        Post.objects.filter(pk=number, organisation_id=teammate.organisation_id)
        .select_related("account", "channel")
        .first()
    )
    if found is None:
        raise NotThere
    return found
