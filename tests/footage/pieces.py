"""Made rows of a running camera: pieces that the recorder filed, and its silences."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from hokanko import clock
from hokanko.cameras.models import Camera, Silence
from hokanko.cameras.streams import connect
from hokanko.footage.models import Footage
from hokanko.footage.queries import next_number
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.fixtures import NOON

START = NOON  # since then its camera has been connected
DAY = timedelta(days=1)
NOW = START + 2 * DAY


def connected(here: Founded, number: str = "1") -> Camera:
    """A camera in operation that has been recorded since START; it is two days later."""
    camera = standing.running(here, number)
    connect(camera, "rtsp://127.0.0.1:8554/a", by=here.by("mori"))
    clock.fix(NOW)
    return camera


def piece(
    camera: Camera, begun: datetime, ended: datetime, *, via: str = "live", size: int = 1000
) -> Footage:
    """A piece of footage from … to …, as a row: nothing is sealed."""
    day = clock.day_of(begun)
    number = next_number(camera.org_id, day)
    return Footage.objects.create(
        number=number,
        org=camera.org,
        camera=camera,
        source=f"{number}.mp4",
        sha256=hashlib.sha256(number.encode()).hexdigest(),
        bytes=size,
        created=ended,
        captured=begun,
        duration_ms=int((ended - begun).total_seconds() * 1000),
        last_day=day + 29 * DAY,
        key_day=day + 29 * DAY,
        edition="x",
        origin={"via": via},
    )


def silence(camera: Camera, since: datetime, until: datetime | None, cause: str) -> None:
    """A time in which the recorder heard nothing."""
    Silence.objects.create(camera=camera, since=since, until=until, cause=cause)
