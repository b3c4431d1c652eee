"""What a count of our own channels is given to read."""

from twoway.core.accounts import Account
from twoway.desk.channels.models import Channel
from twoway.desk.insight import collecting
from twoway.desk.team.models import Organisation


def test_a_channel_that_has_heard_nothing_yet_is_told_of(db):  # noqa: ARG001  the database must be there
    ours = Organisation.objects.create(name="Larkway Buses", founded_at=0)
    Channel.objects.create(
        organisation=ours, network="practice", remote_id="us", handle="larkway", connected_at=1
    )
    told = [one for one in collecting.records(ours.pk) if isinstance(one, Account)]
    assert [(one.id, one.handle) for one in told] == [("us", "larkway")]
    assert collecting.groups(ours.pk) == [("larkway",)]
