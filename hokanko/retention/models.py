"""Erasures: the end of footage, as a lifecycle whose steps can be repeated."""

from __future__ import annotations

import uuid

from django.db import models


class Erasure(models.Model):
    """The end of a day of one organisation, or of one piece before its day.

    marked → key-dead → unlinked → certified. Each step may be repeated; `fsck` knows them all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT)
    day = models.DateField(help_text="last day, or the key day of a single piece")
    single = models.ForeignKey("hokanko.Footage", models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey("hokanko.ErasureCase", models.PROTECT, null=True)
    stage = models.CharField(max_length=10, default="marked")
    clause = models.CharField(max_length=60, blank=True, help_text="on which it rests; '' = none")
    article = models.CharField(max_length=80, blank=True, help_text="the same, as it is cited")
    method = models.CharField(max_length=120, blank=True, help_text="how, in the rules' words")
    footage = models.JSONField(help_text="[{id, number, sha256, bytes}] that end with it")
    marked_at = models.DateTimeField()
    root_generation = models.IntegerField(null=True, help_text="root generation that died")
    key_dead_at = models.DateTimeField(null=True)
    certified_at = models.DateTimeField(null=True)
    certificate = models.TextField(blank=True, help_text="the signed JSON")
    entry = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["org", "day"], condition=models.Q(single=None), name="day_ends_once"
            ),
            models.UniqueConstraint(fields=["single"], name="piece_ends_once"),
        ]


class ErasureCase(models.Model):
    """Why one piece ends before its day: a request that was decided, or a person's own decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT)
    footage = models.ForeignKey("hokanko.Footage", models.PROTECT, related_name="erasure_cases")
    limb = models.CharField(max_length=10, help_text="departed | special | hand")
    departs = models.CharField(
        max_length=60, blank=True, help_text="clause of 第6の1 or 2 that the filming departs from"
    )
    begun = models.DateTimeField(null=True, help_text="of the stretch that departs from it")
    ended = models.DateTimeField(null=True)
    subject_asked_on = models.DateField(null=True, help_text="when the person filmed asked")
    said = models.BinaryField(default=bytes, help_text="what the request says, JSON, sealed")
    second = models.BinaryField(default=bytes, help_text="what the second person saw, sealed")
    seconded_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    seconded_at = models.DateTimeField(null=True)
    decision = models.BinaryField(default=bytes, help_text="why it was so decided, sealed")
    state = models.CharField(max_length=10, default="asked", help_text="asked | granted | declined")
    asked_by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
