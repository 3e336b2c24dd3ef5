"""Cameras of an organisation; sites and times without recording are re-exported from beside it."""

from __future__ import annotations

import uuid

from django.db import models

from hokanko.cameras.grounds import Sheet, Sign, Site
from hokanko.cameras.unrecorded import Hearing, Outage, PlannedOff, Silence

__all__ = [
    "Camera",
    "CameraFrame",
    "Checkout",
    "Examination",
    "Hearing",
    "Outage",
    "PlannedOff",
    "Sheet",
    "Sign",
    "Silence",
    "Site",
]


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
    place_type = models.CharField(max_length=40, blank=True, help_text="what kind of place it is")
    purpose = models.CharField(max_length=200, blank=True, help_text="設置目的, as confirmed")
    purpose_at = models.DateTimeField(null=True, help_text="when its purpose was confirmed")
    commercial_since = models.DateTimeField(
        null=True, help_text="from when it films for commerce too; empty = against crime alone"
    )
    siting_reason = models.TextField(blank=True, help_text="why here")
    facing_deg = models.SmallIntegerField(null=True, help_text="0 = up on the map, clockwise")
    view_deg = models.SmallIntegerField(null=True, help_text="how wide it sees")
    lens = models.CharField(max_length=60, blank=True, help_text="angle of view, zoom or preset")
    mount = models.CharField(max_length=10, blank=True, help_text="own | indoors | elsewhere")
    mount_photo = models.BinaryField(null=True, help_text="as mounted: JPEG, sealed")
    display_only = models.BooleanField(default=False, help_text="shows, and keeps nothing")
    closed_place = models.BooleanField(
        default=False, help_text="not open to an unspecified number of people"
    )
    scope_note = models.CharField(
        max_length=400, blank=True, help_text="why it is under these rules all the same"
    )
    sheet = models.ForeignKey(
        Sheet, models.PROTECT, null=True, related_name="cameras", help_text="it is drawn on"
    )
    reach = models.FloatField(null=True, help_text="how far it sees, by its sheet's width")
    map_x = models.FloatField(null=True, help_text="on its sheet, 0 left to 1 right")
    map_y = models.FloatField(null=True, help_text="0 top to 1 bottom")
    connection = models.CharField(
        max_length=10, blank=True, help_text="wired | wireless | internet"
    )
    net_measures = models.TextField(blank=True, help_text="TLS, VPN … against leaks on its way")
    password_checked_on = models.DateField(null=True, help_text="found neither weak nor a default")
    streams_openly = models.BooleanField(default=False, help_text="without credentials, when tried")
    explained_on = models.DateField(null=True, help_text="the vendor explained its proper use")
    explained_by = models.CharField(max_length=80, blank=True, help_text="which vendor, who")
    docked_at = models.DateTimeField(null=True, help_text="on the charger since; null = is not")
    bay = models.CharField(max_length=20, blank=True, help_text="of the charger, if known")
    repair_since = models.DateTimeField(null=True, help_text="away for repair since")
    lost_at = models.DateTimeField(null=True, help_text="reported lost, and not found again")
    sign_on = models.BooleanField(null=True, help_text="profile: shows that it records")
    lamp_on = models.BooleanField(null=True, help_text="profile: the red lamp is lit")
    lock_on = models.BooleanField(null=True, help_text="profile: its storage is locked")
    profiled_at = models.DateTimeField(null=True, help_text="when its profile was set")
    stream_url = models.CharField(max_length=200, blank=True, help_text="rtsp://…, no credentials")
    stream_user = models.CharField(max_length=60, blank=True)
    stream_password = models.BinaryField(null=True, help_text="of that user; sealed")
    stream_sound = models.BooleanField(default=False, help_text="its sound is recorded too")
    stream_certificate = models.CharField(
        max_length=64, blank=True, help_text="SHA-256, in hex, of what it shows over TLS"
    )
    masks = models.JSONField(
        default=list, help_text="blackened before anything is kept: left, top, right, bottom in %"
    )
    device_url = models.CharField(max_length=200, blank=True, help_text="http://…, where ONVIF is")
    device_certificate = models.CharField(
        max_length=64, blank=True, help_text="SHA-256, in hex, of what it shows over HTTPS"
    )
    device_name = models.CharField(max_length=165, blank=True, help_text="maker and model, as told")
    storage_password = models.BinaryField(null=True, help_text="opens what it recorded; sealed")
    registered_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True, help_text="a fixed camera: when it may run")
    ended_at = models.DateTimeField(null=True, help_text="when its operation ended")
    removed_on = models.DateField(null=True, help_text="the day it was taken down")
    removed_by = models.CharField(max_length=80, blank=True, help_text="who took it down")
    removal_photo = models.BinaryField(null=True, help_text="JPEG, sealed")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "number"], name="camera_number")]


class Examination(models.Model):
    """What a camera showed when it was tried as a stranger would (カメラの点検)."""

    CLOCK_MOST_S = 60  # farther off, and the times on footage mislead

    id = models.BigAutoField(primary_key=True)
    camera = models.ForeignKey(Camera, models.PROTECT, related_name="examinations")
    address = models.CharField(max_length=200, help_text="where it streamed then")
    at = models.DateTimeField()
    by = models.ForeignKey(
        "hokanko.Person", models.PROTECT, null=True, related_name="+", help_text="null: the program"
    )
    openly = models.BooleanField(null=True, help_text="without credentials; null: no answer")
    accepted = models.BooleanField(null=True, help_text="the credentials on record are right")
    weak = models.BooleanField(help_text="their password is one that strangers try first")
    delivered = models.CharField(max_length=60, blank=True, help_text="user as delivered, let in")
    stopped = models.BooleanField(help_text="it locks itself: no more was tried")
    ahead_s = models.IntegerField(null=True, help_text="its clock against ours, in seconds")
    another = models.BooleanField(default=False, help_text="showed a certificate nobody confirmed")

    @property
    def is_exposed(self) -> bool:
        """Whether strangers get in, or soon would."""
        return bool(self.openly) or self.weak or bool(self.delivered)

    @property
    def is_off_time(self) -> bool:
        """Whether its clock misleads."""
        return self.ahead_s is not None and abs(self.ahead_s) > self.CLOCK_MOST_S

    @property
    def behind_s(self) -> int:
        """How far its clock is behind ours."""
        return -(self.ahead_s or 0)

    @property
    def faults(self) -> list[str]:
        """What is to be mended, as codes of cameras.hygiene."""
        seen = {
            "openly": bool(self.openly),
            "weak": self.weak,
            "delivered": bool(self.delivered),
            "clock": self.is_off_time,
            "another": self.another,
        }
        return [code for code, is_so in seen.items() if is_so]


class CameraFrame(models.Model):
    """A sample frame (確認画像) that shows what a camera films, with the intended area marked.

    The picture is sealed, and goes when the frame is superseded or the camera ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    camera = models.ForeignKey(Camera, models.PROTECT, related_name="frames")
    picture = models.BinaryField(null=True, help_text="JPEG, sealed")
    area = models.JSONField(help_text="intended: left, top, right, bottom in percent")
    outside = models.JSONField(
        default=list, help_text="not one's own: such rows, with `way` (mask | reason) and `words`"
    )
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, help_text="the aim or the frame is another now")


class Checkout(models.Model):
    """One time that a body-worn camera was out: who wore it, how, until when, and its return."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    camera = models.ForeignKey(Camera, models.PROTECT, related_name="checkouts")
    wearer = models.ForeignKey("hokanko.Person", models.PROTECT, related_name="checkouts")
    position = models.CharField(max_length=20, help_text="where it is worn, as the rulebook has it")
    ticks = models.JSONField(default=list, help_text="what was ticked: cord | lamp | continuous")
    out_at = models.DateTimeField()
    out_by = models.ForeignKey("hokanko.Person", models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(help_text="the shift's end and the grace after it")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(
        "hokanko.Person", models.PROTECT, null=True, related_name="+", help_text="null: the charger"
    )
    condition = models.CharField(max_length=10, blank=True, help_text="as returned: good | damaged")
    lost_at = models.DateTimeField(null=True, help_text="reported lost while it was out")
    remark = models.CharField(max_length=200, blank=True, help_text="short, and of no third person")

    class Meta:
        indexes = [
            models.Index(fields=["out_at"], name="newest_out"),
            models.Index(fields=["camera", "out_at"], name="taken_out"),
            models.Index(fields=["wearer", "out_at"], name="worn_by"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["camera"],
                condition=models.Q(returned_at=None, lost_at=None),
                name="one_running_checkout",
            )
        ]
