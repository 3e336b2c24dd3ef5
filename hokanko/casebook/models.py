"""Cases: what people ask or complain of, or what went wrong, and what was done about it."""

import uuid

from django.db import models


class Case(models.Model):
    """One complaint, enquiry, request of a filmed person, or incident.

    Who it is from, what it says and how it ended name persons: all are sealed under the keyring.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=12, help_text="complaint | enquiry | subject | …")
    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, default="open", help_text="open | answered | closed")
    received_on = models.DateField()
    due_on = models.DateField(help_text="last day to answer")
    owner = models.CharField(max_length=40, help_text="post that owes the answer")
    sender = models.BinaryField(help_text="name and how to reach, JSON, sealed")
    story = models.BinaryField(help_text="what it is about, sealed")
    asks = models.CharField(max_length=24, blank=True, help_text="as `words` has it for the kind")
    footage = models.ForeignKey("hokanko.Footage", models.PROTECT, null=True, related_name="cases")
    identity = models.CharField(max_length=120, blank=True, help_text="how identity was checked")
    outcome = models.CharField(max_length=24, blank=True, help_text="as `words` has it")
    outcome_reason = models.BinaryField(default=bytes, help_text="why, sealed")
    measures = models.BinaryField(default=bytes, help_text="what was done about it, sealed")
    closed_at = models.DateTimeField(null=True)
    fact = models.CharField(
        max_length=120, blank=True, help_text="what opened it by itself: kind/which; else empty"
    )
    other = models.BinaryField(default=bytes, help_text="what it is where 等 was chosen, sealed")
    fact_over_at = models.DateTimeField(null=True, help_text="when the fact was found to be over")
    recognised_at = models.DateTimeField(null=True, help_text="of an incident: its clock starts")


class CaseStep(models.Model):
    """One act in a case: received, looked into, answered, measure taken, closed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "hokanko.Person", models.PROTECT, null=True, related_name="+", help_text="null: the program"
    )
    text = models.BinaryField(help_text="sealed")


class CaseReport(models.Model):
    """One report of an incident along the chain: by one post, to the next, and its receipt."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    leg = models.SmallIntegerField(help_text="1: to headquarters, 2: from there on")
    at = models.DateTimeField(help_text="when it was told")
    by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    to = models.CharField(max_length=60, help_text="the post or office of the chain")
    means = models.CharField(max_length=10, help_text="as `casebook.reports.MEANS` has it")
    text = models.BinaryField(help_text="who took it and what was told, JSON, sealed")
    received_at = models.DateTimeField(null=True, help_text="the next clock starts")
    received_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "leg"], name="one_report_a_leg")]


class Doubt(models.Model):
    """A doubt (疑義) about a clause: raised, taken to the office above, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="doubts")
    clause = models.CharField(max_length=60)
    question = models.BinaryField(help_text="sealed")
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, help_text="when the office above was told")
    told_how = models.BinaryField(default=bytes, help_text="to whom and by what means, sealed")
    answered_on = models.DateField(null=True)
    answer = models.BinaryField(default=bytes, help_text="sealed")
    interpretation = models.TextField(blank=True, help_text="read by everybody; names nobody")
