"""Audits that the desk was asked for, and their reports."""

from django.db import models

from twoway.desk.team.models import Organisation, Teammate

STATES = ("waiting", "running", "done", "failed")


class Audit(models.Model):
    """One audit: of all our channels (`subject` empty) or of a handle that somebody typed.

    `report` is the published JSON, told to each reader in their language. Times are µs since 1970, UTC.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    asked_by = models.ForeignKey(Teammate, models.SET_NULL, null=True)
    subject = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default="waiting")
    doing = models.CharField(max_length=300, blank=True)
    cure = models.TextField(blank=True)
    report = models.TextField(blank=True)
    made_at = models.BigIntegerField()
    claimed_at = models.BigIntegerField(null=True)
    finished_at = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "-made_at"], name="audit_latest"),
            models.Index(fields=["state", "made_at"], name="audit_due"),
        ]

    def __str__(self) -> str:
        return self.subject or "our channels"
