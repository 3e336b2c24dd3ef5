"""Footage (映像ファイル): the sealed video together with what is known of its taking."""

from __future__ import annotations

import uuid

from django.db import models

from hokanko.people.models import Enclosed


class Footage(models.Model):
    """One piece. The row outlives the video: it is what certificates and statistics name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(
        max_length=40, unique=True, help_text="映像ファイル番号, never reused"
    )
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="footage")
    camera = models.ForeignKey("hokanko.Camera", models.PROTECT, related_name="footage")
    wearer = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="worn")
    source = models.CharField(max_length=255, help_text="name it came under")
    sha256 = models.CharField(max_length=64, help_text="of the bytes as they came")
    bytes = models.BigIntegerField()
    created = models.DateTimeField(help_text="when the file was created here: retention's start")
    captured = models.DateTimeField(null=True, help_text="when it was taken, as its source says")
    captured_by = models.CharField(max_length=60, blank=True, help_text="source of that time")
    duration_ms = models.BigIntegerField(null=True)
    last_day = models.DateField(help_text="readable until the end of this day (Tokyo)")
    key_day = models.DateField(help_text="day whose key opens it now")
    edition = models.CharField(max_length=64, help_text="rulebook edition it came in under")
    state = models.CharField(max_length=8, default="held", help_text="held | erased")
    flags = models.JSONField(default=list, help_text="what is wrong or open, as codes")
    facts = models.JSONField(default=dict, help_text="what the jailed look inside found")
    origin = models.JSONField(default=dict, help_text="dock and bay, or upload; file time there")
    released_at = models.DateTimeField(null=True, help_text="when the camera's copy was let go")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["org", "created"]),
            models.Index(fields=["camera", "created"]),
            models.Index(fields=["camera", "captured"], name="filmed"),
            models.Index(fields=["camera", "released_at"], name="let_go"),
            models.Index(fields=["camera", "sha256", "state", "last_day"], name="same_bytes"),
            models.Index(fields=["state", "last_day", "org"], name="due"),
            models.Index(fields=["wearer", "org"], name="worn_here"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["camera", "sha256", "source", "key_day"],
                condition=models.Q(state="held"),
                name="taken_in_once",
            )
        ]

    @property
    def quarantined(self) -> bool:
        """Not filed yet: no capture time is known (police-2.2)."""
        return self.captured is None


class PersonConsent(Enclosed):
    """What a person who is filmed lets footage be used for (本人の同意), until he withdraws it.

    It speaks of one piece, or of what one camera takes on the days from `since` to `until`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=40, unique=True)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="+")
    person = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200, help_text="in the words consented to")
    footage = models.ForeignKey(Footage, models.PROTECT, null=True, related_name="+")
    camera = models.ForeignKey("hokanko.Camera", models.PROTECT, null=True, related_name="+")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    on = models.DateField(help_text="the day on which it was given")
    how = models.CharField(max_length=120, help_text="how it was given")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_how = models.CharField(max_length=120, blank=True)


class Turn(models.Model):
    """One turn of a request between who asked and who decides, whatever the request is for."""

    number = models.PositiveSmallIntegerField(help_text="the first turn of a request is 1")
    kind = models.CharField(
        max_length=12, help_text="sent_back | resubmitted | withdrawn | declined"
    )
    at = models.DateTimeField()
    person = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    said = models.BinaryField(help_text="the question, the answer, the reason; sealed")
    due = models.DateField(null=True, help_text="by when an answer is asked for")
    before = models.JSONField(default=dict, help_text="the form as it stood, by field")

    class Meta:
        abstract = True


class Scene(models.Model):
    """A moment that somebody marked while he watched (控えた場面), to ask for it as a still."""

    footage = models.ForeignKey(Footage, models.PROTECT, related_name="scenes")
    person = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    viewing = models.UUIDField(help_text="the viewing in which it was marked")
    at_ms = models.BigIntegerField(help_text="counted from the first picture")
    at = models.DateTimeField(help_text="when it was marked")
    asked_at = models.DateTimeField(null=True, help_text="when a request took it up")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["viewing", "footage", "at_ms"], name="scene_once"),
        ]
