"""How far the rule of now has come through what was stored before an upgrade."""

from typing import Final

from twoway.desk.inbox.models import Rejudging
from twoway.desk.team.access import needs
from twoway.desk.team.models import Teammate

WORTH_TELLING: Final = 1_000
"""Threads; fewer are judged before anybody has read that they are."""


def rejudging_for_observer(teammate: Teammate) -> dict[str, Rejudging]:
    """Return what is being judged anew, by network; nothing of what is done in a moment."""
    needs(teammate, "observer")
    under_way = Rejudging.objects.filter(
        organisation_id=teammate.organisation_id, ended_at=None, threads__gte=WORTH_TELLING
    )
    return {one.network: one for one in under_way}
