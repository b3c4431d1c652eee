"""PostgreSQL's index of words collects what a delivery brings; search.index merges it at once."""

from django.db import migrations

INDEX = "alter index inbox_post_search_tokens set (fastupdate = %s)"


def collect(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(INDEX % "on")


def scatter(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(INDEX % "off")


class Migration(migrations.Migration):
    dependencies = [("inbox", "0004_lists_and_mentions")]
    operations = [migrations.RunPython(collect, scatter)]
