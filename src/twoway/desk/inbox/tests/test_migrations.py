"""An upgrade over a desk with data in it: what older tables lacked is filled in."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from twoway.desk.inbox import queries, services
from twoway.desk.inbox.queries import Filters


def migrate_to(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("inbox", name)])


def migrate():
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("inbox"))


@pytest.fixture(autouse=True)
def _emptied(transactional_db):  # noqa: ARG001  which empties all tables but this one afterwards
    """Leave no words behind: their index is no model's table."""
    yield
    emptying = "delete from inbox_post_search"
    if connection.vendor == "sqlite":
        emptying = "insert into inbox_post_search (inbox_post_search) values ('delete-all')"
    with connection.cursor() as cursor:
        cursor.execute(emptying)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_links_to_tags_learn_what_lists_filter_by(museum):
    museum.asks("Is the hall warm?", author="mia")
    services.tag(museum.vera, museum.talk("mia").pk, "hall")
    services.assign(museum.vera, museum.talk("mia").pk, museum.vera.pk)
    try:
        migrate_to("0003_search")
    finally:
        migrate()
    mine = Filters(tag="hall", assignee="mine", kind="question", channel=museum.channel.pk)
    (row,) = queries.list_for_observer(museum.vera, mine).rows
    assert row.account.remote_id == "mia"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_links_to_further_channels_learn_it_too(museum):
    cafe = museum.connect("cafe")
    asked = museum.asks("When do you open?", author="mia")
    museum.asks("And you?", author="mia", us="cafe", parent=asked.id, parent_author="mia")
    services.assign(museum.vera, museum.talk("mia").pk, museum.vera.pk)
    try:
        migrate_to("0005_search_by_word")
    finally:
        migrate()
    for channel in (museum.channel.pk, cafe.pk):
        mine = Filters(channel=channel, assignee="mine", kind="question", language="en")
        (row,) = queries.list_for_observer(museum.vera, mine).rows
        assert row.account.remote_id == "mia"
