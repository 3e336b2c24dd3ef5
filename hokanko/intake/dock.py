"""The dock of one unit: each bay is a directory in which a camera's card appears.

A bay is named by the camera in it (its number or serial), or holds a file `SERIAL`. Clips are
taken in one by one; a clip leaves the camera only after its sealed copy was verified. Pulling a
camera out half-way and putting it back loses nothing and files nothing twice. Which clip is about
to leave is noted first: where a crash comes between its leaving and the ledger line, the line is
written when that camera is met again.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from hokanko.cameras.queries import camera as find_camera
from hokanko.errors import HokankoError, Refusal
from hokanko.footage.models import Footage
from hokanko.formats.names import readable
from hokanko.intake.actions import release
from hokanko.intake.facts import DOCK
from hokanko.intake.models import Arrival
from hokanko.intake.queries import same_as
from hokanko.intake.receive import receive
from hokanko.intake.sources import from_path
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor

log = logging.getLogger(__name__)
CLIPS = {".mp4", ".mov", ".mkv", ".avi", ".ts", ".mts", ".m2ts", ".h264", ".h265", ".3gp"}
NAME_PLATE = "SERIAL"
HOW_JA = (
    "ベイのフォルダー名を登録した番号にするか、製造番号を書いた SERIAL ファイルを置いてください。"
)
HOW_EN = (
    "Name the bay's folder after a registered number, or put a file SERIAL with the serial in it."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one clip in one bay: footage, or the error that stopped it."""

    bay: str
    clip: str
    footage: Footage | None = None
    error: HokankoError | None = None


def empty_bays(org: Organisation, bays: Path, *, by: Actor) -> Iterator[Outcome]:
    """Take in every clip of every bay. A fault in one bay does not stop the others."""
    for bay in sorted(path for path in bays.iterdir() if path.is_dir()):
        yield from _settle(org, bay, by)
        for clip in _clips(bay):
            yield _take(org, bay, clip, by)


def _settle(org: Organisation, bay: Path, by: Actor) -> Iterator[Outcome]:
    """Write down the clips of this camera that have left it without their line."""
    camera = find_camera(org.pk, _camera_in(bay))
    leaving = Arrival.objects.filter(camera=camera, state="filed").exclude(note="")
    for left in leaving if camera else ():
        footage = Footage.objects.filter(pk=left.pk, state="held").first()
        if footage is not None and not (bay / _unmark(left.note)).exists():
            try:
                release(footage, bay, unlink=_gone_already, by=by)
            except HokankoError as error:
                yield Outcome(bay.name, readable(_unmark(left.note)), error=error)


def _mark(clip: Path) -> str:
    """A name that any database can hold: cameras are not bound to UTF-8."""
    return quote(os.fsencode(clip))


def _unmark(mark: str) -> str:
    return os.fsdecode(unquote_to_bytes(mark))


def _gone_already(_bay: Path) -> None:
    """Nothing is left to unlink."""


def _take(org: Organisation, bay: Path, clip: Path, by: Actor) -> Outcome:
    name = readable(str(clip.relative_to(bay)))
    number = _camera_in(bay)
    try:
        footage = _known(org, number, clip)
        if footage is None:
            with from_path(clip, via=DOCK, dock=bay.parent.name, bay=bay.name) as source:
                footage = receive(org, number, source, by=by)
        Arrival.objects.filter(pk=footage.pk).update(note=_mark(clip.relative_to(bay)))
        release(footage, clip, unlink=Path.unlink, by=by)
    except Refusal as refusal:
        if find_camera(org.pk, number) is None:
            refusal.mend_ja = f"このベイのカメラは「{number}」と名乗っています。{HOW_JA}"
            refusal.mend_en = f"The camera in this bay is called {number}. {HOW_EN}"
        return Outcome(bay.name, name, error=refusal)
    except HokankoError as error:
        return Outcome(bay.name, name, error=error)
    except OSError as error:  # the camera was pulled out: it still has the clip
        log.warning("bay %s: %s", bay.name, type(error).__name__)
        return Outcome(bay.name, name, error=_pulled_out(name))
    return Outcome(bay.name, name, footage=footage)


def _known(org: Organisation, number: str, clip: Path) -> Footage | None:
    """Footage made from this very clip before the camera was pulled out."""
    camera = find_camera(org.pk, number)
    if camera is None:
        return None
    size = clip.stat().st_size
    if not Footage.objects.filter(camera=camera, bytes=size, state="held").exists():
        return None  # nothing to compare with: spare the camera a second reading
    with clip.open("rb") as file:
        return same_as(camera, hashlib.file_digest(file, "sha256").hexdigest())


def _camera_in(bay: Path) -> str:
    plate = bay / NAME_PLATE
    return plate.read_text().strip() if plate.exists() else bay.name


def _clips(bay: Path) -> list[Path]:
    try:
        return sorted(p for p in bay.rglob("*") if p.suffix.lower() in CLIPS and p.is_file())
    except OSError:  # the card vanished while it was listed
        return []


def _pulled_out(name: str) -> HokankoError:
    return HokankoError(
        f"{name} の取込み中に、カメラが外されたか読めなくなりました。",
        f"The camera was pulled out, or stopped answering, during {name}.",
        mend_ja="もう一度ベイに差し込んでください。取り込んだ分は重複しません。",
        mend_en="Put it back into the bay: nothing is filed twice.",
    )
