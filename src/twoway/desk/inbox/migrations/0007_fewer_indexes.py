"""Indexes that another one begins with: nothing asks them, and every post was written into them.

Dropped by name; Django's own way would copy the tables on SQLite.
"""

import django.db.models.deletion
from django.db import migrations, models

INDEXES = (
    ("inbox_post_organisation_id_5e66fc4f", "inbox_post (organisation_id)"),
    ("inbox_post_channel_id_0b1889e4", "inbox_post (channel_id)"),
    ("inbox_thread_organisation_id_971c0747", "inbox_thread (organisation_id)"),
)


def alone(to):
    return models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to=to)


class Migration(migrations.Migration):
    dependencies = [("inbox", "0006_further_channels")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"drop index if exists {name}", f"create index if not exists {name} on {columns}"
                )
                for name, columns in INDEXES
            ],
            state_operations=[
                migrations.AlterField("post", "organisation", alone("team.organisation")),
                migrations.AlterField("post", "channel", alone("channels.channel")),
                migrations.AlterField("thread", "organisation", alone("team.organisation")),
            ],
        )
    ]
