"""Indexes that hold every filter, for lists of several; what a teammate has not seen."""

from django.conf import settings
from django.db import migrations, models


FILL = """
update inbox_conversationtag
set channel = c.channel_id, assignee = c.assignee_id, kind = c.kind, language = c.language
from inbox_conversation c where c.id = inbox_conversationtag.conversation_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0002_raw_pages'),
        ('inbox', '0003_search'),
        ('people', '0001_initial'),
        ('team', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='conversation',
            name='conversation_box_channel',
        ),
        migrations.RemoveIndex(
            model_name='conversation',
            name='conversation_box_assignee',
        ),
        migrations.RemoveIndex(
            model_name='conversation',
            name='conversation_box_kind',
        ),
        migrations.RemoveIndex(
            model_name='conversation',
            name='conversation_box_language',
        ),
        migrations.RemoveIndex(
            model_name='conversationtag',
            name='tag_box',
        ),
        migrations.AddField(
            model_name='conversationtag',
            name='assignee',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='conversationtag',
            name='channel',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='conversationtag',
            name='kind',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='conversationtag',
            name='language',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['organisation', 'box', 'channel', 'rank', 'id', 'assignee', 'kind', 'language'], name='conversation_box_channel'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['organisation', 'box', 'assignee', 'rank', 'id', 'channel', 'kind', 'language'], name='conversation_box_assignee'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['organisation', 'box', 'kind', 'rank', 'id', 'channel', 'assignee', 'language'], name='conversation_box_kind'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['organisation', 'box', 'language', 'rank', 'id', 'channel', 'assignee', 'kind'], name='conversation_box_language'),
        ),
        migrations.AddIndex(
            model_name='conversationtag',
            index=models.Index(fields=['organisation', 'tag', 'box', 'rank', 'conversation', 'channel', 'assignee', 'kind', 'language'], name='tag_box'),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(condition=models.Q(('seen_at__isnull', True)), fields=['teammate', 'note'], name='mention_unseen'),
        ),
    ]
