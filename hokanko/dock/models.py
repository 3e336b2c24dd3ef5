"""Stays of cameras in the bays of a charger."""

from __future__ import annotations

import uuid

from django.db import models


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
