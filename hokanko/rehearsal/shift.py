"""Footage for a rehearsal: from the simulated camera, or real files, locked on its card."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pyzipper
from pyzipper.zipfile_aes import AESZipInfo

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.dock.bays import CLIPS, NAME_PLATE, files
from hokanko.errors import Missing
from hokanko.rehearsal.camera import Shift, load
from hokanko.rehearsal.street import Scene

CLIP_SECONDS = 8.0
EVERY = timedelta(minutes=20)  # from one clip to the next, and from the last one to the dock
LOCKED = Path("DCIM") / "LOCKED.ZIP"


def film(
    bays: Path, camera: Camera, card: str, *, until: datetime, scenes: list[Scene], password: str
) -> Path:
    """Lay a card into a bay, with one clip of each scene, the last taken shortly before `until`."""
    bay = bay_of(bays, camera)
    shifts = [
        Shift(
            start=until - EVERY * (len(scenes) - number),
            seconds=CLIP_SECONDS,
            wearer_code=card,
            scene=scene,
            seed=sum(map(ord, camera.serial)) + number,
        )
        for number, scene in enumerate(scenes)
    ]
    load(bay, serial=camera.serial, shifts=shifts)
    _lock(bay, password)
    return bay


def lay(bays: Path, camera: Camera, given: list[Path], *, password: str) -> Path:
    """Lay copies of real files onto the card: the dock releases what it has taken in."""
    bay = bay_of(bays, camera)
    folder = bay / "DCIM" / "100REAL"
    folder.mkdir(parents=True, exist_ok=True)
    for file in given:
        shutil.copy2(file, folder / file.name)
    _lock(bay, password)
    return bay


def bay_of(bays: Path, camera: Camera) -> Path:
    """The bay with this camera in it; empty of clips where none are laid."""
    bay = bays / f"bay-{camera.number}"
    bay.mkdir(parents=True, exist_ok=True)
    (bay / NAME_PLATE).write_text(camera.serial)
    return bay


def real_files(folder: Path) -> list[Path]:
    """The video files of a directory. Raises Missing when there are none."""
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in CLIPS and p.is_file())
    if not found:
        raise Missing(
            f"{folder} に映像ファイルがありません。",
            f"There are no video files in {folder}.",
            mend_ja=f"次の種類を置いてください: {' '.join(sorted(CLIPS))}",
            mend_en=f"Put files of these kinds there: {' '.join(sorted(CLIPS))}",
        )
    return found


def _lock(bay: Path, password: str) -> None:
    """As the police's rules want it (police-7.1.1-lock): nothing on the card lies open."""
    clips = files(bay, CLIPS)
    with pyzipper.AESZipFile(
        bay / LOCKED, "w", compression=pyzipper.ZIP_STORED, encryption=pyzipper.WZ_AES
    ) as whole:
        whole.setpassword(password.encode())
        for clip in clips:
            written = datetime.fromtimestamp(clip.stat().st_mtime, clock.TOKYO)
            named = AESZipInfo(str(clip.relative_to(bay)), written.timetuple()[:6])
            named.file_size = clip.stat().st_size
            with clip.open("rb") as content, whole.open(named, "w") as place:
                shutil.copyfileobj(content, place)
    for clip in clips:
        clip.unlink()
