"""Each time somebody had the desk learn, and what came of it."""

from django.db import models

from twoway.desk.team.models import Organisation, Teammate

STATES = ("waiting", "running", "used", "not used", "failed")


class Lesson(models.Model):
    """One attempt to read better; `found` has its counts and how well was read before and after.

    Times are µs since 1970, UTC.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    asked_by = models.ForeignKey(Teammate, models.SET_NULL, null=True)
    state = models.CharField(max_length=8, choices=[(s, s) for s in STATES], default="waiting")
    made_at = models.BigIntegerField()
    claimed_at = models.BigIntegerField(null=True)
    finished_at = models.BigIntegerField(null=True)
    found = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-made_at"], name="lesson_latest"),
            models.Index(fields=["state", "made_at"], name="lesson_due"),
        ]

    def __str__(self) -> str:
        return self.state
