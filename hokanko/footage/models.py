"""Footage (映像ファイル): the sealed video together with what is known of its taking."""

from __future__ import annotations

import uuid

from django.db import models


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
            models.Index(fields=["last_day"], condition=models.Q(state="held"), name="due"),
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
