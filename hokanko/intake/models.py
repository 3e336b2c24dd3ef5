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


class Hearing(models.Model):
    """What the recorder last heard of a running camera (受信): written every few seconds."""

    camera = models.OneToOneField("hokanko.Camera", models.PROTECT, primary_key=True)
    seen_at = models.DateTimeField(help_text="when the recorder itself was last alive")
    since = models.DateTimeField(null=True, help_text="kept without a silence since then")
    heard_at = models.DateTimeField(null=True, help_text="the last bytes that were kept")


class Watcher(models.Model):
    """Where it is told that a camera fell silent (知らせ先)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT)
    means = models.CharField(max_length=10, help_text="email | webhook")
    address = models.CharField(max_length=200)
    secret = models.BinaryField(null=True, help_text="what signs to a webhook, sealed")
    added_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=120, blank=True, help_text="why the last one failed")


class Docking(models.Model):
    """One stay of a camera in a bay of the charger, as the dock last saw it: for the dock wall."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT)
    camera = models.ForeignKey("hokanko.Camera", models.PROTECT, null=True)
    named = models.CharField(max_length=60, help_text="what the camera calls itself")
    bay = models.CharField(max_length=80)
    locked = models.BooleanField(help_text="nothing in it could be read without its password")
    clips = models.IntegerField(help_text="those it came with, let go or not")
    bytes = models.BigIntegerField()
    clock_offset_s = models.IntegerField(null=True, help_text="its clock less ours; null = unknown")
    trouble = models.TextField(blank=True, help_text="what stopped the last round")
    trouble_en = models.TextField(blank=True, help_text="the same in English")
    since = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
