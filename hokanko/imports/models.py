"""Imports: footage of another recorder or a card, brought in together, and each of its files."""

from __future__ import annotations

import uuid

from django.db import models

from hokanko.people.models import Enclosed


class Import(Enclosed):
    """One time that somebody brought footage from elsewhere (持込み), and its clock as stated.

    `file` is the photograph of the recorder's screen beside a true clock. Without `shown_at` and
    `true_at` nobody knows by how much its clock is wrong, and that is said wherever it counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=40, unique=True)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, help_text="recorder | card")
    device = models.CharField(max_length=120, help_text="which one: maker, model, where it stands")
    taken_by = models.CharField(max_length=60, help_text="who took it out")
    taken_at = models.DateTimeField(help_text="when it was taken out")
    shown_at = models.DateTimeField(null=True, help_text="what its screen showed, as Tokyo's time")
    true_at = models.DateTimeField(null=True, help_text="the true time at that moment")
    names_utc = models.BooleanField(default=False, help_text="names of files are in UTC")
    oldest_at = models.DateTimeField(null=True, help_text="its oldest footage, by its own clock")
    overwrites = models.BooleanField(default=False, help_text="it is full and writes over it")
    cameras = models.JSONField(default=dict, help_text="camera number: what its paths contain")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["org", "begun_at"], name="import_newest")]

    @property
    def offset_s(self) -> int | None:
        """Its clock less the true time, in seconds; None while nobody has stated it."""
        if self.shown_at is None or self.true_at is None:
            return None
        return round((self.shown_at - self.true_at).total_seconds())


class ImportFile(models.Model):
    """One file of an import, and what became of it: nothing that lay there is passed over."""

    part_of = models.ForeignKey(Import, models.PROTECT, related_name="files")
    path = models.CharField(max_length=400, help_text="where it lay, below the folder brought")
    bytes = models.BigIntegerField()
    modified = models.CharField(max_length=40, blank=True, help_text="its time there, ISO 8601")
    state = models.CharField(max_length=10, default="waiting", help_text="see imports/words.py")
    footage = models.ForeignKey("hokanko.Footage", models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True, help_text="why it was left out, or went wrong")
    note_en = models.TextField(blank=True, help_text="the same in English")
    at = models.DateTimeField(null=True, help_text="when that was settled")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part_of", "path"], name="import_path_once"),
        ]
