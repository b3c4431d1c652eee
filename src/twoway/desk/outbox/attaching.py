"""Pictures beside a draft: kept as they were handed in, called what their bytes are."""

from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext

from twoway.desk.clock import now
from twoway.desk.database import writing
from twoway.desk.inbox import queries as inbox
from twoway.desk.outbox.models import Attachment
from twoway.desk.outbox.states import NotAllowed
from twoway.desk.pictures.kinds import type_of
from twoway.desk.team.models import Teammate

PICTURE_BYTES: Final = 10 * 1024 * 1024


def attach(
    teammate: Teammate, conversation: int, name: str, content: bytes, alt_text: str
) -> Attachment:
    """Keep a picture beside the draft; what it is, its bytes say and not its name."""
    talk = inbox.conversation_for_suggests(teammate, conversation)
    kind = type_of(content)
    if kind is None:
        raise NotAllowed(
            gettext("This is no picture that networks take. JPEG, PNG, GIF and WebP go.")
        )
    if len(content) > PICTURE_BYTES:
        raise NotAllowed(
            gettext("The picture is larger than 10 MB. Make it smaller and add it again.")
        )
    with writing():
        return Attachment.objects.create(
            organisation_id=teammate.organisation_id, conversation=talk, teammate=teammate,
            name=name[:200], type=kind, content=content, alt_text=alt_text.strip(), added_at=now(),
        )  # fmt: skip


def describe(teammate: Teammate, attachment: int, alt_text: str) -> None:
    """Say what a picture shows, for those who do not see it."""
    with writing():
        _own_attachments(teammate, attachment).update(alt_text=alt_text.strip())


def detach(teammate: Teammate, attachment: int) -> None:
    """Take a picture away again."""
    with writing():
        _own_attachments(teammate, attachment).delete()


def _own_attachments(teammate: Teammate, attachment: int) -> QuerySet[Attachment]:
    return Attachment.objects.filter(
        pk=attachment, organisation_id=teammate.organisation_id, entry=None
    )
