"""The search index, in each database's own way."""

from django.db import migrations

from twoway.desk.inbox.search.index import POSTGRESQL, SQLITE


def make(apps, editor):
    editor.execute(SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)


def drop(apps, editor):
    editor.execute("drop table inbox_post_search")


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_initial")]
    operations = [migrations.RunPython(make, drop)]
