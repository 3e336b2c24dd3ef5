"""What the other organisations of a rehearsal do: take in, and answer who asks from outside."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.footage.models import Footage
from hokanko.intake.jobs import examine
from hokanko.intake.receive import receive
from hokanko.intake.sources import from_path
from hokanko.rehearsal.callers import call
from hokanko.rehearsal.camera import film
from hokanko.rehearsal.settling import Settled
from hokanko.rehearsal.teller import Say

SECONDS = 4.0
SMALL = (960, 540)


def tell(settled: list[Settled], work: Path, say: Say, *, pieces: int = 1) -> list[Footage]:
    """Let each take in what its camera filmed within the last hours, and say under which rules."""
    found = []
    for here in settled:
        for number in range(pieces):
            if here.camera is None:
                continue
            taken = clock.now() - timedelta(hours=number + 1)
            footage = _take_in(here, here.camera, work, taken, number)
            found.append(footage)
            say(f"   {here.org.name}: {footage.number}  末日 {footage.last_day}")
            if number == 0:
                call(here, footage, work, say)
    return found


def _take_in(here: Settled, camera: Camera, work: Path, taken: datetime, number: int) -> Footage:
    path = work / f"{here.plan.code}-{number + 1}.mp4"
    film(
        path,
        start=taken,
        seconds=SECONDS,
        serial=camera.serial,
        wearer_code=None,
        scene=here.plan.scene,
        seed=sum(map(ord, camera.serial)) + number,
        width=SMALL[0],
        height=SMALL[1],
        fps=10,
    )
    with from_path(path, via="cli") as source:
        footage = receive(here.org, camera.number, source, by=here.by(here.plan.keeper))
    examine(str(footage.pk))
    return Footage.objects.select_related("org").get(pk=footage.pk)
