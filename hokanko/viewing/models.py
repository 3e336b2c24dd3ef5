"""Viewings (閲覧): who looks at which footage, for what purpose, attended by whom."""

from __future__ import annotations

import uuid

from django.db import models


class Viewing(models.Model):
    """One look, from asking to closing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    footage = models.ForeignKey("hokanko.Footage", models.PROTECT, related_name="viewings")
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT)
    viewer = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="viewings")
    purposes = models.JSONField(help_text="ids of the rulebook's purposes")
    note = models.TextField(blank=True, help_text="what the purpose asks to be told")
    rests_on = models.ManyToManyField("hokanko.PersonConsent", related_name="viewings")
    state = models.CharField(
        max_length=10, default="asked", help_text="asked | approved | declined | open | closed"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    not_after = models.DateTimeField(null=True, help_text="end of the approved time")
    designated = models.ForeignKey(
        "hokanko.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="whom the supervisor designated to attend",
    )
    attendant = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, help_text="attendant's last confirmation")
    code_sha256 = models.CharField(max_length=64, blank=True, help_text="of the code shown to scan")
    code_until = models.DateTimeField(null=True)
    phone = models.CharField(
        max_length=64, blank=True, help_text="digest of the login by which he attends on a phone"
    )
    phone_beat_at = models.DateTimeField(null=True, help_text="last sign of life of that phone")
    beat_at = models.DateTimeField(null=True, help_text="last sign of life of the room")
    terminal = models.ForeignKey(
        "hokanko.Terminal", models.PROTECT, null=True, help_text="where the rules bind it to one"
    )
    browser = models.CharField(
        max_length=64, blank=True, help_text="else: digest of the login that opened it"
    )
    opened_at = models.DateTimeField(null=True)
    opening_entry = models.BigIntegerField(null=True, help_text="ledger line of the opening")
    closed_at = models.DateTimeField(null=True)
    watched = models.JSONField(default=list, help_text="[start, end] in seconds, merged")
    told = models.JSONField(default=list, help_text="ranges that the ledger has already")
