"""Conversations in their boxes, and what must be quick about them."""

from django.db import models

from twoway.desk.channels.models import Channel
from twoway.desk.inbox.models.post import Thread
from twoway.desk.people.models import Person
from twoway.desk.team.models import Organisation, Teammate


class Box(models.IntegerChoices):
    """Where a conversation lies. It lies in one; the lane for a kind word runs beside.

    GONE are those of which no post stands any more; no list shows them.
    """

    OURS = 1, "our turn"
    PROMISED = 2, "promised"
    MAYBE = 3, "maybe"
    THEIRS = 4, "theirs"
    SNOOZED = 5, "snoozed"
    SETTLED = 6, "settled"
    BEFORE = 7, "before you came"
    GONE = 8, "gone"


class Conversation(models.Model):
    """What one person and we said to each other in one thread, and whose move it is.

    `rank` orders a box, smallest first; `since` is the clock and no part of the order. `why` is
    [[reason, value], …] as inbox.order made them. Times are µs. `exchange` holds the ids of its
    latest posts, oldest first; `open_posts`, `maybe_posts` and `kind_word_posts` are ids among them.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    thread = models.ForeignKey(Thread, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, db_index=False)
    network = models.CharField(max_length=30)
    channel = models.ForeignKey(Channel, models.CASCADE, db_index=False)
    assignee = models.ForeignKey(Teammate, models.SET_NULL, null=True, db_index=False)
    box = models.SmallIntegerField(choices=Box.choices, default=Box.SETTLED)
    rank = models.BigIntegerField(default=0)
    since = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=12, blank=True)
    """The strongest of what is open: complaint, question, request, or what is maybe one."""
    language = models.CharField(max_length=10, blank=True)
    kind_word_rank = models.BigIntegerField(null=True)
    is_promised = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False)
    has_moved = models.BooleanField(default=False)
    """We took it to a private channel, so what is said there matters here."""
    promise_due_at = models.BigIntegerField(null=True)
    snoozed_at = models.BigIntegerField(null=True)
    snoozed_until = models.BigIntegerField(null=True)
    wakes_at = models.BigIntegerField(null=True)
    """When time alone will move it: the end of a snooze, of theirs, of a kind word's week."""
    last_at = models.BigIntegerField(default=0)
    last_post = models.BigIntegerField(null=True)
    posts = models.PositiveIntegerField(default=0)
    exchange = models.JSONField(default=list)
    why = models.JSONField(default=list)
    open_posts = models.JSONField(default=list)
    maybe_posts = models.JSONField(default=list)
    kind_word_posts = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "thread", "person"], name="conversation_identity"
            ),
        ]
        indexes = [
            # Covers what lists filter by: an empty pair of filters over 447,000 rows needs 20 ms
            # instead of 246.
            models.Index(
                fields=[
                    "organisation", "box", "rank", "id", "channel", "assignee", "kind", "language",
                ],
                name="conversation_box",
            ),
            models.Index(
                fields=[
                    "organisation", "box", "channel", "rank", "id", "assignee", "kind", "language",
                ],
                name="conversation_box_channel",
            ),
            models.Index(
                fields=[
                    "organisation", "box", "assignee", "rank", "id", "channel", "kind", "language",
                ],
                name="conversation_box_assignee",
            ),
            models.Index(
                fields=[
                    "organisation", "box", "kind", "rank", "id", "channel", "assignee", "language",
                ],
                name="conversation_box_kind",
            ),
            models.Index(
                fields=[
                    "organisation", "box", "language", "rank", "id", "channel", "assignee", "kind",
                ],
                name="conversation_box_language",
            ),
            models.Index(
                fields=["organisation", "kind_word_rank", "id"],
                name="conversation_kind_word",
                condition=models.Q(kind_word_rank__isnull=False),
            ),
            models.Index(
                fields=["wakes_at"],
                name="conversation_wakes",
                condition=models.Q(wakes_at__isnull=False),
            ),
            models.Index(fields=["person", "last_at", "id"], name="conversation_of_person"),
            models.Index(fields=["thread", "id"], name="conversation_of_thread"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person_id} in {self.thread_id}"


class ConversationChannel(models.Model):
    """A further channel that a conversation spans, in the order of its lists, with their filters."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="further")
    channel = models.ForeignKey(Channel, models.CASCADE, db_index=False)
    box = models.SmallIntegerField(choices=Box.choices)
    rank = models.BigIntegerField()
    assignee = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "conversation", "channel"], name="further_channel"
            ),
        ]
        indexes = [
            models.Index(
                fields=[
                    "organisation", "channel", "box", "rank", "conversation", "assignee", "kind",
                    "language",
                ],
                name="further_channel_box",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.conversation_id} on {self.channel_id}"


class Tag(models.Model):
    """A word of the team's own."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="tag_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ConversationTag(models.Model):
    """A tag on a conversation, in the order of its lists, with what they are filtered by."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="tags")
    box = models.SmallIntegerField(choices=Box.choices)
    rank = models.BigIntegerField()
    channel = models.BigIntegerField(default=0)
    assignee = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "tag", "conversation"], name="tagged_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=[
                    "organisation", "tag", "box", "rank", "conversation", "channel", "assignee",
                    "kind", "language",
                ],
                name="tag_box",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.conversation_id}"


class Count(models.Model):
    """How many conversations lie in a box; 0 stands for all channels and for nobody.

    Box 0 is the lane of kind words.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    box = models.SmallIntegerField()
    channel = models.BigIntegerField(default=0)
    assignee = models.BigIntegerField(default=0)
    conversations = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "channel", "box", "assignee"], name="count_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.conversations)
