"""Work put off in the same transaction as its cause."""

from django.db import models


class Job(models.Model):
    """One piece of work. Done at least once: every job must bear repetition."""

    name = models.CharField(max_length=80)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=160, null=True, unique=True, help_text="one per slot")
    state = models.CharField(max_length=8, default="ready", help_text="ready | taken | done | dead")
    run_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=60, blank=True)
    attempts = models.SmallIntegerField(default=0)
    note = models.TextField(blank=True, help_text="what went wrong the last time")

    class Meta:
        indexes = [models.Index(fields=["state", "run_at"])]
