"""Indexes that another one begins with: nothing asks them, and everybody new was written into them.

Dropped by name; Django's own way would copy the tables on SQLite.
"""

import django.db.models.deletion
from django.db import migrations, models

INDEXES = (
    ("people_person_organisation_id_276b0765", "people_person (organisation_id)"),
    ("people_account_organisation_id_362dc444", "people_account (organisation_id)"),
)


def alone():
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="team.organisation"
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0002_erased")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"drop index if exists {name}", f"create index if not exists {name} on {columns}"
                )
                for name, columns in INDEXES
            ],
            state_operations=[
                migrations.AlterField("person", "organisation", alone()),
                migrations.AlterField("account", "organisation", alone()),
            ],
        )
    ]
