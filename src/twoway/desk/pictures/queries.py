"""Which picture somebody may see: of a post or a person of their organisation, as it stands now."""

from dataclasses import dataclass

from twoway.desk.inbox import queries as inbox
from twoway.desk.inbox.told import rest_of
from twoway.desk.people.models import Account
from twoway.desk.pictures.models import Picture
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Teammate

LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture that is asked for: where the network has it, and our copy if there is one."""

    organisation: int
    address: str
    copy: Picture | None
    post: int | None = None
    place: int = 0
    account: int | None = None


def picture_of_post_for_observer(teammate: Teammate, number: int, place: int) -> Shown:
    """Return a picture of a post that still stands."""
    post = inbox.post_for_observer(teammate, number)
    media = rest_of(post.record).media if post.deleted_at is None else ()
    address = media[place].address if place < len(media) else None
    if not can_be_fetched(address):
        raise NotThere
    copy = Picture.objects.filter(post=post, place=place).first()
    return Shown(
        organisation=post.organisation_id, address=address or "", copy=copy, post=post.pk, place=place
    )  # fmt: skip


def face_for_observer(teammate: Teammate, number: int) -> Shown:
    """Return the face of an account."""
    needs(teammate, "observer")
    account = Account.objects.filter(pk=number, organisation_id=teammate.organisation_id).first()
    if account is None or not can_be_fetched(account.avatar):
        raise NotThere
    copy = Picture.objects.filter(account=account).first()
    return Shown(
        organisation=account.organisation_id, address=account.avatar, copy=copy, account=account.pk
    )


def can_be_fetched(address: str | None) -> bool:
    """Tell an address that leads to the web; the door judges it again when it is fetched."""
    return bool(
        address and len(address) <= LONGEST_ADDRESS and address.startswith(("https://", "http://"))
    )
