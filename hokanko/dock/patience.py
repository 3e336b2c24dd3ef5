"""Cameras that could not be emptied are tried again when something changed, else ever more seldom.

Each try of one that is refused is a line of the ledger, and of one that cannot be read a reading
of its gigabytes: not every two seconds for as long as nobody takes it out of its bay.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from hokanko.cameras.queries import camera as find_camera
from hokanko.people.models import Organisation

FIRST_S, LONGEST_S = 4.0, 600.0


@dataclass(frozen=True, slots=True)
class _Trial:
    """What a camera was like when it failed, and until when it is left alone (monotonic)."""

    seen: object
    wait_s: float
    until: float


class Patience:
    """Remembers, while a dock is watched, who failed and how. A name is looked at by one thread."""

    def __init__(self) -> None:
        self._failed: dict[str, _Trial] = {}

    def is_due(self, name: str, seen: object) -> bool:
        """Whether to look at this camera now, as it is `seen`."""
        trial = self._failed.get(name)
        return trial is None or trial.seen != seen or monotonic() >= trial.until

    def note(self, name: str, seen: object, *, failed: bool) -> None:
        """How it went with what was `seen` before."""
        trial = self._failed.pop(name, None)
        if failed:
            again = trial is not None and trial.seen == seen
            wait = min(trial.wait_s * 2, LONGEST_S) if trial and again else FIRST_S
            self._failed[name] = _Trial(seen, wait, monotonic() + wait)

    def forget_others(self, there: Collection[str]) -> None:
        """Who was pulled out begins anew when it comes back."""
        for name in self._failed.keys() - set(there):
            self._failed.pop(name, None)


def seen_in(org: Organisation, name: str, bays: Iterable[Path]) -> object:
    """All that an attempt depends on: the files, whose camera it is, the password on record."""
    camera = find_camera(org.pk, name)
    opens = camera.storage_password if camera else None
    try:
        files = [_shape(path) for bay in bays for path in sorted(bay.rglob("*"))]
    except OSError:  # pulled out in this very moment: like nothing that was seen before
        return object()
    return files, camera and camera.pk, opens and bytes(opens)


def _shape(path: Path) -> tuple[bytes, int, int]:
    status = path.lstat()
    return os.fsencode(path), status.st_size, status.st_mtime_ns
