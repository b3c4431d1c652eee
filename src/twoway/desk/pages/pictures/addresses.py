"""Where pages find pictures: our own addresses, which change when the network's do."""

from collections.abc import Iterable
from zlib import crc32

from django.urls import reverse

from twoway.desk.people.models import Account
from twoway.desk.pictures.queries import can_be_fetched


def face_of(accounts: Iterable[Account]) -> str:
    """Return the address of a person's face, of the first account that has one; else nothing."""
    found = next((one for one in accounts if can_be_fetched(one.avatar)), None)
    return "" if found is None else _with_version(reverse("face", args=[found.pk]), found.avatar)


def picture_of(post: int, place: int, address: str | None) -> str:
    """Return the address of a picture of a post; nothing where the network does not say where it is."""
    if not can_be_fetched(address):
        return ""
    return _with_version(reverse("picture", args=[post, place]), address or "")


def _with_version(ours: str, theirs: str) -> str:
    return f"{ours}?v={crc32(theirs.encode()):08x}"
