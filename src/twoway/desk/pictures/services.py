"""Writes about pictures: wanting one, keeping it, giving it up, letting go of what nobody looks at."""

from typing import Any, Final

from django.db.models import Q, QuerySet, Sum

from twoway.desk.clock import DAY, HOUR, MINUTE, now
from twoway.desk.database import writing
from twoway.desk.pictures.kinds import is_too_wide, type_of
from twoway.desk.pictures.models import Picture
from twoway.desk.pictures.queries import Shown

LARGEST: Final = 4 * 1024 * 1024
KEPT: Final = 30
"""Days for which a picture is kept after somebody last looked at it."""
ROOM: Final = 512 * 1024 * 1024
"""Bytes that the pictures of one organisation may take."""
_TRIES: Final = 3
_REFUSED_FOR: Final = 7 * DAY
_CLAIMED_FOR: Final = MINUTE
_AT_ONCE: Final = 200


def ask(shown: Shown) -> Picture | None:
    """Return our copy of a picture; None where it is still to come, which is noted as wanted.

    A face that changed, and what was refused a week ago, are wanted anew.
    """
    copy, at = shown.copy, now()
    if copy is not None and copy.address == shown.address:
        if copy.state == "here":
            _note_use(copy, at)
            return copy
        if copy.state == "wanted" or copy.not_before > at:
            return copy if copy.state == "refused" else None
    where: dict[str, Any] = (
        {"account_id": shown.account} if shown.account is not None
        else {"post_id": shown.post or 0, "place": shown.place}
    )  # fmt: skip
    with writing():
        Picture.objects.update_or_create(
            organisation_id=shown.organisation, **where,
            defaults={
                "address": shown.address, "state": "wanted", "not_before": at, "tries": 0, "used_at": at,
                "content": b"", "type": "", "size": 0,
            },
        )  # fmt: skip
    return None


def wanted(many: int) -> list[Picture]:
    """Take some pictures that are due to be fetched; nobody else fetches them for a minute."""
    at = now()
    due = Picture.objects.filter(state="wanted", not_before__lte=at)
    found = list(due.defer("content").order_by("not_before", "pk")[:many])
    if found:
        with writing():
            due.filter(pk__in=[one.pk for one in found]).update(not_before=at + _CLAIMED_FOR)
    return found


def keep(picture: Picture, content: bytes) -> bool:
    """Keep what was fetched where it is a picture; returns whether it was."""
    kind = type_of(content)
    if kind is None or is_too_wide(content):
        refuse(picture)
        return False
    with writing():
        _as_it_was(picture).update(state="here", type=kind, content=content, size=len(content))
    return True


def refuse(picture: Picture) -> None:
    """Give a picture up for a week: it is gone, too large, or no picture."""
    with writing():
        _as_it_was(picture).update(state="refused", not_before=now() + _REFUSED_FOR)


def put_off(picture: Picture) -> None:
    """Try again later where the server is away; after a few tries not for a week."""
    if picture.tries + 1 >= _TRIES:
        refuse(picture)
        return
    with writing():
        _as_it_was(picture).update(tries=picture.tries + 1, not_before=now() + HOUR)


def purge() -> int:
    """Delete what nobody looked at for long, what was taken down, and what exceeds the room."""
    old = Q(used_at__lt=now() - KEPT * DAY) | Q(post__deleted_at__isnull=False)
    gone = _delete(list(Picture.objects.filter(old).values_list("pk", flat=True)))
    filled = Picture.objects.values("organisation").annotate(bytes=Sum("size")).order_by()
    for one in filled.filter(bytes__gt=ROOM):
        gone += _delete(_too_many(one["organisation"], one["bytes"] - ROOM))
    return gone


def _too_many(organisation: int, excess: int) -> list[int]:
    """Return what was looked at longest ago, as much as is too much."""
    rows = Picture.objects.filter(organisation_id=organisation).order_by("used_at", "pk")
    found: list[int] = []
    for number, size in rows.values_list("pk", "size").iterator():
        if excess <= 0:
            break
        found.append(number)
        excess -= size
    return found


def _delete(numbers: list[int]) -> int:
    for start in range(0, len(numbers), _AT_ONCE):
        with writing():
            Picture.objects.filter(pk__in=numbers[start : start + _AT_ONCE]).delete()
    return len(numbers)


def _as_it_was(picture: Picture) -> QuerySet[Picture]:
    """Return the row as long as the same address is still wanted."""
    return Picture.objects.filter(pk=picture.pk, address=picture.address, state="wanted")


def _note_use(copy: Picture, at: int) -> None:
    if at - copy.used_at > DAY:
        with writing():
            Picture.objects.filter(pk=copy.pk).update(used_at=at)
