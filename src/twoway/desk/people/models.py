"""Persons and their accounts."""

from django.db import models

from twoway.desk.team.models import Organisation, Teammate

RELATIONS = ("", "customer", "prospect", "partner", "supplier", "press")


class Person(models.Model):
    """A human or organisation we talk with, over all networks."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    name = models.CharField(max_length=255, blank=True)
    sought = models.CharField(max_length=255, blank=True)
    """The name as it is looked for."""
    relation = models.CharField(max_length=10, choices=[(r, r) for r in RELATIONS], blank=True)
    first_seen_at = models.BigIntegerField()
    is_spam = models.BooleanField(default=False)
    do_not_contact = models.BooleanField(default=False)
    erased_at = models.BigIntegerField(null=True)
    """Since when nothing of them is kept but that our answers spoke to somebody."""

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "sought"],
                name="person_by_name",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    """Anybody's presence on a network, as last seen; None where unknown."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="accounts")
    network = models.CharField(max_length=30)
    remote_id = models.CharField(max_length=500)
    handle = models.CharField(max_length=255, blank=True)
    sought = models.CharField(max_length=255, blank=True)
    """The handle as it is looked for."""
    name = models.CharField(max_length=255, blank=True)
    biography = models.TextField(blank=True)
    avatar = models.CharField(max_length=1000, blank=True)
    site = models.CharField(max_length=1000, blank=True)
    followers = models.BigIntegerField(null=True)
    following = models.BigIntegerField(null=True)
    made_at = models.BigIntegerField(null=True)
    observed_at = models.BigIntegerField(null=True)
    is_automatic = models.BooleanField(default=False)
    is_ours = models.BooleanField(default=False)
    we_follow = models.BooleanField(default=False)
    follows_us = models.BooleanField(default=False)
    replies_open = models.BooleanField(null=True)
    messages_open = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network", "remote_id"], name="account_identity"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "sought"],
                name="account_by_handle",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.handle


class PersonNote(models.Model):
    """What a teammate wants colleagues to know about a person."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notes")
    teammate = models.ForeignKey(Teammate, models.SET_NULL, null=True)
    text = models.TextField()
    noted_at = models.BigIntegerField()

    def __str__(self) -> str:
        return self.text[:40]


class Erased(models.Model):
    """A name of an account that was erased, as a keyed hash: known again, and not to be read.

    `account` is the hash of the account's id, whichever of its names this is. Times are µs, UTC.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    network = models.CharField(max_length=30)
    digest = models.CharField(max_length=64)
    account = models.CharField(max_length=64)
    is_short = models.BooleanField(default=False)
    """The handle without its server, which others may have elsewhere."""
    erased_at = models.BigIntegerField()
    returned_at = models.BigIntegerField(null=True)
    """When they first wrote to us anew."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network", "digest", "account"], name="erased_once"
            ),
        ]

    def __str__(self) -> str:
        return self.digest
