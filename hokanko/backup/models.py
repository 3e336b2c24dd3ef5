"""Storage places: where, on this machine, a place lies that the enacted rules name in words."""

from __future__ import annotations

import uuid

from django.db import models


class StoragePlace(models.Model):
    """One declaration: this folder lies at that place. Withdrawn ones stay, to be read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="storage_places")
    place = models.CharField(max_length=120, help_text="as the rules call it")
    where = models.CharField(max_length=255, help_text="absolute path of a folder")
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
