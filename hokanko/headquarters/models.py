"""The papers that headquarters write about the project."""

import uuid

from django.db import models


class ProjectReport(models.Model):
    """A report on the project: a draft until it is issued, and never altered from then on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, help_text="results | commission | publication")
    begins = models.DateField()
    ends = models.DateField()
    effects = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True, help_text="where it is published")
    drafted_by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    issued_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=60, blank=True, help_text="blank while it is a draft")
    counts = models.JSONField(default=dict, help_text="the numbers as issued")

    class Meta:
        """A number belongs to one report."""

        constraints = (
            models.UniqueConstraint(
                fields=["number"], condition=~models.Q(number=""), name="one_report_per_number"
            ),
        )
