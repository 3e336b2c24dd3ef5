"""The shelf's book: every sealed object that the store should hold."""

from django.db import models


class SealedObject(models.Model):
    """One sealed file. It dies with the key of `key_day`, whatever becomes of its bytes."""

    name = models.CharField(max_length=80, primary_key=True, help_text="name in the store")
    subject = models.CharField(max_length=36, db_index=True, help_text="id of its footage")
    org = models.CharField(max_length=20)
    role = models.CharField(max_length=40, help_text="original | still | thumbnail; bound as AAD")
    key_day = models.DateField(help_text="day whose key opens it")
    last_day = models.DateField(null=True, help_text="last day of reading, if before the key's")
    plain_bytes = models.BigIntegerField()
    sealed_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, help_text="of the plaintext")
    parent = models.CharField(max_length=80, blank=True, help_text="name of what it came from")
    operation = models.CharField(max_length=80, blank=True, help_text="how it came from it")
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, help_text="last read again, whole")
