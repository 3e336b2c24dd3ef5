"""Questions about cameras."""

from __future__ import annotations

from hokanko.cameras.models import Camera
from hokanko.rules.actor import Thing


def camera(org: str, number: str) -> Camera | None:
    """The registered camera of that number or serial; None is for the rulebook to refuse."""
    mine = Camera.objects.filter(org=org, retired_at=None).select_related("org", "holder")
    return mine.filter(number=number).first() or (
        mine.filter(serial=number).first() if number else None
    )


def thing(camera: Camera) -> Thing:
    """The camera as the law sees it."""
    return Thing("Camera", str(camera.pk), camera.org_id, camera.org.parent_id or "")
