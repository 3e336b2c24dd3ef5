"""Viewings (閲覧): who looks at which footage, for what purpose, attended by whom."""

from __future__ import annotations

import uuid

from django.db import models

from hokanko.clock import TOKYO
from hokanko.footage.models import Turn


class Viewing(models.Model):
    """One look, from asking to closing: at a whole piece, or at a stretch of up to four cameras.

    Of a stretch, `footage` is the earliest piece when it was asked for; the others, and the one by
    which the law is asked once that one has ended, are found by camera and time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    footage = models.ForeignKey("hokanko.Footage", models.PROTECT, related_name="viewings")
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT)
    cameras = models.ManyToManyField("hokanko.Camera", related_name="+")
    begun = models.DateTimeField(null=True, help_text="a stretch: its first moment")
    ended = models.DateTimeField(null=True, help_text="a stretch: its end")
    shown = models.ManyToManyField(
        "hokanko.Footage", related_name="+", help_text="pieces of the stretch shown so far"
    )
    viewer = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="viewings")
    purposes = models.JSONField(help_text="ids of the rulebook's purposes")
    note = models.TextField(blank=True, help_text="what the purpose asks to be told")
    rests_on = models.ManyToManyField("hokanko.PersonConsent", related_name="viewings")
    state = models.CharField(
        max_length=10,
        default="asked",
        help_text="asked | returned | approved | declined | withdrawn | lapsed | open | closed",
    )
    asked_at = models.DateTimeField()
    answer_due = models.DateField(null=True, help_text="of the question it was sent back with")
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

    @property
    def label(self) -> str:
        """What it is of: the number of a piece, or cameras, day and time."""
        if self.begun is None or self.ended is None:
            return self.footage.number
        since, until = self.begun.astimezone(TOKYO), self.ended.astimezone(TOKYO)
        numbers = "・".join(sorted(camera.number for camera in self.cameras.all()))
        return f"{numbers} {since:%Y-%m-%d %H:%M:%S}〜{until:%H:%M:%S}"


class ViewingTurn(Turn):
    """One turn of a request for viewing."""

    viewing = models.ForeignKey(Viewing, models.PROTECT, related_name="turns")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["viewing", "number"], name="viewing_turn")]
