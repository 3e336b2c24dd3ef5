"""Arrivals: transfers that are not complete yet, or that went wrong."""

from __future__ import annotations

import uuid

from django.db import models


class Arrival(models.Model):
    """One transfer. Its id becomes the footage's id when the copy is sealed and verified."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT)
    camera = models.ForeignKey("hokanko.Camera", models.PROTECT)
    source = models.CharField(max_length=255)
    bytes_total = models.BigIntegerField(null=True)
    bytes_done = models.BigIntegerField(default=0)
    state = models.CharField(
        max_length=10, default="copying", help_text="copying | filed | again | broken"
    )
    note = models.TextField(blank=True)
    key_day = models.DateField()
    origin = models.JSONField(default=dict, help_text="how it came: dock and bay, file time there")
    worker = models.CharField(max_length=80, help_text="host:pid that copies it")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "org"], name="arrival_state"),
            models.Index(fields=["org", "begun_at"], name="arrival_newest"),
        ]
