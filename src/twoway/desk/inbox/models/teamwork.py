"""What colleagues do around a conversation: notes, drafts, questions to experts, who is there."""

from django.db import models

from twoway.desk.channels.models import Channel
from twoway.desk.inbox.models.conversation import Conversation
from twoway.desk.inbox.models.post import Post
from twoway.desk.team.models import Organisation, Teammate


class Note(models.Model):
    """A word among colleagues; `expert` is the address of one who has no login."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="notes")
    teammate = models.ForeignKey(Teammate, models.SET_NULL, null=True)
    expert = models.CharField(max_length=255, blank=True)
    text = models.TextField()
    noted_at = models.BigIntegerField()

    def __str__(self) -> str:
        return self.text[:40]


class Mention(models.Model):
    """A note names a colleague, who has seen it or not."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    teammate = models.ForeignKey(Teammate, models.CASCADE)
    seen_at = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "note", "teammate"], name="mentioned_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["teammate", "note"],
                name="mention_unseen",
                condition=models.Q(seen_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teammate_id} in {self.note_id}"


class ExpertQuestion(models.Model):
    """A question by e-mail to somebody without a login; `token` in the address finds it again."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="questions")
    teammate = models.ForeignKey(Teammate, models.SET_NULL, null=True)
    email = models.EmailField()
    text = models.TextField()
    token = models.CharField(max_length=40, unique=True)
    asked_at = models.BigIntegerField()
    sent_at = models.BigIntegerField(null=True)
    answered_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.email


class Draft(models.Model):
    """An answer in the making, seen by all colleagues. Whoever saves over a newer one keeps both."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="drafts")
    teammate = models.ForeignKey(Teammate, models.SET_NULL, null=True)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True)
    answers = models.ForeignKey(Post, models.SET_NULL, null=True)
    text = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    """What the composer knows besides: visibility, language, alt texts."""
    version = models.PositiveIntegerField(default=1)
    saved_at = models.BigIntegerField()

    def __str__(self) -> str:
        return self.text[:40]


class Presence(models.Model):
    """Who looks at a conversation or writes in it; counts for half a minute."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    conversation = models.ForeignKey(Conversation, models.CASCADE)
    teammate = models.ForeignKey(Teammate, models.CASCADE)
    is_writing = models.BooleanField(default=False)
    seen_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "conversation", "teammate"], name="present_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teammate_id} at {self.conversation_id}"


class SavedView(models.Model):
    """A list with its filters, kept under a name; without a teammate it is everybody's."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    teammate = models.ForeignKey(Teammate, models.CASCADE, null=True)
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)
    place = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
