"""Posts as the network told them, and what was made of them."""

from django.db import models

from twoway.desk.channels.models import Channel
from twoway.desk.people.models import Account
from twoway.desk.team.models import Organisation, Teammate


class Thread(models.Model):
    """The tree of posts below one root, which we may not have. Whoever writes there locks it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    network = models.CharField(max_length=30)
    root = models.CharField(max_length=500)
    size = models.PositiveIntegerField(default=0)
    is_flat = models.BooleanField(default=False)
    """Something in it stands where replies do not nest."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "network", "root"], name="thread_root"),
        ]

    def __str__(self) -> str:
        return self.root


class Post(models.Model):
    """One message, theirs or ours. Ids follow time, so that "newest first" needs no sorting.

    `record` is what the network told besides the columns and `reading` what `language` made of it,
    both as JSON that `told` opens; `held` is [[since, theirs, ours], …], one entry per version.
    """

    id = models.BigIntegerField(primary_key=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    network = models.CharField(max_length=30)
    remote_id = models.CharField(max_length=500)
    channel = models.ForeignKey(Channel, models.CASCADE, db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, db_index=False)
    thread = models.ForeignKey(Thread, models.CASCADE, db_index=False)
    parent = models.CharField(max_length=500, null=True)  # noqa: DJ001  no parent is not an empty one
    said_at = models.BigIntegerField()
    text = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    is_ours = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False)
    is_machine = models.BooleanField(default=False)
    """Ours, and written by no person."""
    is_quick = models.BooleanField(default=False)
    """Ours, and written within a minute of what it answers."""
    sameness = models.BigIntegerField(null=True)
    """Of posts of ours: equal where they say the same."""
    deleted_at = models.BigIntegerField(null=True)
    observed_at = models.BigIntegerField(default=0)
    record = models.TextField(default="{}")
    held = models.TextField(default="[]")
    reading = models.TextField(default="{}")
    facets = models.CharField(max_length=200, blank=True)
    """As the search index has them, which forgets a post only by the words it was given."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network", "remote_id"], name="post_identity"
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "said_at", "id"], name="post_of_thread"),
            models.Index(fields=["account", "thread", "said_at", "id"], name="post_of_account"),
            models.Index(
                fields=["thread", "said_at"],
                name="post_of_ours",
                condition=models.Q(is_ours=True),
            ),
            models.Index(fields=["channel", "said_at", "id"], name="post_of_channel"),
            models.Index(
                fields=["organisation", "sameness"],
                name="post_sameness",
                condition=models.Q(is_quick=True),
            ),
        ]

    def __str__(self) -> str:
        return self.remote_id


class Reference(models.Model):
    """A post names another: a parent or root that was missing when it came, or one it leads to."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    network = models.CharField(max_length=30)
    target = models.CharField(max_length=500)
    post = models.ForeignKey(Post, models.CASCADE)
    leads = models.BooleanField()
    """It quotes or links the target, or answers it in private; else it stands below it."""

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "network", "target"], name="reference_target"),
        ]

    def __str__(self) -> str:
        return self.target


class Signal(models.Model):
    """Somebody liked or shared a post, which we may not have."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    network = models.CharField(max_length=30)
    post = models.CharField(max_length=500)
    account = models.CharField(max_length=500)
    kind = models.CharField(max_length=5)
    remote_id = models.CharField(max_length=500, blank=True)
    """Of a share that is a post of its own: deleting that takes the share back."""
    reacted_at = models.BigIntegerField(null=True)
    taken_back_at = models.BigIntegerField(null=True)
    is_ours = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network", "post", "account", "kind", "remote_id"],
                name="signal_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "network", "remote_id"],
                name="signal_of_share",
                condition=~models.Q(remote_id=""),
            ),
            models.Index(
                fields=["organisation", "network", "post"],
                name="signal_of_ours",
                condition=models.Q(is_ours=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.post}"


class Gone(models.Model):
    """The network took something back that we did not have yet; it may still come."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    network = models.CharField(max_length=30)
    remote_id = models.CharField(max_length=500)
    deleted_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network", "remote_id"], name="gone_once"
            ),
        ]

    def __str__(self) -> str:
        return self.remote_id


class Mark(models.Model):
    """What a teammate decided about a post; the last correction of its kind counts."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    post = models.ForeignKey(Post, models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    marked_at = models.BigIntegerField()
    teammate = models.ForeignKey(Teammate, models.SET_NULL, null=True)

    def __str__(self) -> str:
        return self.kind
