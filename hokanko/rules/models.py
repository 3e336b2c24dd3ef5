"""The editions of rulebooks that an organisation has drafted, signed and lived under."""

from django.db import models


class Adoption(models.Model):
    """One edition (版): in force from `since` until the next one of the same organisation.

    A draft has no `since`. An edition without `signed_at` is provisional: it came with the
    organisation, and footage is kept by it, but it is not enacted.
    """

    org = models.CharField(max_length=20, db_index=True)
    book = models.CharField(max_length=20, help_text="code of the rulebook")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 over the rulebook's files")
    values = models.JSONField(default=dict, help_text="blanks filled: parameter → value")
    number = models.PositiveIntegerField(default=1, help_text="第○版 of this organisation")
    reason = models.TextField(blank=True, help_text="why it is amended")
    drafted_by = models.CharField(max_length=40, blank=True, help_text="id of a person")
    drafted_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=40, blank=True, help_text="id of another person")
    signed_at = models.DateTimeField(null=True)
    since = models.DateTimeField(null=True)
    redated_at = models.DateTimeField(null=True, help_text="when footage held followed it")
