"""Evidence (証拠): what shows that a duty was done which no program can enforce."""

import uuid

from django.db import models


class Evidence(models.Model):
    """One thing shown: an inspection, a photo of a lock, a contract, a witnessed disposal.

    `kind` names the register it stands in; its number counts within organisation and kind. Texts
    may name persons, so they and the attachment are sealed under the keyring's standing secret.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=24, help_text="register: inspection | disposal | …")
    number = models.PositiveIntegerField()
    clauses = models.JSONField(default=list, help_text="ids of the clauses it speaks for")
    about = models.CharField(max_length=60, blank=True, help_text="kind:id of the thing, if one")
    spoken_of = models.DateField(help_text="the day it speaks of")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    owner = models.CharField(max_length=40, blank=True, help_text="post that owes the next one")
    expires_on = models.DateField(null=True, help_text="last day it is good for")
    fields = models.BinaryField(help_text="the register's columns, JSON, sealed")
    file = models.BinaryField(null=True, help_text="photo or paper, sealed")
    file_name = models.CharField(max_length=120, blank=True)
    file_type = models.CharField(max_length=60, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    waiting = models.BooleanField(default=False, help_text="for others to confirm it")
    charged = models.ForeignKey(
        "hokanko.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="who answers for the disposal of what was replaced",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["org", "kind", "number"], name="evidence_number")
        ]
        indexes = [models.Index(fields=["org", "kind", "spoken_of"])]


class Attestation(models.Model):
    """One person's own word, by an own login, that what an entry says of a disposal is so."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="attestations")
    person = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    posts = models.JSONField(default=list, help_text="held at that moment")
    words = models.BinaryField(help_text="how it was confirmed, sealed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "person"], name="attested_once_by_each")
        ]
