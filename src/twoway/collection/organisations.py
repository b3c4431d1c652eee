"""Whose archive was read: its owner's accounts are an organisation, with the site of the profile."""

from collections.abc import Sequence

from twoway.collection.database import Workbench
from twoway.collection.manifest import Part
from twoway.collection.records import Own
from twoway.collection.rows import account_key, site_of
from twoway.core.tables import BRANDS, ORGANISATIONS


def add_owners(database: Workbench, owners: Sequence[Own]) -> dict[str, tuple[Part, ...]]:
    """Return the tables of organisations with the owners added, who go by their handle.

    Reads the merged views accounts, organisations and brands. Accounts of one handle on several
    networks are one organisation.
    """
    held = database.change.manifest.tables
    if not owners and not held.get(ORGANISATIONS.name):
        return {}
    keys = sorted({account_key(owner.network, owner.account) for owner in owners})
    database.run("create table owners (organisation text, account bigint, site text)")
    for key in keys:
        for handle, site in database.rows(
            f"select handle, coalesce(site, '') from accounts where account = {key} "
            "and account not in (select account from organisations)"
        ):
            database.connection.execute(
                "insert into owners values (?, ?, ?)", [handle.lower(), key, site_of(site)]
            )
    return {
        ORGANISATIONS.name: database.keep(
            ORGANISATIONS,
            "from organisations union select organisation, account from owners",
        ),
        BRANDS.name: database.keep(
            BRANDS,
            "from brands union select organisation, 'site', site from owners where site is not null",
        ),
    }
