"""The cameras of an organisation, the sites they stand at, and the signs that tell of them."""

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
    map_png = models.BinaryField(null=True, help_text="base map of the 配置図")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)


class Sign(models.Model):
    """A sign (表示板) that tells of the cameras."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    site = models.ForeignKey(Site, models.PROTECT, related_name="signs")
    place = models.CharField(max_length=80, help_text="where it hangs: an entrance …")
    map_x = models.FloatField(null=True, help_text="on the base map, 0 left to 1 right")
    map_y = models.FloatField(null=True, help_text="0 top to 1 bottom")
    posted_on = models.DateField()
    removed_on = models.DateField(null=True)


class Camera(models.Model):
    """A camera that footage may come from; only registered ones are accepted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey("hokanko.Organisation", models.PROTECT, related_name="cameras")
    number = models.CharField(max_length=20, help_text="the unit's own number")
    serial = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=12, default="wearable", help_text="wearable | fixed")
    holder = models.ForeignKey(
        "hokanko.Person", models.PROTECT, null=True, help_text="wearer it is checked out to"
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="cameras")
    place = models.CharField(max_length=80, blank=True, help_text="where it hangs")
    siting_reason = models.TextField(blank=True, help_text="why here")
    facing_deg = models.SmallIntegerField(null=True, help_text="0 = up on the map, clockwise")
    map_x = models.FloatField(null=True, help_text="on the site's base map, 0 left to 1 right")
    map_y = models.FloatField(null=True, help_text="0 top to 1 bottom")
    registered_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True, help_text="a fixed camera: when it may run")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "number"], name="camera_number")]
