"""The only ways to one conversation or one post: by who asks and what they may."""

from twoway.desk.inbox.models import Conversation, Post
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Teammate


def one_conversation_for_observer(teammate: Teammate, number: int) -> Conversation:
    """Return a conversation to look at. Raises NotThere or PermissionDenied, as all here do."""
    return _conversation(teammate, "observer", number)


def one_conversation_for_suggests(teammate: Teammate, number: int) -> Conversation:
    """Return a conversation to write a draft, a note or a suggestion in."""
    return _conversation(teammate, "suggests", number)


def one_conversation_for_voice(teammate: Teammate, number: int) -> Conversation:
    """Return a conversation to speak or decide in."""
    return _conversation(teammate, "voice", number)


def one_post_for_voice(teammate: Teammate, number: int) -> Post:
    """Return a post to react to or to decide about."""
    needs(teammate, "voice")
    found = (
        Post.objects.filter(pk=number, organisation_id=teammate.organisation_id)
        .select_related("channel", "account", "thread")
        .first()
    )
    if found is None:
        raise NotThere
    return found


def _conversation(teammate: Teammate, role: str, number: int) -> Conversation:
    needs(teammate, role)
    found = (
        Conversation.objects.filter(pk=number, organisation_id=teammate.organisation_id)
        .select_related("channel", "person", "thread", "assignee")
        .first()
    )
    if found is None:
        raise NotThere
    return found
