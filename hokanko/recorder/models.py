"""What the recorder last heard of each camera, and who is told of silences."""

from __future__ import annotations

import uuid

from django.db import models


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
