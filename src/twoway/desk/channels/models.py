"""Channels and how far each has been read."""

from django.db import models

from twoway.desk.team.models import Organisation, Teammate

STATES = ("working", "trouble", "reconnect", "paused", "disconnected")
"""`trouble` passes by itself, `reconnect` needs a person."""


class Channel(models.Model):
    """An account of ours, connected to the desk. Its credentials lie in the sealed store."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    network = models.CharField(max_length=30)
    remote_id = models.CharField(max_length=500)
    handle = models.CharField(max_length=255)
    name = models.CharField(max_length=255, blank=True)
    avatar = models.CharField(max_length=1000, blank=True)
    server = models.CharField(max_length=255, blank=True)
    purpose = models.TextField(blank=True)
    connected_at = models.BigIntegerField()
    connected_by = models.ForeignKey(Teammate, models.SET_NULL, null=True)
    state = models.CharField(max_length=12, choices=[(s, s) for s in STATES], default="working")
    needs = models.TextField(blank=True)
    """In plain words, empty where all is well."""
    works_since = models.BigIntegerField(null=True)
    succeeded_at = models.BigIntegerField(null=True)
    heard_at = models.BigIntegerField(null=True)
    """When the last post of somebody else came in."""
    keep_days = models.PositiveIntegerField(null=True)
    """The network's retention; None where it sets no limit."""
    quiet_hours = models.PositiveIntegerField(null=True)
    """Silence of so many hours raises an alarm; None: never."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network", "remote_id"], name="channel_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handle} ({self.network})"


class Cursor(models.Model):
    """How far one feed of a channel has been read; kept in the transaction that stored the page."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="cursors")
    feed = models.CharField(max_length=40)
    cursor = models.TextField(blank=True)
    pulled_at = models.BigIntegerField(null=True)
    reached = models.BigIntegerField(null=True)
    """How far back a walk into the past has come."""
    is_backfilled = models.BooleanField(default=False)
    fetched = models.BigIntegerField(default=0)
    stored = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "channel", "feed"], name="cursor_feed"),
        ]

    def __str__(self) -> str:
        return self.feed


class OwnAccount(models.Model):
    """An account that speaks for us without being connected: a teammate's own, a second one."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    network = models.CharField(max_length=30)
    remote_id = models.CharField(max_length=500)
    handle = models.CharField(max_length=255)
    teammate = models.ForeignKey(Teammate, models.SET_NULL, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network", "remote_id"], name="own_account"
            ),
        ]

    def __str__(self) -> str:
        return self.handle


class Voice(models.Model):
    """A teammate who may speak on a channel, and how they sign there."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="voices")
    teammate = models.ForeignKey(Teammate, models.CASCADE, related_name="voices")
    signature = models.CharField(max_length=60, blank=True)
    needs_approval = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "channel", "teammate"], name="voice_once"
            ),
        ]

    def __str__(self) -> str:
        return self.signature


class Check(models.Model):
    """What a comparison of the network with what we stored found."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="checks")
    checked_at = models.BigIntegerField()
    fetched = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["channel", "-checked_at"], name="check_latest")]

    def __str__(self) -> str:
        return f"{self.fetched - self.missing}/{self.fetched}"


class RawPage(models.Model):
    """What a network answered, as it came: packed JSON, so that a better parser can read it anew."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    channel = models.ForeignKey(Channel, models.CASCADE, db_index=False)
    feed = models.CharField(max_length=40)
    fetched_at = models.BigIntegerField()
    items = models.PositiveIntegerField()
    packed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["channel", "fetched_at"], name="raw_page_by_time")]

    def __str__(self) -> str:
        return f"{self.feed} at {self.fetched_at}"
