"""What is judged anew after an upgrade, and how far that is."""

from django.db import models

from twoway.desk.team.models import Organisation


class Rejudging(models.Model):
    """By what an organisation's conversations on one network are judged, and how far that has come.

    From the newest thread to the oldest: what comes in meanwhile is judged as it comes. Times are µs.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    network = models.CharField(max_length=30)
    judged_by = models.CharField(max_length=100)
    below = models.BigIntegerField()
    """Of the threads that were there at the beginning, those with smaller ids are still to come."""
    threads = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    """Conversations that came out otherwise."""
    begun_at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "network"], name="rejudging_once"),
        ]

    def __str__(self) -> str:
        return f"{self.done} of {self.threads} threads of {self.network}"
