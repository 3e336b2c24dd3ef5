"""Which rulebook an organisation has adopted, and how it filled the blanks."""

from django.db import models


class Adoption(models.Model):
    """One edition in force from `since` until the next one of the same organisation."""

    org = models.CharField(max_length=20, db_index=True)
    book = models.CharField(max_length=20, help_text="code of the rulebook")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 over the rulebook's files")
    values = models.JSONField(default=dict, help_text="blanks filled: parameter → value")
    since = models.DateTimeField()
