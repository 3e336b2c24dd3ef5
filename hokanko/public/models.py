"""What an organisation publishes."""

from django.db import models


class Notice(models.Model):
    """One published state of a site's notice page; the newest counts, none is altered."""

    site = models.ForeignKey("hokanko.Site", models.PROTECT, related_name="notices")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    contact = models.TextField(help_text="where to turn")
    words = models.TextField(blank=True, help_text="the organisation's own words")
    joint = models.JSONField(
        default=dict, help_text="joint use, the five matters, where it applies"
    )
    withdrawn_at = models.DateTimeField(null=True)


class NoticeDraft(models.Model):
    """A notice as somebody prepared it, for who may publish it; the newest counts."""

    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="+")
    site = models.ForeignKey("hokanko.Site", models.PROTECT, null=True, related_name="+")
    contact = models.TextField(blank=True)
    words = models.TextField(blank=True)
    drafted_by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, help_text="a notice was published since")
