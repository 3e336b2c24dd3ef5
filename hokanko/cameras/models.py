"""The cameras of an organisation."""

from __future__ import annotations

import uuid

from django.db import models


class Camera(models.Model):
    """A camera that footage may come from; only registered ones are accepted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="cameras")
    number = models.CharField(max_length=20, help_text="the unit's own number")
    serial = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=12, default="wearable", help_text="wearable | fixed")
    holder = models.ForeignKey(
        "hokanko.Person", models.PROTECT, null=True, help_text="wearer it is checked out to"
    )
    registered_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "number"], name="camera_number")]
