"""When a camera does not record: silences heard, outages explained, times planned off."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models

from hokanko import clock


class Silence(models.Model):
    """A time in which a running camera sent nothing that could be kept (欠測), and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    camera = models.ForeignKey("hokanko.Camera", models.PROTECT, related_name="silences")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, help_text="empty while it lasts")
    cause = models.CharField(max_length=40, help_text="what the machine saw, as a code")
    told_at = models.DateTimeField(null=True, help_text="when the alarm was raised")
    end_told_at = models.DateTimeField(null=True, help_text="when its end was told")
    begun_owed = models.BooleanField(default=False, help_text="no line tells of it yet")
    end_owed = models.BooleanField(default=False, help_text="no line tells of its end yet")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["camera"], condition=models.Q(until=None), name="one_silence_at_a_time"
            )
        ]


class Outage(models.Model):
    """Why nothing was recorded for a while (録画のない時間), as somebody accounts for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    camera = models.ForeignKey("hokanko.Camera", models.PROTECT, related_name="outages")
    begun = models.DateTimeField()
    ended = models.DateTimeField()
    reason = models.CharField(max_length=12, help_text="of cameras.outages.REASONS")
    words = models.BinaryField(default=bytes, help_text="more of it, sealed")
    at = models.DateTimeField()
    by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["camera", "begun"], name="accounted")]


class PlannedOff(models.Model):
    """A time in which a camera need not record (計画停止), declared before it begins."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    camera = models.ForeignKey("hokanko.Camera", models.PROTECT, related_name="planned_offs")
    begun = models.DateTimeField()
    ended = models.DateTimeField()
    last_day = models.DateField(null=True, help_text="the same hours each day until this one")
    reason = models.CharField(max_length=12, help_text="of cameras.planned.REASONS")
    at = models.DateTimeField()
    by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True, help_text="from then on it records again")


class Hearing(models.Model):
    """What the recorder last heard of a running camera (受信): written every few seconds."""

    LATELY = timedelta(seconds=45)  # the recorder writes each ten

    camera = models.OneToOneField("hokanko.Camera", models.PROTECT, primary_key=True)
    seen_at = models.DateTimeField(help_text="when the recorder itself was last alive")
    since = models.DateTimeField(null=True, help_text="kept without a silence since then")
    heard_at = models.DateTimeField(null=True, help_text="the last bytes that were kept")

    def is_beating(self) -> bool:
        """Whether the recorder has written of it lately, as the clock has it."""
        return clock.now() - self.seen_at < self.LATELY

    def is_kept(self) -> bool:
        """Whether bytes of it were kept lately."""
        lately = self.heard_at is not None and clock.now() - self.heard_at < self.LATELY
        return lately and self.is_beating()
