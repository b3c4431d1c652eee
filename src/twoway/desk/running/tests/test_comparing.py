"""What a network has and the desk has not is noticed within a day, and mended."""

import pytest
from asgiref.sync import async_to_sync

from twoway.connectors.errors import Reconnect
from twoway.desk.channels.models import Check
from twoway.desk.clock import now
from twoway.desk.inbox.models import Conversation, Post
from twoway.desk.outbox.tests.conftest import Desk
from twoway.desk.people.models import Account
from twoway.desk.privacy import erasing
from twoway.desk.running import comparing


class Roads:
    """Leads every channel into the test's town."""

    def __init__(self, desk):
        self.open = desk.opening


@pytest.fixture
def desk(db, tmp_path):  # noqa: ARG001  the database must be there
    # Where a minute takes hours nobody says anything new between two looks.
    return Desk(tmp_path, speed=0.01)


def look(desk):
    return async_to_sync(comparing.compare_all)(Roads(desk))


def test_all_is_here_where_nothing_was_lost(desk):
    assert look(desk) == 1
    check = Check.objects.get()
    assert check.missing == 0
    assert check.fetched > 0


def test_what_was_lost_is_counted_and_comes_back(desk):
    lost = Post.objects.filter(said_at__gt=now() - comparing.BACK, is_ours=False).latest("pk")
    name = lost.remote_id
    Conversation.objects.filter(thread=lost.thread).delete()
    lost.delete()
    look(desk)
    assert Check.objects.get().missing == 1
    assert Post.objects.filter(remote_id=name).exists()
    assert async_to_sync(comparing.compare)(desk.channel, desk.connector) == 0


def test_a_channel_is_compared_once_a_day(desk):
    assert [look(desk), look(desk)] == [1, 0]


def test_a_channel_that_cannot_be_asked_is_left_for_later(desk):
    async def closed(_channel):
        raise Reconnect("Connect the channel again.")

    desk.opening = closed
    assert look(desk) == 1
    assert not Check.objects.exists()


def test_who_was_erased_is_not_missing_and_does_not_come_back(desk):
    lately = Post.objects.filter(said_at__gt=now() - comparing.BACK, is_ours=False).latest("pk")
    account, posts = lately.account, Post.objects.count()
    admin = desk.join("Ada", "admin")
    erasing.erase(admin, account.person_id, account.handle)
    assert erasing.work_on_next()
    look(desk)
    assert Check.objects.get().missing == 0
    desk.cursor = None
    desk.fetch()
    assert Post.objects.count() == posts
    assert not Account.objects.filter(remote_id=account.remote_id).exists()
    assert not Post.objects.filter(text__contains=account.handle).exists()
