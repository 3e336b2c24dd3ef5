"""Who watches which camera live (今の映像), from when until when; no picture is kept."""

from __future__ import annotations

import uuid

from django.db import models


class LiveWatch(models.Model):
    """One person watching one camera live, from the press of a button until it ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sitting = models.UUIDField(help_text="what was begun with one press, on one page")
    camera = models.ForeignKey("hokanko.Camera", models.PROTECT, related_name="live_watches")
    person = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="live_watches")
    browser = models.CharField(max_length=64, help_text="digest of the login that began it")
    begun_at = models.DateTimeField()
    until = models.DateTimeField(help_text="the longest that the edition in force allows")
    turn = models.IntegerField(default=0, help_text="how often its pictures were asked for")
    seen_at = models.DateTimeField(help_text="when pictures were last sent")
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=12, blank=True, help_text="see footage/telling.py")

    class Meta:
        indexes = [
            models.Index(fields=["ended_at", "seen_at"], name="live_going_on"),
            models.Index(fields=["sitting"], name="live_sitting"),
        ]
