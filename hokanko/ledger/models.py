"""The ledger's tables: append-only, by trigger on both databases (migration 0002)."""

from django.db import models


class Entry(models.Model):
    """One line. `body` is the truth; the other columns are read from it, for searching."""

    id = models.BigAutoField(primary_key=True, help_text="order of writing, with gaps")
    place = models.BigIntegerField(null=True, unique=True, help_text="index in the tree")
    body = models.BinaryField(help_text="canonical JSON (RFC 8785)")
    leaf = models.BinaryField(help_text="RFC 6962 leaf hash of the body")
    kind = models.CharField(max_length=60)
    org = models.CharField(max_length=20)
    about = models.CharField(max_length=60, help_text="kind:id of the thing")
    at = models.DateTimeField()

    class Meta:
        # Each one costs every line: only what a page or a chapter searches by.
        indexes = [
            models.Index(fields=["kind", "org", "at"], name="line_by_kind"),  # months are counted
            models.Index(fields=["org"]),
            models.Index(fields=["about"]),
        ]


class Opening(models.Model):
    """A personal field that a line commits to; deleting the row forgets it, proofs stay whole."""

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="openings", db_index=False, help_text="in one_opening"
    )
    field = models.CharField(max_length=40)
    salt = models.BinaryField()
    sealed = models.BinaryField(help_text="the value, sealed under the keyring's standing secret")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "field"], name="one_opening")]


class Checkpoint(models.Model):
    """A signed head of the tree, and the compact range from which the next one grows."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    frontier = models.BinaryField(help_text="32-byte hashes of the full subtrees, largest first")
    note = models.TextField(help_text="C2SP tlog-checkpoint, signed")
    at = models.DateTimeField()
