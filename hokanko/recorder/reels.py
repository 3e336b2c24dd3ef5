"""A live piece, from its first picture to footage: an arrival whose bytes come from a camera."""

from __future__ import annotations

import time
from dataclasses import dataclass

from hokanko import clock
from hokanko.errors import HokankoError
from hokanko.footage.models import Footage
from hokanko.formats.canon import JSON
from hokanko.intake.actions import begin, file
from hokanko.intake.facts import LIVE
from hokanko.intake.models import Arrival
from hokanko.intake.receive import stop
from hokanko.intake.sources import Source
from hokanko.media.live import Begun, Clocked
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor
from hokanko.vault.reel import Reel, forget, recover

KEEP_EVERY_S = 0.5


@dataclass(slots=True)
class LiveReel:
    """One piece in the making: the row that admits it, and the growing file."""

    arrival: Arrival
    reel: Reel
    kept_at: float = 0.0

    def take(self, some: bytes) -> None:
        """Bytes from the camera; durable within half a second of coming."""
        self.reel.write(some)
        if time.monotonic() - self.kept_at >= KEEP_EVERY_S:
            self.keep()

    def keep(self) -> None:
        """Make durable what came."""
        self.reel.keep()
        self.kept_at = time.monotonic()

    def clocked(self, said: Clocked) -> None:
        """What the camera's own clock says, kept beside ours."""
        self.arrival.origin["clock_offset_ms"] = round((said.camera_us - said.ours_us) / 1000)


def begin_reel(org: Organisation, number: str, said: Begun, *, by: Actor) -> LiveReel:
    """Admit a piece of a running camera and open its file."""
    now = clock.now()
    origin: dict[str, JSON] = {
        "via": LIVE,
        "began": clock.iso(now),
        "codec": said.codec,
        "picture": f"{said.width}x{said.height}",
        "sound": list(said.sound),
    }
    source = Source(f"{number}_{now:%Y%m%d-%H%M%S}.mp4", _no_bytes, None, origin)
    arrival = begin(org, number, source, by=by)
    try:
        reel = Reel(
            org=org.pk, key_day=arrival.key_day, subject=str(arrival.pk), name=arrival.pk.hex
        )
    except (HokankoError, OSError) as error:
        stop(arrival, error.ja if isinstance(error, HokankoError) else str(error), by=by)
        raise
    return LiveReel(arrival, reel)


def file_reel(live: LiveReel, *, by: Actor) -> Footage | None:
    """Close a piece and make its footage; one without a byte is given up."""
    if not live.reel.plain_bytes:
        live.reel.close()
        stop(live.arrival, "映像が届きませんでした。", by=by)
        forget(live.reel.name)
        return None
    live.arrival.origin["ended"] = clock.iso(clock.now())
    return file(live.arrival, live.reel.finish(), by=by)


def recover_reel(arrival: Arrival, *, by: Actor) -> Footage | None:
    """What a recording kept until its process or the power went away, as footage."""
    name = arrival.pk.hex
    sealed = recover(
        org=arrival.org_id, key_day=arrival.key_day, subject=str(arrival.pk), name=name
    )
    if sealed is None:
        stop(arrival, "録画が始まってすぐに中断しました。", by=by)
        forget(name)
        return None
    arrival.origin["cut_off"] = True
    footage = file(arrival, sealed, by=by)
    forget(name, but=sealed.name)
    return footage


def _no_bytes(_: memoryview) -> int:
    return 0
