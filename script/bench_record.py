"""What recording costs a camera: processor time and memory, against FFmpeg copying the same.

Simulated cameras, in a process of their own, loop a film of 4 Mbit/s; after they have all been
connected, both recorders are watched for the same time, one after the other in each round. Ours
seals and makes durable twice a second; FFmpeg writes plain files and syncs nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from figures import Figure, tell
from measured_home import folder, founded

from hokanko import clock
from hokanko.media.live import Fragment, Watchroom
from hokanko.recorder.reels import KEEP_LEAST_S
from hokanko.vault.reel import Reel

CAMERAS, WINDOW_S, WARM_S, ROUNDS = 16, 20.0, 6.0, 3
FILM = (
    "ffmpeg -v error -f lavfi -i testsrc2=s=1280x720:r=30 -t 20 "
    "-c:v libx264 -preset veryfast -b:v 4M -g 60 -bf 0"
)
COPY = (
    "ffmpeg -v error -nostdin -y -rtsp_transport tcp -i {url} -c copy -f segment -segment_time 3600"
)
TICKS = os.sysconf("SC_CLK_TCK")
SERVE = """
import sys, time
from pathlib import Path
from hokanko.rehearsal.rtp import Film
from hokanko.rehearsal.rtsp import Camera
film = Film(Path(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    camera = Camera(film)
    camera.__enter__()
    print(camera.url, flush=True)
time.sleep(1e6)
"""


@contextmanager
def cameras(film: Path, count: int) -> Iterator[list[str]]:
    """Addresses of so many cameras that stream."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(film), str(count)], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield [server.stdout.readline().strip() for _ in range(count)]
        finally:
            server.kill()


def cpu_s(pid: int) -> float:
    """Processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def pss_mib(pid: int) -> float:
    """Memory of a process, shared pages counted by share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def ours(urls: list[str], org: str) -> tuple[float, float]:
    """Percent of a core and MiB a stream, of this process's share and the cell's."""
    day = clock.today() + timedelta(days=30)
    with Watchroom(len(urls)) as room:
        base = pss_mib(os.getpid())
        reels = [
            Reel(
                org=org,
                key_day=day,
                subject=f"bench-{n}-{time.time_ns()}",
                name=f"{time.time_ns()}{n}",
            )
            for n in range(len(urls))
        ]
        for number, url in enumerate(urls):
            room.follow(number, url, sound=False, piece_s=3600)
        kept = [0.0] * len(urls)

        def until(end: float) -> None:
            while time.monotonic() < end:
                for said in room.hear(0.25):
                    if isinstance(said, Fragment):
                        reels[said.number].write(said.body)
                        if time.monotonic() - kept[said.number] >= KEEP_LEAST_S:
                            reels[said.number].keep()
                            kept[said.number] = time.monotonic()

        until(time.monotonic() + WARM_S)
        pids = (os.getpid(), room.pid)
        before, began = [cpu_s(pid) for pid in pids], time.monotonic()
        until(began + WINDOW_S)
        spent = sum(cpu_s(pid) for pid in pids) - sum(before)
        memory = pss_mib(room.pid) + max(0.0, pss_mib(os.getpid()) - base)
        for reel in reels:
            assert reel.plain_bytes > 0
            reel.close()
    return spent / WINDOW_S / len(urls) * 100, memory / len(urls)


def ffmpeg(urls: list[str], into: Path) -> tuple[float, float]:
    """The same of one FFmpeg process a stream."""
    running = [
        subprocess.Popen(
            [*COPY.format(url=url).split(), str(into / f"{number}-%d.mp4")],
            stderr=subprocess.DEVNULL,
        )
        for number, url in enumerate(urls)
    ]
    try:
        time.sleep(WARM_S)
        before = sum(cpu_s(each.pid) for each in running)
        time.sleep(WINDOW_S)
        spent = sum(cpu_s(each.pid) for each in running) - before
        memory = sum(pss_mib(each.pid) for each in running)
    finally:
        for each in running:
            each.kill()
            each.wait()
    return spent / WINDOW_S / len(urls) * 100, memory / len(urls)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--cameras", type=int, default=CAMERAS)
    given = parser.parse_args()
    if shutil.which("ffmpeg") is None:
        sys.exit("bench: ffmpeg is not installed; it is what is compared with")
    cast, film, plain = founded(), folder("film") / "film.mp4", folder("plain")
    subprocess.run(
        [*FILM.split(), str(film)],
        check=True,
    )
    mine, peers = [], []
    with cameras(film, given.cameras) as urls:
        for _ in range(ROUNDS):
            mine.append(ours(urls, cast.station.pk))
            peers.append(ffmpeg(urls, plain))
    tell(
        [
            Figure(
                "recorder, CPU a stream",
                [one[0] for one in mine],
                "ffmpeg -c copy",
                [one[0] for one in peers],
                "% of a core",
                at_most=1.2,
            ),
            Figure(
                "recorder, memory a stream",
                [one[1] for one in mine],
                "ffmpeg -c copy, PSS",
                [one[1] for one in peers],
                "MiB",
                at_most=0.5,
            ),
        ],
        [],
        as_json=given.json,
    )


if __name__ == "__main__":
    main()
