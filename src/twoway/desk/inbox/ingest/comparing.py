"""Is everything here that the network has? Asked by id, so that nothing is fetched twice."""

from collections.abc import Iterable

from twoway.desk import clock
from twoway.desk.channels.models import Channel, Check
from twoway.desk.database import writing
from twoway.desk.inbox.models import Gone, Post

KEPT = 30


def compare(channel: Channel, fetched: Iterable[str]) -> Check:
    """Note how many of the posts (remote ids) that a network holds are missing here."""
    wanted = set(fetched)
    here = {"organisation_id": channel.organisation_id, "network": channel.network}
    stored = Post.objects.filter(**here, remote_id__among=wanted)
    found = set(stored.values_list("remote_id", flat=True))
    taken = Gone.objects.filter(**here, remote_id__among=wanted - found)
    found.update(taken.values_list("remote_id", flat=True))
    with writing():
        check = Check.objects.create(
            organisation_id=channel.organisation_id,
            channel=channel,
            checked_at=clock.now(),
            fetched=len(wanted),
            missing=len(wanted - found),
        )
        old = channel.checks.order_by("-checked_at").values_list("pk", flat=True)[KEPT:]
        Check.objects.filter(pk__among=set(old)).delete()
    return check
