"""Erasures: one under way knows what is still to be sought, a finished one nothing."""

from django.db import models

from twoway.desk.people.models import Person
from twoway.desk.team.models import Organisation


class Erasure(models.Model):
    """A person is erased, or was. Times are µs since 1970, UTC."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    person = models.OneToOneField(Person, models.CASCADE, related_name="erasure")
    sought = models.JSONField(default=list)
    """[[account, network, its id, its handle], …] until it has ended, then nothing."""
    begun_at = models.BigIntegerField()
    claimed_at = models.BigIntegerField(null=True)
    """When a worker was last heard of; None until one has it."""
    ended_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id} at {self.begun_at}"
