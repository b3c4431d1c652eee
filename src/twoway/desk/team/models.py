"""Organisations, and those who work for them."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

ROLES = ("observer", "suggests", "voice", "approver", "admin")
"""A path that a colleague walks: each may do what those before may, and more."""


class Organisation(models.Model):
    """Who "we" are. Several may share one desk and never see each other."""

    name = models.CharField(max_length=200)
    site = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")
    founded_at = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A part of the organisation, so that figures can be told apart."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="department_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People who answer together, at hours they keep, as fast as they set out to.

    `hours` lists [weekday (0 = Monday), from minute, to minute] in `time_zone`; goals are minutes
    of those hours. No goal, no warning.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    department = models.ForeignKey(Department, models.SET_NULL, null=True, blank=True)
    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=60, default="UTC")
    hours = models.JSONField(default=list)
    answer_within = models.PositiveIntegerField(null=True)
    warn_before = models.PositiveIntegerField(default=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="team_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Holiday(models.Model):
    """A day on which a team is away; no goal is missed then."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    team = models.ForeignKey(Team, models.CASCADE, related_name="holidays")
    day = models.DateField()
    name = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "team", "day"], name="holiday_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Teammate(AbstractBaseUser):
    """Somebody who signs in. An address belongs to one teammate of one organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="teammates")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=10, choices=[(r, r) for r in ROLES], default="observer")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True)
    department = models.ForeignKey(Department, models.SET_NULL, null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    theme = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.BigIntegerField(default=0)
    seen_at = models.BigIntegerField(null=True)
    told_at = models.BigIntegerField(null=True)
    """When the last digest went out."""
    wants_digest = models.BooleanField(default=True)
    wants_alerts = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = BaseUserManager()

    def __str__(self) -> str:
        return self.name or self.email

    def may(self, role: str) -> bool:
        """Tell whether they are at least a `role`."""
        return self.is_active and ROLES.index(self.role) >= ROLES.index(role)


class Invitation(models.Model):
    """A way in for one colleague, by a token of which only the digest is kept."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=[(r, r) for r in ROLES])
    team = models.ForeignKey(Team, models.SET_NULL, null=True)
    invited_by = models.ForeignKey(Teammate, models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.BigIntegerField()
    ends_at = models.BigIntegerField()
    accepted_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.email


class FirstToken(models.Model):
    """The one-time token that the terminal prints on first run; only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    made_at = models.BigIntegerField()
    used_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"made {self.made_at}"


class Event(models.Model):
    """The audit trail: who did what to which thing, and when. Never changed, never deleted."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    teammate = models.ForeignKey(Teammate, models.SET_NULL, null=True)
    at = models.BigIntegerField()
    action = models.CharField(max_length=40)
    thing = models.CharField(max_length=20, blank=True)
    number = models.BigIntegerField(null=True)
    """The id of the thing, where it has one."""
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-at", "-id"], name="event_by_time"),
            models.Index(fields=["organisation", "thing", "number", "at"], name="event_of_thing"),
        ]

    def __str__(self) -> str:
        return self.action
