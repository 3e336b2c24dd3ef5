"""Who is told of silences."""

from __future__ import annotations

import uuid

from django.db import models


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
