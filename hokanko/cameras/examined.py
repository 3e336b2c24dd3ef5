"""What the last examinations of cameras found, and which cameras are due for one."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from hokanko import clock
from hokanko.cameras.models import Camera, Examination
from hokanko.cameras.queries import FIXED, active

MONTH = timedelta(days=30)
AGAIN = timedelta(days=1)  # when nothing answered


def examined(camera: Camera) -> Examination | None:
    """The last examination of the camera at its present address."""
    here = Examination.objects.filter(camera=camera, address=camera.stream_url)
    return here.order_by("-pk").first() if camera.stream_url else None


def due() -> QuerySet[Camera]:
    """Cameras in operation that gave no answer for a month; who is silent is asked once a day."""
    here = Examination.objects.filter(camera=OuterRef("pk"), address=OuterRef("stream_url"))
    asked = here.order_by("-pk").values("at")[:1]
    heard = here.exclude(openly=None).order_by("-pk").values("at")[:1]
    running = Camera.objects.filter(kind=FIXED, retired_at=None, ended_at=None)
    running = running.exclude(activated_at=None).exclude(stream_url="")
    now = clock.now()
    return (
        running.annotate(asked=Subquery(asked), heard=Subquery(heard))
        .filter(Q(asked=None) | Q(asked__lt=now - AGAIN))
        .filter(Q(heard=None) | Q(heard__lt=now - MONTH))
        .order_by("asked", "pk")
    )


def exposed(org: str) -> list[Examination]:
    """What was last seen of each camera in operation that is open to strangers."""
    return [seen for seen in _last(org) if seen.is_exposed]


def off_time(org: str) -> list[Examination]:
    """What was last seen of each camera in operation whose clock is too far off."""
    return [seen for seen in _last(org) if seen.is_off_time]


def _last(org: str) -> QuerySet[Examination]:
    here = Examination.objects.filter(
        camera=OuterRef("camera"), address=OuterRef("camera__stream_url")
    )
    newest = Subquery(here.order_by("-pk").values("pk")[:1])
    rows = Examination.objects.filter(camera__in=active(org), pk=newest)
    return rows.select_related("camera").order_by("camera__number", "pk")
