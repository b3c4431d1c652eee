"""Links to further channels hold every filter, so that lists of them look nothing up."""

from django.db import migrations, models

FILL = """
update inbox_conversationchannel
set assignee = c.assignee_id, kind = c.kind, language = c.language
from inbox_conversation c where c.id = inbox_conversationchannel.conversation_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('inbox', '0005_search_by_word'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='conversationchannel',
            name='further_channel_box',
        ),
        migrations.AddField(
            model_name='conversationchannel',
            name='assignee',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='conversationchannel',
            name='kind',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='conversationchannel',
            name='language',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='conversationchannel',
            index=models.Index(fields=['organisation', 'channel', 'box', 'rank', 'conversation', 'assignee', 'kind', 'language'], name='further_channel_box'),
        ),
    ]
