"""Furnish the home named by the environment for the browser: cast, management PC, clips taken in.

Run as a program; prints the terminal's secret, the password, and the number of each clip.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import django
from django.core.management import call_command

django.setup()

from hokanko import clock, home  # noqa: E402 Django must be set up first
from hokanko.footage.models import Footage  # noqa: E402
from hokanko.intake.jobs import examine  # noqa: E402
from hokanko.intake.receive import receive  # noqa: E402
from hokanko.intake.sources import from_path  # noqa: E402
from hokanko.keyring import keys  # noqa: E402
from hokanko.people.attach import Scan  # noqa: E402
from hokanko.people.enrol import enrol_terminal, prepare_terminal  # noqa: E402
from hokanko.rehearsal.cast import Cast, settle  # noqa: E402

PASSWORD = "browser-room-2026"
CLIPS = ("h264.mp4", "h265.mp4", "mjpeg.avi")
ROW = {"row-1.mp4": 0, "row-2.mp4": 4, "row-3.mp4": 12}  # of a stretch, in seconds: a gap at 8


def enrol(cast: Cast) -> str:
    """A management PC; the secret of its browser."""
    by = cast.as_actor("suzuki")
    terminal, code = prepare_terminal(
        cast.station,
        name="管理用パソコン1",
        place="警察署地域課執務室",
        wire_checked_on=clock.today(),
        photo=Scan(b"\xff\xd8\xff a wire", "wire.jpg"),
        by=by,
    )
    return enrol_terminal(terminal, code, by=by)


def take_in(cast: Cast, path: Path, moment: datetime) -> str:
    """One clip of that moment, looked into; its number."""
    stated = clock.iso(moment)
    with from_path(path, via="cli", stated=stated) as source:
        footage = receive(cast.station, "1", source, by=cast.as_actor("tanaka"))
    examine(str(footage.pk))
    return Footage.objects.get(pk=footage.pk).number


def furnish() -> list[str]:
    """Everything, and what the browser has to know."""
    call_command("migrate", verbosity=0)
    keys.keyring().make()
    cast = settle(PASSWORD)
    folder, now = home.here().path, clock.now()
    for name, at_s in ROW.items():
        take_in(cast, folder / name, now - timedelta(hours=2) + timedelta(seconds=at_s))
    return [enrol(cast), PASSWORD, *(take_in(cast, folder / name, now) for name in CLIPS)]


if __name__ == "__main__":
    print("\n".join(furnish()))  # noqa: T201 a program speaks by printing
