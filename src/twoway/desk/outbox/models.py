"""What we send: one row per answer, message, like, share or deletion, never forgotten."""

from django.db import models

from twoway.desk.channels.models import Channel
from twoway.desk.inbox.models import Conversation, Post
from twoway.desk.outbox.states import State
from twoway.desk.team.models import Organisation, Teammate

DOES = ("say", "message", "like", "share", "unlike", "unshare", "follow", "unfollow", "delete", "change")  # fmt: skip


class Entry(models.Model):
    """Something to be done at the network exactly once. Times are µs since 1970, UTC.

    `key` makes it unrepeatable there. A worker owns the entry while `claimed_by` and `attempts` are
    as it left them and `lease_until` lies ahead; whatever it found out afterwards does not count.
    `maybe_sent` says that a request may have reached the network without an answer: such an entry
    is looked up before it is ever sent again.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    channel = models.ForeignKey(Channel, models.CASCADE, db_index=False)
    conversation = models.ForeignKey(
        Conversation, models.SET_NULL, null=True, db_index=False, related_name="entries"
    )
    answers = models.ForeignKey(Post, models.SET_NULL, null=True, db_index=False)
    target = models.CharField(max_length=500, blank=True)
    """The remote id of what is answered, liked, deleted: it outlives our copy of the post."""
    teammate = models.ForeignKey(Teammate, models.SET_NULL, null=True, related_name="entries")
    does = models.CharField(max_length=10, choices=[(d, d) for d in DOES], default="say")
    text = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    """Who is named (`to`), `visibility`, `language`, `content_warning`, `quotes`, `due_at` of a promise."""
    state = models.CharField(max_length=20, choices=State.choices)
    made_at = models.BigIntegerField()
    changed_at = models.BigIntegerField()
    not_before = models.BigIntegerField()
    key = models.CharField(max_length=40, unique=True)
    claimed_by = models.CharField(max_length=100, blank=True)
    lease_until = models.BigIntegerField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    maybe_sent = models.BooleanField(default=False)
    cure = models.TextField(blank=True)
    """What happened and what to do, in a sentence; empty while all is well."""
    remote_id = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=1000, blank=True)
    sent_at = models.BigIntegerField(null=True)
    seen_back_at = models.BigIntegerField(null=True)
    approver = models.ForeignKey(Teammate, models.SET_NULL, null=True, related_name="+")
    remark = models.TextField(blank=True)
    """What the approver says to the author."""

    class Meta:
        indexes = [
            models.Index(fields=["state", "not_before", "id"], name="entry_due"),
            models.Index(fields=["conversation", "made_at"], name="entry_of_conversation"),
            models.Index(fields=["organisation", "state", "made_at"], name="entry_by_state"),
            models.Index(fields=["channel", "remote_id"], name="entry_echo"),
            models.Index(fields=["channel", "target"], name="entry_target"),
        ]

    def __str__(self) -> str:
        return f"{self.does}: {self.text[:40]}"


class Attachment(models.Model):
    """A picture that goes out with an entry or waits beside a draft; its bytes lie in the row.

    A row, not a file: a backup of the database is a backup of everything.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="attachments")
    conversation = models.ForeignKey(Conversation, models.SET_NULL, null=True)
    teammate = models.ForeignKey(Teammate, models.SET_NULL, null=True)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=40)
    content = models.BinaryField()
    alt_text = models.TextField(blank=True)
    added_at = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name
