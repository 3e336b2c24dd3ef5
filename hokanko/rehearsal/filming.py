"""The neighbours' fixed cameras, connected to live cameras to practise with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hokanko.cameras.models import Camera
from hokanko.cameras.streams import connect
from hokanko.people.queries import actor, person
from hokanko.rehearsal.live import PASSWORD, streaming
from hokanko.rehearsal.neighbourhood import NEIGHBOURS
from hokanko.rehearsal.premises import PREMISES, Standing
from hokanko.rehearsal.rtsp import USER
from hokanko.rehearsal.settling import manager


@contextmanager
def filming(folder: Path, port: int) -> Iterator[None]:
    """Let them stream; those whose address is another one now are connected anew, by the verb."""
    found = list(_running())
    with streaming(folder, port, [standing.scene for _, standing, _ in found]) as addresses:
        for (camera, _, login), address in zip(found, addresses, strict=True):
            if camera.stream_url != address:
                by = actor(person(login), via="cli")
                connect(camera, address, user=USER, password=PASSWORD, by=by)
        yield


def _running() -> Iterator[tuple[Camera, Standing, str]]:
    """Each camera in operation, how it stands, and the login of its manager."""
    for plan in NEIGHBOURS:
        for standing in PREMISES[plan.code].cameras if plan.code in PREMISES else ():
            mine = Camera.objects.filter(org=plan.code, number=standing.number, ended_at=None)
            camera = mine.exclude(activated_at=None).select_related("org__parent").first()
            if camera is not None:
                yield camera, standing, manager(plan)
