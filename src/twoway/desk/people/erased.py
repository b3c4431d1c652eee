"""Who was erased: known again by keyed hashes of their names, so that the next pull stores nothing."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.crypto import salted_hmac

from twoway.desk.database import fetch, shared
from twoway.desk.people.models import Account, Erased

STANDS_FOR: Final = "erased:"
"""How the id begins that stands where one of theirs stood."""


class Forgotten:
    """The accounts of one network that an organisation was told to forget."""

    def __init__(self, organisation: int, network: str, rows: Iterable[Erased]) -> None:
        self.organisation = organisation
        self.network = network
        self._rows: dict[str, list[Erased]] = {}
        for row in rows:
            self._rows.setdefault(row.digest, []).append(row)
        self._digests: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def find(self, name: str | None, named: frozenset[str] = frozenset()) -> Erased | None:
        """Return who goes by a name; a short one tells only among the accounts that are `named`."""
        if not name or name.startswith(STANDS_FOR):
            return None
        found = self._rows.get(self._digest(name), ())
        return next((row for row in found if not row.is_short or row.account in named), None)

    def stand_in(self, name: str) -> str:
        """Return what stands for an id from now on, the same each time."""
        return name if name.startswith(STANDS_FOR) else STANDS_FOR + self._digest(name)

    def welcome(self, account: str, at: int) -> None:
        """Know from now on that an account (its hash) has come back at a time (µs)."""
        for rows in self._rows.values():
            for row in rows:
                if row.account == account:
                    row.returned_at = at

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            self._digests[name] = digest(self.organisation, self.network, name)
        return self._digests[name]


def forgotten(organisation: int, network: str) -> Forgotten:
    """Return who was erased; nobody is erased meanwhile, until the transaction ends."""
    shared(gate(organisation))
    rows = fetch(Erased, "where organisation_id = %s and network = %s", organisation, network)
    return Forgotten(organisation, network, rows)


def gate(organisation: int) -> str:
    """Return the name under which whoever takes in posts and whoever erases pass one another."""
    return f"erasing {organisation}"


def digest(organisation: int, network: str, name: str) -> str:
    """Return the keyed hash of an id or of "@handle"; without the desk's key it tells nothing."""
    told = name.lower() if name.startswith("@") else name
    named = f"{organisation} {network} {told}"
    return salted_hmac("twoway.desk.erased", named, algorithm="sha256").hexdigest()


def names_of(account: Account) -> Iterator[tuple[str, bool]]:
    """Return an account's id and handles, and whether each is only a short form."""
    yield account.remote_id, False
    handle = account.handle.removeprefix("@")
    if handle:
        yield f"@{handle}", False
        if (short := handle.partition("@")[0]) not in {handle, ""}:
            yield f"@{short}", True


def remember(account: Account, at: int) -> None:
    """Keep the hashes of an account's names, from a time (µs) on."""
    organisation, network = account.organisation_id, account.network
    its = digest(organisation, network, account.remote_id)
    for name, is_short in names_of(account):
        Erased.objects.update_or_create(
            organisation_id=organisation, network=network, account=its,
            digest=digest(organisation, network, name),
            defaults={"is_short": is_short, "erased_at": at, "returned_at": None},
        )  # fmt: skip
