"""How long it takes to cut a range out of footage, against the time that the range lasts.

The simulated camera films the street; the clip is made as it is for a request: in the jail, from a
source in memory, and only its sum is kept.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Figure, tell

from hokanko import clock
from hokanko.media.clip import clip
from hokanko.rehearsal.camera import film
from hokanko.rehearsal.street import Scene

SECONDS, LEAD = 20, 3
FPS = 30
SIZES = {"1080p": (1920, 1080), "720p": (1280, 720)}


@dataclass(frozen=True, slots=True)
class Film:
    """Footage in memory, as a jail asks for it."""

    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def read_at(self, offset: int, length: int) -> bytes:
        return self.content[offset : offset + length]


def filmed(width: int, height: int) -> Film:
    """A street at noon; a range of `SECONDS` in it begins between two key pictures."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        film(
            path,
            start=datetime(2026, 11, 20, 12, 0, tzinfo=clock.TOKYO),
            seconds=SECONDS + 2 * LEAD,
            serial="B-1",
            wearer_code=None,
            scene=Scene.CROSSING,
            seed=7,
            width=width,
            height=height,
            fps=FPS,
        )
        return Film(path.read_bytes())


def took(source: Film) -> float:
    """Seconds until the last byte of the clip was there."""
    begun, total = time.perf_counter(), hashlib.sha256()
    for piece in clip(source, LEAD * 1000, (LEAD + SECONDS) * 1000):
        total.update(piece)
    return time.perf_counter() - begun


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    found = []
    for name, (width, height) in SIZES.items():
        source = filmed(width, height)
        laps = [took(source) for _ in range(asked.rounds)]
        lasts = [float(SECONDS)] * len(laps)
        words = f"clip of {name}, {FPS} pictures a second:"
        found.append(Figure(words, laps, "the range itself", lasts, "s", at_most=1.0))
    tell(found, [], as_json=asked.json)


if __name__ == "__main__":
    main()
