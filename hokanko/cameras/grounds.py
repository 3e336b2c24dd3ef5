"""Where cameras stand (設置場所): sites, the sheets of their maps, the signs that hang there."""

from __future__ import annotations

import uuid

from django.db import models


class Site(models.Model):
    """A place with cameras and signs (設置場所), and the code in the sign's QR."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="sites")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=120, blank=True)
    notice_code = models.CharField(max_length=32, unique=True, help_text="random, in the sign's QR")
    entrances = models.JSONField(
        default=list,
        help_text="出入口: rows of `name` and `waived` (why it needs no sign, or empty)",
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True, help_text="the day on which nothing was left there")
    closing_photo = models.BinaryField(null=True, help_text="JPEG, sealed")


class Sheet(models.Model):
    """One sheet (図面) of a site's placement map: a floor, a garden, a car park."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    site = models.ForeignKey(Site, models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField(help_text="its order at the site, from 1")
    name = models.CharField(max_length=40, blank=True, help_text="1階, 駐車場 …")
    map_png = models.BinaryField(null=True, help_text="base map of the 配置図")
    metres_across = models.FloatField(null=True, help_text="from its left edge to its right")
    dropped_at = models.DateTimeField(null=True, help_text="when it was given up, empty of marks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="sheet_number")]

    @property
    def called(self) -> str:
        """Its name, or its number while it has none."""
        return self.name or str(self.number)

    @property
    def has_base(self) -> bool:
        """Whether a picture lies below; it is left unread."""
        return Sheet.objects.filter(pk=self.pk, map_png__isnull=False).exists()


class Sign(models.Model):
    """A sign (表示板) that tells of the cameras: planned, hanging, or taken down.

    Its photographs, which show people, are sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    site = models.ForeignKey(Site, models.PROTECT, related_name="signs")
    cameras = models.ManyToManyField("hokanko.Camera", related_name="signs")
    number = models.PositiveSmallIntegerField(default=0, help_text="on its site's map, from 1")
    place = models.CharField(max_length=80, help_text="where it hangs")
    entrance = models.CharField(max_length=80, blank=True, help_text="of the site's, if at one")
    photo = models.BinaryField(null=True, help_text="as posted: JPEG, sealed")
    sheet = models.ForeignKey(
        Sheet, models.PROTECT, null=True, related_name="signs", help_text="it is drawn on"
    )
    map_x = models.FloatField(null=True, help_text="on its sheet, 0 left to 1 right")
    map_y = models.FloatField(null=True, help_text="0 top to 1 bottom")
    posted_on = models.DateField(null=True, help_text="empty while it is only planned")
    removed_on = models.DateField(null=True)
    removal_photo = models.BinaryField(null=True, help_text="JPEG, sealed")
