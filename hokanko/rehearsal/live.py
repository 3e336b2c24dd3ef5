"""Live cameras to practise with: each fixed camera of a rehearsal streams its street, in a loop.

Run as a program (`python -m hokanko.rehearsal.live FOLDER PORT SCENE…`), it streams until its
standard input ends; the films it draws once are kept in the folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from hokanko import clock
from hokanko.rehearsal.camera import film
from hokanko.rehearsal.looks import Scene
from hokanko.rehearsal.rtp import Film
from hokanko.rehearsal.rtsp import Camera, Mood

PROGRAM: Final = "hokanko.rehearsal.live"
PASSWORD: Final = "renshu-camera-2026"  # noqa: S105 of cameras that show drawn streets only
SECONDS, SIZE, A_SECOND = 12.0, (640, 360), 5


@contextmanager
def streaming(folder: Path, port: int, scenes: Sequence[Scene]) -> Iterator[list[str]]:
    """A camera for each scene, from `port` on where it is free; gives their addresses."""
    words = [sys.executable, "-m", PROGRAM, str(folder), str(port)]
    with subprocess.Popen(
        [*words, *(scene.name for scene in scenes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        try:
            yield [running.stdout.readline().strip() for _ in scenes]
        finally:
            running.terminate()


def main(folder: Path, port: int, scenes: Sequence[Scene]) -> None:
    """Stream until standard input ends."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = [_draw(_path(folder, scene), scene) for scene in dict.fromkeys(scenes)]
    if any(drawn):  # what drawing needed of memory goes
        os.execv(sys.executable, [sys.executable, "-m", PROGRAM, *sys.argv[1:]])  # noqa: S606
    films = {scene: Film(_path(folder, scene)) for scene in scenes}
    with ExitStack() as stack:
        for number, scene in enumerate(scenes):
            camera = stack.enter_context(_camera(films[scene], port + number))
            sys.stdout.write(camera.url + "\n")
        sys.stdout.flush()
        sys.stdin.read()


def _path(folder: Path, scene: Scene) -> Path:
    return folder / f"{scene.name.lower()}.mp4"


def _draw(path: Path, scene: Scene) -> bool:
    """Draw the film unless it is there; says whether it had to."""
    if path.exists():
        return False
    half = path.with_suffix(".half")
    film(
        half,
        start=clock.now(),
        seconds=SECONDS,
        serial="HKFIX",
        wearer_code=None,
        scene=scene,
        seed=len(scene.name),
        width=SIZE[0],
        height=SIZE[1],
        fps=A_SECOND,
    )
    half.rename(path)
    return True


def _camera(shows: Film, port: int) -> Camera:
    try:
        return Camera(shows, Mood(password=PASSWORD), port=port)
    except OSError:  # somebody else listens there
        return Camera(shows, Mood(password=PASSWORD))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), [Scene[name] for name in sys.argv[3:]])
