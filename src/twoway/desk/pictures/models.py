"""What was fetched, what is wanted, and what cannot be had."""

from django.db import models

from twoway.desk.inbox.models import Post
from twoway.desk.people.models import Account
from twoway.desk.team.models import Organisation

STATES = ("wanted", "here", "refused")


class Picture(models.Model):
    """One picture of a post, by its place from 0, or the face of an account. Times are µs UTC.

    A row, not a file: what is deleted with its post or person leaves no copy in a folder.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, null=True, db_index=False)
    place = models.PositiveSmallIntegerField(default=0)
    account = models.ForeignKey(Account, models.CASCADE, null=True, db_index=False)
    address = models.TextField()
    state = models.CharField(max_length=7, choices=[(s, s) for s in STATES], default="wanted")
    not_before = models.BigIntegerField()
    """When it is next worth asking for."""
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.BigIntegerField()
    type = models.CharField(max_length=20, blank=True)
    content = models.BinaryField(default=b"")
    size = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "place"], name="picture_of_post"),
            models.UniqueConstraint(fields=["account"], name="picture_of_account"),
        ]
        indexes = [
            models.Index(
                fields=["not_before"], name="picture_wanted", condition=models.Q(state="wanted")
            ),
            models.Index(fields=["organisation", "used_at", "size"], name="picture_by_use"),
        ]

    def __str__(self) -> str:
        return self.address
