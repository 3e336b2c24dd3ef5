"""Cameras for `script/bench soak`, half of which misbehave: soak_cameras.py FOLDER.

Every picture goes out with a running number of its own in it (an SEI message); what went out, and
when, is written to FOLDER/NAME.sent: number, time by the clock, SHA-256 of its NAL units. The
addresses are printed, one to a line; it ends with its standard input.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count, cycle
from pathlib import Path
from threading import Lock, Thread

sys.path.append(str(Path(__file__).parents[1]))

from hokanko.rehearsal.rtp import Film, Picture
from hokanko.rehearsal.rtsp import Camera, Mood

MARK = b"hokanko-soak-num"
SEI = {"h264": b"\x06", "hevc": b"\x4e\x01"}  # user data unregistered follows
SOURCE = (
    "ffmpeg -v error -f lavfi -i {look}=s={size}:r=15 -t 40 -vf noise=alls=10:allf=t "
    "-pix_fmt yuv420p {codec} -b:v 2M -g 30 -bf 0"
)
H264, H265 = (
    "-c:v libx264 -preset veryfast",
    "-c:v libx265 -preset ultrafast -x265-params log-level=none -tag:v hvc1",
)
PASSWORD = "soak-soak-soak"  # noqa: S105 of cameras that live for an hour
Turn = Callable[["Numbered"], None]


class Numbered(Camera):
    """A camera whose pictures can be told apart, and that writes down what it sent."""

    def __init__(self, film: Film, mood: Mood, log: Path, *, port: int = 0) -> None:
        super().__init__(film, mood, port=port)
        self._log, self._lock = log.open("a", buffering=1), Lock()
        self._numbers = count(sum(1 for _ in log.open()))

    def shown(self, picture: Picture, url: str) -> Picture:
        picture = super().shown(picture, url)
        if not url.startswith(self.url):  # somebody to compare with looks on: not written
            return picture
        with self._lock:
            number = next(self._numbers)
            sei = SEI[self.film.codec] + b"\x05\x20" + MARK + b"%016d" % number + b"\x80"
            nals = (sei, *picture.nals)
            digest = hashlib.sha256(b"".join(nals)).hexdigest()
            self._log.write(f"{number} {time.time():.3f} {digest}\n")
        return Picture(picture.at_s, nals)


def drawn(folder: Path) -> dict[str, Film]:
    """The films: two looks, two codecs, two sizes."""
    wanted = {
        "street": SOURCE.format(look="testsrc2", size="1280x720", codec=H264),
        "yard": SOURCE.format(look="testsrc", size="1280x720", codec=H265),
        "small": SOURCE.format(look="testsrc2", size="640x360", codec=H264),
    }
    for name, words in wanted.items():
        subprocess.run([*words.split(), str(folder / f"{name}.mp4")], check=True)
    return {name: Film(folder / f"{name}.mp4") for name in wanted}


def stalls(camera: Numbered) -> None:
    """Connected, and not a byte, for longer and longer."""
    for seconds in cycle((3, 7, 15, 40)):
        time.sleep(75)
        camera.mood.silent.set()
        time.sleep(seconds)
        camera.mood.silent.clear()


def closes(camera: Numbered) -> None:
    """Ends every connection, and is back at once."""
    while True:
        time.sleep(50)
        camera.mood.hang_up.set()
        time.sleep(0.3)
        camera.mood.hang_up.clear()


def breaks(camera: Numbered) -> None:
    """Pictures with bits turned."""
    while True:
        time.sleep(40)
        camera.mood.broken.set()
        time.sleep(15)
        camera.mood.broken.clear()


def lies(camera: Numbered) -> None:
    """A stream whose time runs too fast or too slow, and a clock that is wrong each time."""
    for speed, ahead_s in cycle(((1.05, 90), (0.95, -4000), (3.0, 0), (1.0, 1e6))):
        camera.mood.speed, camera.mood.clock_ahead_s = speed, ahead_s
        time.sleep(60)


def changes(small: Film) -> Turn:
    """Another resolution every minute and a half."""

    def turn(camera: Numbered) -> None:
        for film in cycle((small, camera.film)):
            time.sleep(90)
            camera.film = film

    return turn


def reboots(camera: Numbered, again: Callable[[int], Numbered]) -> None:
    """Away for a minute, then back at the same address."""
    while True:
        time.sleep(150)
        camera.__exit__(None, None, None)
        time.sleep(45)
        camera = again(camera.port).__enter__()


def opened(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Each camera's name, address and password."""
    films = drawn(folder)

    def one(name: str, film: str, mood: Mood, *, port: int = 0) -> Numbered:
        return Numbered(films[film], mood, folder / f"{name}.sent", port=port)

    turns: dict[str, tuple[str, Mood, Turn | None]] = {
        "steady": ("street", Mood(), None),
        "steady-h265": ("yard", Mood(), None),
        "steady-password": ("street", Mood(password=PASSWORD), None),
        "stalls": ("street", Mood(), stalls),
        "closes": ("yard", Mood(), closes),
        "changes": ("street", Mood(), changes(films["small"])),
        "breaks": ("street", Mood(), breaks),
        "lies": ("small", Mood(), lies),
        "wrong-password": ("small", Mood(password="another"), None),  # noqa: S106
    }
    for name, (film, mood, turn) in turns.items():
        camera = one(name, film, mood).__enter__()
        if turn is not None:
            Thread(target=turn, args=(camera,), daemon=True).start()
        yield name, camera.url, PASSWORD if mood.password else ""
    rebooting = one("reboots", "small", Mood()).__enter__()
    again = lambda port: one("reboots", "small", Mood(), port=port)  # noqa: E731
    Thread(target=reboots, args=(rebooting, again), daemon=True).start()
    yield "reboots", rebooting.url, ""
    yield "nobody", "rtsp://127.0.0.1:9/live", ""
    yield "no-name", "rtsp://camera.dead/live", ""


def main() -> None:
    """Stream until standard input ends."""
    folder = Path(sys.argv[1])
    for told in opened(folder):
        print(*told, sep="\t", flush=True)
    print(flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
