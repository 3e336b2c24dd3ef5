"""A live piece, from its first picture to footage: an arrival whose bytes come from a camera."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError

from hokanko import clock
from hokanko.errors import HokankoError
from hokanko.footage.models import Footage
from hokanko.formats.canon import JSON
from hokanko.intake.actions import begin, file
from hokanko.intake.facts import LIVE
from hokanko.intake.models import Arrival
from hokanko.intake.receive import stop
from hokanko.intake.sources import Source
from hokanko.media.live import Begun, Clocked, Dated, Hole, PieceEnded
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor
from hokanko.vault.cabinet import require_room
from hokanko.vault.reel import Reel, forget, recover

KEEP_LEAST_S = 0.25  # cameras whose every picture stands alone send thirty fragments a second
LATEST_S = 30.0  # a piece that is told of later than so began by then, whatever the cell says


@dataclass(slots=True)
class LiveReel:
    """One piece in the making: the row that admits it, and the growing file."""

    arrival: Arrival
    reel: Reel
    first: datetime  # when its first picture came
    first_at: float = field(default_factory=time.monotonic)  # the machine's own, as the next two
    taken_at: float = 0.0
    kept_at: float = 0.0
    early_s: float = 0.0  # so much earlier it was filmed
    lasted_ms: int | None = None  # from the first to the last picture; told at its end

    def take(self, some: bytes | memoryview) -> None:
        """A fragment from the camera; durable at once, or with the next of many."""
        self.reel.write(some)
        self.taken_at = time.monotonic()
        if self.taken_at - self.kept_at >= KEEP_LEAST_S:
            self.keep()

    def keep(self) -> None:
        """Make durable what came."""
        self.reel.keep()
        self.kept_at = time.monotonic()

    def told(self, said: Clocked | Dated | Hole | PieceEnded) -> None:
        """What the cell says of it besides its bytes."""
        match said:
            case Clocked():  # the camera's own clock, kept beside ours
                off_ms = round((said.camera_us - said.ours_us) / 1000)
                self.arrival.origin["clock_offset_ms"] = off_ms
            case Hole():  # written down at once, so that it outlives this process
                self.arrival.origin.setdefault("holes", []).append([said.from_ms, said.to_ms])
                with suppress(DatabaseError):
                    self.arrival.save(update_fields=["origin"])
            case Dated():
                self._date(said.at_s)
            case PieceEnded():
                self.lasted_ms = said.lasted_ms

    def _date(self, at_s: float) -> None:
        """It began earlier than its first picture came; written down at once, too."""
        before_s, self.early_s = self.early_s, min(max(0.0, self.first_at - at_s), LATEST_S)
        origin, later_ms = self.arrival.origin, round((self.early_s - before_s) * 1000)
        origin["began"] = _exact(self.began)
        if "holes" in origin:  # told from a beginning that has moved
            origin["holes"] = [[at + later_ms for at in hole] for hole in origin["holes"]]
        with suppress(DatabaseError):
            self.arrival.save(update_fields=["origin"])

    @property
    def began(self) -> datetime:
        """When its first picture was filmed."""
        return self.first - timedelta(seconds=self.early_s)

    @property
    def ended(self) -> datetime:
        """When its last picture came: by the length that passed, whatever the clock did since."""
        passed_ms = round((self.taken_at - self.first_at + self.early_s) * 1000)
        lasted_ms = passed_ms if self.lasted_ms is None else min(self.lasted_ms, passed_ms)
        return self.began + timedelta(milliseconds=max(0, lasted_ms))


def begin_reel(
    org: Organisation, number: str, said: Begun, *, masks: int = 0, by: Actor
) -> LiveReel:
    """Admit a piece of a running camera and open its file; `masks` cover parts of its pictures.

    Raises Unavailable while the disk is nearly full: what is tried again and again leaves no rows.
    """
    require_room(0)
    late_s = 0.0 if said.at_s is None else min(max(0.0, time.monotonic() - said.at_s), LATEST_S)
    began = clock.now() - timedelta(seconds=late_s)
    origin: dict[str, JSON] = {
        "via": LIVE,
        "began": _exact(began),
        "codec": said.codec,
        "picture": f"{said.width}x{said.height}",
        "sound": list(said.sound),
    }
    if masks:
        origin["masks"] = masks
    source = Source(f"{number}_{began:%Y%m%d-%H%M%S}.mp4", _no_bytes, None, origin)
    arrival = begin(org, number, source, by=by)
    try:
        reel = Reel(
            org=org.pk, key_day=arrival.key_day, subject=str(arrival.pk), name=arrival.pk.hex
        )
    except (HokankoError, OSError) as error:
        stop(arrival, error.ja if isinstance(error, HokankoError) else str(error), by=by)
        raise
    return LiveReel(arrival, reel, began, time.monotonic() - late_s)


def file_reel(live: LiveReel, *, by: Actor) -> Footage | None:
    """Close a piece and make its footage; one without a byte is given up."""
    if not live.reel.plain_bytes:
        live.reel.close()
        stop(live.arrival, "映像が届きませんでした。", by=by)
        forget(live.reel.name)
        return None
    live.arrival.origin["ended"] = _exact(live.ended)
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


def _exact(moment: datetime) -> str:
    """To the millisecond: pieces are laid end to end."""
    return moment.astimezone(clock.TOKYO).isoformat(timespec="milliseconds")
