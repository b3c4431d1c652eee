"""Accounts as they come in; whoever is new becomes a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from twoway.core.accounts import Account as Seen
from twoway.core.accounts import Follow
from twoway.desk import clock, database
from twoway.desk.database import begin, insert
from twoway.desk.folding import fold
from twoway.desk.people.models import Account, Person


@dataclass(frozen=True, slots=True)
class Known:
    """Where an account is stored, and whose it is."""

    id: int
    person: int
    remote_id: str


class Kept(dict[str, Known]):
    """Accounts by remote id; `turned` are ids of those that now are or are no longer a machine's."""

    turned: frozenset[int] = frozenset()


def keep(
    organisation: int,
    network: str,
    seen: Mapping[str, Seen],
    authors: Iterable[str],
    ours: frozenset[str],
) -> Kept:
    """Store what was seen of accounts, and return them and all `authors` by remote id."""
    wanted = {*seen, *authors}
    known = _known(organisation, network, wanted)
    missing = wanted - set(known)
    turned: set[int] = set()
    if missing:
        database.lock_names(f"{organisation} {network} account {remote}" for remote in missing)
        known |= _known(organisation, network, missing)
        missing -= set(known)
        made = _make(organisation, network, sorted(missing), seen, ours)
        known |= {one.remote_id: Known(one.pk, one.person_id, one.remote_id) for one in made}
        # One of ours may have liked something before it was known.
        turned = {one.pk for one in made if one.is_automatic and one.is_ours}
    kept = Kept(known)
    seen_again = {known[remote].id: seen[remote] for remote in seen if remote not in missing}
    if seen_again:
        rows = Account.objects.filter(pk__among=seen_again).order_by("pk")
        turned |= _renew([(row, seen_again[row.pk]) for row in rows])
    kept.turned = frozenset(turned)
    return kept


def _known(organisation: int, network: str, remote_ids: Iterable[str]) -> dict[str, Known]:
    rows = database.ask(
        "select id, person_id, remote_id from people_account "
        "where organisation_id = %s and network = %s and remote_id in (%s)",
        organisation,
        network,
        {*remote_ids},
    )
    return {known.remote_id: known for known in (Known(*row) for row in rows)}


def _make(
    organisation: int,
    network: str,
    remote_ids: Sequence[str],
    seen: Mapping[str, Seen],
    ours: frozenset[str],
) -> list[Account]:
    now = clock.now()
    accounts = []
    for remote in remote_ids:
        account = begin(
            Account,
            organisation_id=organisation,
            network=network,
            remote_id=remote,
            is_ours=remote in ours,
        )
        if remote in seen:
            _draw(account, seen[remote])
        accounts.append(account)
    names = [_name(account) for account in accounts]
    persons = insert(
        Person,
        ("organisation_id", "name", "sought", "relation", "first_seen_at", "is_spam",
         "do_not_contact"),
        [(organisation, name, fold(name)[:255], "", now, False, False) for name in names],
    )  # fmt: skip
    for account, person in zip(accounts, persons, strict=True):
        account.person_id = person
    made = insert(Account, _COLUMNS, [_VALUES(vars(account)) for account in accounts])
    for account, number in zip(accounts, made, strict=True):
        account.pk = number
    return accounts


_FIELDS = Account._meta.concrete_fields  # noqa: SLF001  public in Django
_COLUMNS = tuple(field.attname for field in _FIELDS if not field.primary_key)
_VALUES = itemgetter(*_COLUMNS)


def _renew(pairs: Sequence[tuple[Account, Seen]]) -> set[int]:
    """Bring accounts to what was seen; return those that turned automatic, or back."""
    changed, turned = [], set()
    for account, seen in pairs:
        before = {name: getattr(account, name) for name in _DRAWN}
        if (account.observed_at or 0) <= (seen.observed_at or 0):
            _draw(account, seen)
            if any(getattr(account, name) != before[name] for name in _DRAWN):
                changed.append(account)
            if account.is_automatic != before["is_automatic"]:
                turned.add(account.pk)
    if changed:
        Account.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["id"], update_fields=list(_DRAWN)
        )
        nameless = [a for a in changed if a.name or a.handle]
        for account in nameless:
            name = _name(account)
            Person.objects.filter(pk=account.person_id, name="").update(
                name=name, sought=fold(name)[:255]
            )
    return turned


_DRAWN = (
    "handle", "sought", "name", "biography", "avatar", "site", "followers", "following", "made_at",
    "observed_at", "is_automatic", "replies_open", "messages_open",
)  # fmt: skip


def _draw(account: Account, seen: Seen) -> None:
    """Bring an account to what was seen of it; what was not seen stays."""
    told: dict[str, Any] = {
        "handle": seen.handle[:255],
        "sought": fold(seen.handle)[:255],
        "name": seen.name[:255],
        "biography": seen.biography,
        "avatar": _short(seen.avatar),
        "site": _short(seen.site),
        "followers": seen.followers,
        "following": seen.following,
        "made_at": seen.made_at,
        "observed_at": seen.observed_at,
        "is_automatic": seen.automatic,
        "replies_open": seen.replies_open,
        "messages_open": seen.messages_open,
    }
    for name, value in told.items():
        if value is not None and value != "":
            setattr(account, name, value)


def _short(address: str | None) -> str | None:
    """An address that does not fit leads nowhere."""
    return address if address is None or len(address) <= 1000 else None


def _name(account: Account) -> str:
    return account.name or account.handle


def follow(
    organisation: int, network: str, follows: Iterable[Follow], ours: frozenset[str]
) -> None:
    """Remember who follows us and whom we follow."""
    rows = Account.objects.filter(organisation_id=organisation, network=network)
    followed = [f.followed for f in follows if f.follower in ours]
    followers = [f.follower for f in follows if f.followed in ours]
    if followed:
        rows.filter(remote_id__among=followed, we_follow=False).update(we_follow=True)
    if followers:
        rows.filter(remote_id__among=followers, follows_us=False).update(follows_us=True)
