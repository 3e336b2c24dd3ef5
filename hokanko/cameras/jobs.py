"""What the program does for cameras by itself: it examines them when connected, and each month."""

from __future__ import annotations

import logging

from hokanko.cameras.examined import due
from hokanko.cameras.examining import note
from hokanko.cameras.hygiene import look
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import FIXED
from hokanko.errors import Refusal
from hokanko.rules.actor import machine

EXAMINE = "cameras.examine"  # the job, by the camera's id
AT_ONCE = 4  # cameras of one turn: each may take half a minute to try
NAME = "camera-check"

log = logging.getLogger(__name__)


def examine(pk: str) -> None:
    """Try one camera by the program's own hand (a job; connecting puts it off)."""
    camera = Camera.objects.select_related("org__parent").filter(pk=pk, retired_at=None).first()
    if camera is None or not camera.stream_url or camera.kind != FIXED:
        return
    try:
        note(camera, look(camera), by=machine(NAME, camera.org_id, via="schedule"))
    except Refusal as barred:
        log.warning("camera %s was not examined: %s", camera.number, barred.en)


def examine_due() -> None:
    """Try the cameras that are due, a few at a time."""
    for camera in due()[:AT_ONCE]:
        examine(str(camera.pk))
