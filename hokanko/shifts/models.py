"""What a unit explains around its cameras: gaps, places filmed, consents of managers, closing.

What an officer writes, and who manages a place, names persons: both are sealed.
"""

from __future__ import annotations

import uuid

from django.db import models


class Explanation(models.Model):
    """Why a camera was out and nothing was filmed: one gap of one check-out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    checkout = models.ForeignKey("hokanko.Checkout", models.PROTECT, related_name="explanations")
    kind = models.CharField(max_length=12, help_text="late-start | pause | early-stop | …")
    begun = models.DateTimeField()
    ended = models.DateTimeField()
    ground = models.CharField(max_length=8, blank=True, help_text="of a pause: ア | イ | ウ")
    words = models.BinaryField(default=bytes, help_text="in the officer's words, sealed")
    by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Passage(models.Model):
    """A stretch of footage (区間) taken at a place of some class of the rulebook."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    footage = models.ForeignKey("hokanko.Footage", models.PROTECT, related_name="passages")
    checkout = models.ForeignKey("hokanko.Checkout", models.PROTECT, related_name="passages")
    begun = models.DateTimeField()
    ended = models.DateTimeField()
    place = models.CharField(max_length=24, help_text="class of place, as the rulebook has it")
    outside = models.BooleanField(help_text="not a place that the rules have filmed")
    managed = models.BooleanField(help_text="premises that a third party manages")
    by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()


class StandingConsent(models.Model):
    """A facility whose manager has agreed to filming once and for all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="+")
    premises = models.CharField(max_length=80)
    manager = models.BinaryField(help_text="who agreed, sealed")
    since = models.DateField()
    ended_on = models.DateField(null=True, help_text="the day on which it was taken back")


class PremisesConsent(models.Model):
    """What the manager of the premises said about the filming of one passage."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="consents")
    standing = models.ForeignKey(StandingConsent, models.PROTECT, null=True, related_name="+")
    premises = models.CharField(max_length=80)
    manager = models.BinaryField(help_text="who was asked, sealed")
    asked = models.CharField(max_length=8, help_text="before | after: the filming")
    outcome = models.CharField(max_length=12, help_text="obtained | refused | could-not")
    by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ShiftClose(models.Model):
    """That everything of one check-out was explained (勤務の締め)."""

    checkout = models.OneToOneField(
        "hokanko.Checkout", models.PROTECT, primary_key=True, related_name="closing"
    )
    at = models.DateTimeField()
    by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
