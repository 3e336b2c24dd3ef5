"""What is brought from elsewhere: films made on the spot, an import begun, a file that comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from hokanko.imports import actions
from hokanko.imports.actions import Brought, ClockRead
from hokanko.imports.models import Import, ImportFile
from hokanko.imports.taking import listed, take
from hokanko.intake.jobs import examine
from hokanko.intake.sources import Source
from hokanko.people.attach import Scan
from tests.clauses.founded import Founded
from tests.fixtures import NOON
from tests.media.clips import clip

JPEG = b"\xff\xd8\xff\xe0 the screen and a clock"
SLOW = timedelta(minutes=3, seconds=12)


def film(shade: int = 0) -> bytes:
    """Two seconds; another shade, another film."""
    return clip(frames=20 + shade)


def begun(here: Founded, login: str = "kishi", **but: object) -> Import:
    """An import of a recorder whose clock is 3 min 12 s fast, taken out at noon."""
    read = ClockRead(NOON + SLOW, NOON, Scan(JPEG, "画面.jpg"))
    told: dict[str, object] = {
        "kind": "recorder",
        "device": "商店街の録画装置",
        "taken_by": "港電機の担当者",
        "taken_at": NOON,
        "cameras": {"1": ""},
        "clock": read,
    }
    brought = Brought(**(told | but))  # type: ignore[arg-type]
    return actions.begin(here.org, brought, beginner=here.people[login], by=here.by(login))


def come(
    here: Founded,
    lot: Import,
    path: str,
    content: bytes,
    *,
    login: str = "kishi",
    modified: str = "",
) -> ImportFile:
    """One file of it comes and is looked into."""
    source = Source(Path(path).name, BytesIO(content).readinto, len(content), {})
    row = take(listed(lot, path, len(content), modified), source, by=here.by(login))
    if row.footage is not None:
        examine(str(row.footage.pk))
        row.footage.refresh_from_db()
    return row


def named(moment: datetime) -> str:
    """As a recorder calls a file that begins then."""
    return f"ch01_{moment:%Y%m%d%H%M%S}.mp4"
