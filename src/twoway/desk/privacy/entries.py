"""What the outbox keeps of what we said to a person: our words, without their names."""

from typing import Any, Final

from django.db.models import QuerySet

from twoway.desk.clock import now
from twoway.desk.inbox.cleansing import Cleansing
from twoway.desk.outbox.models import Attachment, Entry
from twoway.desk.outbox.states import State
from twoway.desk.people.erased import STANDS_FOR
from twoway.desk.privacy.sought import Sought

ON_ITS_WAY: Final = (State.SENDING, State.UNKNOWN)
_WENT_OUT: Final = (*ON_ITS_WAY, State.SENT, State.SEEN_BACK)
_WRITTEN: Final = ["target", "text", "details", "cure", "remark", "state", "changed_at"]


def cleanse(entries: QuerySet[Entry], sought: Sought, cleansing: Cleansing) -> None:
    """Take an account's names out of entries; what never went out loses its words and never will."""
    rows = list(entries)
    for row in rows:
        row.target = _target(row, sought, cleansing)
        if row.state in _WENT_OUT:
            row.text = _words(row.text, row, sought, cleansing)
            row.details = _details(row.details, row, sought, cleansing)
        else:
            row.text, row.details, row.state = "", {}, State.CANCELLED
        row.cure, row.remark, row.changed_at = "", "", now()
    Entry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=_WRITTEN
    )
    never_sent = {row.pk for row in rows if row.state == State.CANCELLED}
    Attachment.objects.filter(entry_id__among=never_sent).delete()


def _target(row: Entry, sought: Sought, cleansing: Cleansing) -> str:
    if row.target == sought.remote_id:
        return STANDS_FOR + sought.digest
    return cleansing.marks.get(row.target, row.target)


def _words(text: str, row: Entry, sought: Sought, cleansing: Cleansing) -> str:
    return cleansing.words(text, row.made_at, frozenset({sought.digest}))


def _details(value: Any, row: Entry, sought: Sought, cleansing: Cleansing) -> Any:
    """Return details with every name of theirs replaced, however deep it lies."""
    match value:
        case dict():
            return {name: _details(one, row, sought, cleansing) for name, one in value.items()}
        case list():
            return [_details(one, row, sought, cleansing) for one in value]
        case str() if value.removeprefix("@") in {n.removeprefix("@") for n in sought.names}:
            return STANDS_FOR + sought.digest
        case str():
            return _words(cleansing.marks.get(value, value), row, sought, cleansing)
    return value
