"""Questions about arrivals."""

from __future__ import annotations

from django.db.models import QuerySet

from hokanko.cameras.models import Camera
from hokanko.footage.models import Footage
from hokanko.intake.models import Arrival


def same_as(camera: Camera, sha256: str) -> Footage | None:
    """Held footage of this camera with these very bytes."""
    held = Footage.objects.filter(camera=camera, sha256=sha256, state="held")
    return held.select_related("org").first()


def recent(org: str, count: int = 50) -> QuerySet[Arrival]:
    """The latest transfers, newest first."""
    rows = Arrival.objects.filter(org=org).select_related("camera")
    return rows.order_by("-begun_at")[:count]
