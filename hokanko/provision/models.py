"""Provisions (提供): from the request to the hand-over."""

from __future__ import annotations

import uuid

from django.db import models

from hokanko.footage.models import Turn
from hokanko.people.models import Enclosed

PAPER, CALL = "paper", "telephone"  # how a request came that was entered for somebody


class Provision(models.Model):
    """One request (under police rules a 映像ファイル提供依頼書) and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=40, unique=True)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="provisions")
    state = models.CharField(
        max_length=10,
        default="asked",
        help_text="asked | returned | approved | declined | withdrawn | lapsed | entered | handed",
    )
    # the form, in the seed's order
    submitted_at = models.DateTimeField()
    outline = models.TextField(help_text="事案概要")
    happened_from = models.DateTimeField(help_text="事案取扱日時")
    happened_until = models.DateTimeField()
    wearer = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    wants = models.JSONField(help_text="依頼内容: still | medium")
    purposes = models.JSONField(help_text="利用目的")
    purpose_note = models.TextField(blank=True, help_text="bracket text, statute")
    rests_on = models.ManyToManyField("hokanko.PersonConsent", related_name="provisions")
    requester = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="requests")
    telephone = models.CharField(max_length=20, blank=True, help_text="警電")
    recipient = models.CharField(max_length=120, blank=True, help_text="提供先, outside the house")
    details = models.JSONField(default=dict, help_text="further fields of the rulebook's own form")
    remarks = models.TextField(blank=True, help_text="参考事項")
    arrived = models.CharField(
        max_length=10, blank=True, help_text="paper | telephone; blank: by the requester himself"
    )
    taken_by = models.ForeignKey(
        "hokanko.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="who entered it for the requester",
    )
    answer_due = models.DateField(null=True, help_text="of the question it was sent back with")
    # 受理所属記載欄
    decided_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=8, blank=True, help_text="提供事由 ア–エ")
    ground_note = models.TextField(blank=True)
    necessity = models.TextField(blank=True, help_text="why it is needed, in the decider's words")
    paper_due = models.DateField(null=True, help_text="by when the paper of an urgent one follows")
    night = models.BooleanField(default=False, help_text="decided as 当直代行")
    report_due = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    reported_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        "hokanko.Person", models.PROTECT, null=True, related_name="+"
    )
    entered_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)
    handed_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(null=True)
    medium = models.CharField(max_length=60, blank=True, help_text="number of the medium")
    identity = models.CharField(
        max_length=120, blank=True, help_text="how the taker was identified"
    )
    undertaking_on = models.DateField(null=True, help_text="the taker's written undertaking")
    handing_entry = models.BigIntegerField(null=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)

    @property
    def is_over(self) -> bool:
        """Whether it came to nothing: nothing left, and nothing will."""
        return self.state in ("declined", "withdrawn", "lapsed")

    @property
    def paper_named(self) -> str:
        """The paper that it is said to rest on, while no scan of that name is filed; or empty."""
        named = str(self.details.get("paper_named", ""))
        return "" if self.papers.filter(title=named).exists() else named

    @property
    def refused_by(self) -> list[Consent]:
        """The answers of those filmed that ended it (shop-mgmt-6-refuse); none otherwise."""
        if self.state != "declined" or self.details.get("declined"):
            return []
        return list(self.consents.filter(given=False).order_by("on", "pk"))

    @property
    def is_spoken(self) -> bool:
        """Whether it was told by telephone and not submitted since, by him or in writing."""
        if self.arrived != CALL or self.papers.exists():
            return False
        return not self.turns.filter(kind="resubmitted").exists()


class ProvisionTurn(Turn):
    """One turn of a request for provision."""

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="turns")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provision", "number"], name="provision_turn")
        ]


class ProvisionFile(models.Model):
    """A piece of footage that a provision is about, and the stills asked of it."""

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="files")
    footage = models.ForeignKey("hokanko.Footage", models.PROTECT, related_name="provided")
    stills_ms = models.JSONField(default=list, help_text="positions of stills, in milliseconds")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provision", "footage"], name="footage_once")
        ]


class Clip(models.Model):
    """A range of one file that is handed over instead of the whole, and how far it is made."""

    file = models.OneToOneField(ProvisionFile, models.CASCADE, related_name="clip")
    start_ms = models.BigIntegerField(help_text="[start, end), counted from the first picture")
    end_ms = models.BigIntegerField()
    reason = models.TextField(help_text="why it is made")
    ordered_by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    percent = models.SmallIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="why it could not be made, the last time")
    problem_en = models.TextField(blank=True, help_text="the same in English")
    sealed = models.CharField(max_length=80, blank=True, help_text="name in the store, once made")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the clip")
    bytes = models.BigIntegerField(default=0)
    made = models.JSONField(default=dict, help_text="pictures, places, recipe: media.clip.Clip")
    made_at = models.DateTimeField(null=True)
    copied = models.BooleanField(default=False, help_text="packets as they are, not encoded anew")
    masks = models.JSONField(default=list, help_text="rows of media.mask.Mask and a reason")
    ordered = models.BooleanField(default=True, help_text="false while its masks are being stated")
    checked_at = models.DateTimeField(null=True, help_text="a masked one: looked at, found right")
    checked_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")

    @property
    def is_ready(self) -> bool:
        """Whether it may leave: made, and a masked one looked at by somebody."""
        return self.is_made and (not self.masks or self.checked_at is not None)

    @property
    def falls_short(self) -> bool:
        """Whether a second or more of what was ordered is missing at its end."""
        return self.is_made and self.made["until_ms"] <= self.end_ms - 1000

    @property
    def is_made(self) -> bool:
        """Whether it can be handed over."""
        return bool(self.sha256)


class MaskedStill(models.Model):
    """A still of which parts are blackened: what and why, and how far it has come."""

    file = models.ForeignKey(ProvisionFile, models.CASCADE, related_name="masked_stills")
    at_ms = models.BigIntegerField(help_text="position of the still")
    masks = models.JSONField(default=list, help_text="rows of media.mask.Mask and a reason")
    ordered_by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    sealed = models.CharField(max_length=80, blank=True, help_text="name in the store, once made")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the picture")
    checked_at = models.DateTimeField(null=True, help_text="looked at, found right")
    checked_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "at_ms"], name="masked_still_once")]

    @property
    def is_made(self) -> bool:
        """Whether there is a picture to look at."""
        return bool(self.sha256)


class ProvisionPaper(Enclosed):
    """A paper that a request rests on (根拠となる文書): an enquiry by law, a warrant, a consent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=120, help_text="what paper it is")
    entered_at = models.DateTimeField()


class ProvidedMedium(models.Model):
    """A medium or a still that was handed out, until it is returned or destroyed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="media")
    number = models.CharField(max_length=48, unique=True, help_text="of the request, then a count")
    kind = models.CharField(max_length=8, help_text="still | medium")
    medium = models.CharField(max_length=60, blank=True, help_text="number written on the medium")
    footage = models.ForeignKey(
        "hokanko.Footage", models.PROTECT, null=True, related_name="+", help_text="of a still"
    )
    at_ms = models.BigIntegerField(null=True, help_text="position of a still")
    sha256 = models.CharField(
        max_length=64, blank=True, help_text="of a still as it was handed out, with its number"
    )
    bytes = models.BigIntegerField(null=True, help_text="its size")
    holder = models.CharField(max_length=200, help_text="who has it")
    document_class = models.CharField(max_length=60, blank=True)
    keep_until = models.DateField(null=True, help_text="under the document rules")
    handed_at = models.DateTimeField()
    ending = models.CharField(max_length=10, blank=True, help_text="returned | destroyed")
    ended_on = models.DateField(null=True)
    how = models.CharField(max_length=200, blank=True, help_text="by which means it ended")
    recorded_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")


class Consent(models.Model):
    """What one person who is filmed said about a provision: yes or no, and when."""

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="consents")
    person = models.CharField(max_length=60)
    given = models.BooleanField()
    on = models.DateField(help_text="the day on which the person said so")
    note = models.CharField(max_length=200, blank=True, help_text="to what; on which paper")
    recorded_at = models.DateTimeField()
