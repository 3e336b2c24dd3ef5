"""Footage for a rehearsal: from the simulated camera, or real files laid onto its card."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from hokanko.cameras.models import Camera
from hokanko.errors import Missing
from hokanko.intake.bays import CLIPS, NAME_PLATE
from hokanko.rehearsal.camera import Shift, load
from hokanko.rehearsal.street import Scene

CLIP_SECONDS = 8.0


def film(bays: Path, camera: Camera, card: str, *, until: datetime, scenes: list[Scene]) -> Path:
    """Lay a card into a bay, with one clip of each scene, the last taken shortly before `until`."""
    bay = _bay(bays, camera)
    shifts = [
        Shift(
            start=until - timedelta(minutes=40 * (len(scenes) - number)),
            seconds=CLIP_SECONDS,
            wearer_code=card,
            scene=scene,
            seed=sum(map(ord, camera.serial)) + number,
        )
        for number, scene in enumerate(scenes)
    ]
    load(bay, serial=camera.serial, shifts=shifts)
    return bay


def lay(bays: Path, camera: Camera, files: list[Path]) -> Path:
    """Lay copies of real files onto the card: the dock releases what it has taken in."""
    folder = _bay(bays, camera) / "DCIM" / "100REAL"
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy2(file, folder / file.name)
    return folder


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


def _bay(bays: Path, camera: Camera) -> Path:
    bay = bays / f"bay-{camera.number}"
    bay.mkdir(parents=True, exist_ok=True)
    (bay / NAME_PLATE).write_text(camera.serial)
    return bay
