"""An hour of the whole recorder with twelve cameras, most of which misbehave, and killed twice.

`hokanko serve` runs as for everybody; beside it FFmpeg copies the steady cameras. At a third of the
time the recorder is killed (-9), at two thirds its cell. Afterwards every picture that went out is
looked for in what was kept, by its hash, and every second of every camera in the register.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import av
from bench_record import COPY, cpu_s, pss_mib
from figures import Figure, tell
from measured_home import PASSWORD, folder, founded
from soak_cameras import MARK

from hokanko import clock
from hokanko.cameras.models import Camera, Silence
from hokanko.cameras.streams import connect
from hokanko.coverage import queries as coverage
from hokanko.coverage.queries import MISSING, RECORDED, stretches
from hokanko.coverage.spans import Span, total
from hokanko.footage.models import Footage
from hokanko.intake.jobs import examine
from hokanko.media.clip import clip
from hokanko.rehearsal.neighbourhood import NEIGHBOURS
from hokanko.rehearsal.premises import PREMISES
from hokanko.rehearsal.settling import settle_one
from hokanko.vault import cabinet
from hokanko.vault.fsck import findings
from hokanko.vault.look import Look

MINUTES, LOOK_EVERY_S, WARM_S = 60.0, 10.0, 45.0
FAULTS = ("altered", "disordered", "undecoded", "untold_s")  # none may be
ROOT = Path(__file__).parents[1]
SLOW_NAMES = """
import socket, time
_ask = socket.getaddrinfo
def ask(host, *rest, **more):
    if str(host).endswith(".dead"):
        time.sleep(20)
        raise socket.gaierror(-3, "the name server does not answer")
    return _ask(host, *rest, **more)
socket.getaddrinfo = ask
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """A picture that went out."""

    at_s: float
    digest: str


@dataclass(slots=True)
class Kept:
    """What is found of one camera."""

    name: str
    sent: int = 0
    kept: int = 0
    altered: int = 0
    disordered: int = 0
    pieces: int = 0
    undecoded: int = 0
    present: set[int] = field(default_factory=set)  # seconds in which a picture was kept
    lost_s: int = 0  # seconds with pictures that went out and none kept


@contextmanager
def cameras(into: Path) -> Iterator[list[tuple[str, str, str]]]:
    """Name, address and password of each."""
    with subprocess.Popen(
        [sys.executable, str(ROOT / "script/soak_cameras.py"), str(into)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        found = []
        while line := server.stdout.readline().rstrip("\n"):
            name, url, password = line.split("\t")
            found.append((name, url, password))
        try:
            yield found
        finally:
            server.kill()


def connected(addresses: list[tuple[str, str, str]]) -> dict[str, Camera]:
    """A ward with so many running cameras, each with its address."""
    founded()
    plan = next(each for each in NEIGHBOURS if each.code == "AOBA")
    plan = replace(plan, values=dict(plan.values) | {"camera.count": str(len(addresses))})
    there = PREMISES["AOBA"]
    standing = [replace(there.cameras[0], number=str(n)) for n in range(1, len(addresses) + 1)]
    numbers = tuple(each.number for each in standing)
    signs = tuple(replace(each, tells_of=numbers) for each in there.signs)
    PREMISES["AOBA"] = replace(there, cameras=tuple(standing), signs=signs)
    here = settle_one(plan, PASSWORD)
    found = {}
    for number, (name, url, password) in enumerate(addresses, 1):
        camera = Camera.objects.get(org=here.org, number=str(number))
        user = "viewer" if password else ""
        connect(camera, url, user=user, password=password, by=here.by("mori"))
        found[name] = camera
    return found


class Watch(threading.Thread):
    """The recorder's and its cell's processor time and memory, again and again; kills as told."""

    def __init__(self, server: int, kills: dict[float, int]) -> None:
        super().__init__(daemon=True)
        self._server, self._kills, self._over = server, kills, threading.Event()
        self._began = time.monotonic()
        # minutes, MiB of the recorder, of its cell, % of a core of both
        self.series: list[tuple[float, float, float, float]] = []
        self.killed: list[float] = []

    def run(self) -> None:
        before: dict[int, float] = {}
        at = time.monotonic()
        while not self._over.wait(LOOK_EVERY_S):
            pids = self._pids()
            now, then, at = time.monotonic(), at, time.monotonic()
            with suppress(OSError, StopIteration):
                spent = {pid: cpu_s(pid) for pid in pids}
                same = spent.keys() & before.keys()
                used = sum(spent[pid] - before[pid] for pid in same)
                before = spent
                if len(same) == 2:
                    minutes = (now - self._began) / 60
                    recorder, cell = map(pss_mib, pids)
                    self.series.append((minutes, recorder, cell, used / (now - then) * 100))
            self._kill(now - self._began, pids)

    def end(self) -> None:
        self._over.set()
        self.join()

    def _pids(self) -> list[int]:
        """The recorder, and its cell."""
        recorder = [pid for pid in _children(self._server) if "record" in _words(pid)]
        return [*recorder, *(cell for pid in recorder for cell in _children(pid))]

    def _kill(self, passed_s: float, pids: list[int]) -> None:
        due = [at for at in self._kills if at <= passed_s]
        for at in due:
            which = self._kills.pop(at)
            if which < len(pids):
                os.kill(pids[which], signal.SIGKILL)
                self.killed.append(time.time())


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        told = Path(f"/proc/{pid}/task").iterdir()
        return [int(n) for task in told for n in (task / "children").read_text().split()]
    return []


def _words(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []


def run(minutes: float, addresses: list[tuple[str, str, str]], into: Path) -> tuple[Watch, float]:
    """The soak itself; gives what was watched, and FFmpeg's percent of a core a stream."""
    shim = folder("names")
    (shim / "sitecustomize.py").write_text(SLOW_NAMES)
    environment = os.environ | {"PYTHONPATH": f"{shim}:{ROOT}"}
    words = [sys.executable, "-m", "hokanko.door", "serve", "--port", "0"]
    log = (into / "serve.log").open("w")
    server = subprocess.Popen(words, env=environment, stdout=log, stderr=log)
    steady = [each for each in addresses if each[0] in ("steady", "steady-h265")]
    peers = [
        subprocess.Popen(
            [*COPY.format(url=url.replace("/live", "/peer")).split(), str(into / f"{name}-%d.mp4")],
            stderr=subprocess.DEVNULL,
        )
        for name, url, _ in steady
    ]
    watch = Watch(server.pid, {minutes * 20: 0, minutes * 40: 1})
    watch.start()
    try:
        time.sleep(WARM_S)
        before, began = sum(cpu_s(each.pid) for each in peers), time.monotonic()
        time.sleep(minutes * 60 - WARM_S)
        spent = sum(cpu_s(each.pid) for each in peers) - before
        peer = spent / (time.monotonic() - began) / len(peers) * 100
    finally:
        watch.end()
        for each in peers:
            each.kill()
            each.wait()
        server.terminate()
        server.wait(120)
    return watch, peer


def sent(path: Path) -> dict[int, Sent]:
    """What a camera wrote of what it sent."""
    if not path.exists():
        return {}
    told = (line.split() for line in path.read_text().splitlines())
    return {int(number): Sent(float(at), digest) for number, at, digest in told}


def kept(name: str, camera: Camera, out: dict[int, Sent]) -> Kept:
    """Every picture of every piece, against what went out."""
    found, last = Kept(name, sent=len(out)), -1
    for piece in Footage.objects.filter(camera=camera).order_by("created", "number"):
        found.pieces += 1
        with cabinet.opened(cabinet.original(str(piece.pk))) as reader:
            body = reader.read_at(0, reader.plain_bytes)
        for sample in samples(body):
            at = sample.find(MARK)
            if at < 0:
                found.altered += 1
                continue
            number = int(sample[at + len(MARK) : at + len(MARK) + 16])
            found.disordered += number <= last
            last = number
            found.altered += number not in out or not is_whole(sample, out[number].digest)
            found.kept += 1
            if number in out:
                found.present.add(int(out[number].at_s))
        found.undecoded += not plays(body)
    out_s = {int(each.at_s) for each in out.values()}
    found.lost_s = len(out_s - found.present)
    return found


def samples(body: bytes) -> Iterator[bytes]:
    film: Any
    with av.open(io.BytesIO(body), "r") as film:
        for packet in film.demux(film.streams.video[0]):
            if packet.size:
                yield bytes(packet)


def is_whole(sample: bytes, digest: str) -> bool:
    """Whether the NAL units from the numbered one on are those that went out."""
    nals, at = [], 0
    while at + 4 <= len(sample):
        length = int.from_bytes(sample[at : at + 4], "big")
        nals.append(sample[at + 4 : at + 4 + length])
        at += 4 + length
    first = next((n for n, nal in enumerate(nals) if MARK in nal), 0)
    return hashlib.sha256(b"".join(nals[first:])).hexdigest() == digest


def plays(body: bytes) -> bool:
    """Whether its first second shows pictures."""
    film: Any
    with av.open(io.BytesIO(body), "r") as film:
        shown = 0
        for packet in film.demux(film.streams.video[0]):
            with suppress(av.FFmpegError):
                shown += len(packet.decode())
            if shown >= 10:
                return True
        return shown > 0


def exported(count: int) -> tuple[int, int]:
    """So many clips of three seconds out of pieces by chance: how many came, how many did not."""
    pieces = list(Footage.objects.filter(duration_ms__gte=5000).order_by("number", "pk"))
    chosen = random.Random(1).sample(pieces, min(count, len(pieces)))  # noqa: S311 by chance
    came = 0
    for piece in chosen:
        with cabinet.opened(cabinet.original(str(piece.pk))) as reader:
            work, body = clip(Look(reader), 1000, 4000), bytearray()
            try:
                while True:
                    body += next(work)
            except StopIteration as done:
                came += done.value.pictures > 0 and bool(body)
    return came, len(chosen) - came


def accounted(camera: Camera, found: Kept, window: Span) -> dict[str, float]:
    """The register against the pictures: seconds due, in the register, and where they differ."""
    told = stretches(camera, window)
    service = coverage.in_service(camera, window)
    assert service is not None
    filmed = {s for each in told if each.kind == RECORDED for s in whole_seconds(each.span)}
    missing = {s for each in told if each.kind in MISSING for s in whole_seconds(each.span)}
    due = set(whole_seconds(service))
    return {
        "due_s": round(service.length.total_seconds(), 1),
        "filmed_s": round(total(e.span for e in told if e.kind == RECORDED).total_seconds(), 1),
        "missing_s": round(total(e.span for e in told if e.kind in MISSING).total_seconds(), 1),
        "untold_s": round((service.length - total(e.span for e in told)).total_seconds(), 1),
        "said_filmed_and_is_not": len((filmed & due) - found.present),
        "said_missing_and_is_there": len((missing & due) & found.present),
        "gaps": sum(each.kind in MISSING for each in told),
    }


def told(camera: Camera, found: Kept, window: Span) -> dict[str, Any]:
    """What is said of one camera."""
    causes = Silence.objects.filter(camera=camera).values_list("cause", flat=True)
    counts = ("sent", "kept", "altered", "disordered", "pieces", "undecoded", "lost_s")
    return {
        **{name: getattr(found, name) for name in counts},
        **accounted(camera, found, window),
        "causes": dict(Counter(causes)),
    }


def whole_seconds(span: Span) -> range:
    first = int(-(-span.begun.timestamp() // 1))
    return range(first, int(span.ended.timestamp()))


def main() -> None:
    """Print what was found, and the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--clips", type=int, default=20)
    given = parser.parse_args()
    into = folder("soak")
    with cameras(into) as addresses:
        mine = connected(addresses)
        began = clock.now()
        watch, peer = run(given.minutes, addresses, into)
        window = Span(began, clock.now() - timedelta(seconds=5))
    coverage.SETTLING = timedelta()  # all pieces are filed: judged at once
    examined()
    report = {
        name: told(camera, kept(name, camera, sent(into / f"{name}.sent")), window)
        for name, camera in mine.items()
    }
    came, not_made = exported(given.clips)
    unsound = [f"{each.kind} {each}" for each in findings(deep=True)]
    faults = [
        f"{name}: {what} {each[what]}"
        for name, each in report.items()
        for what in FAULTS
        if each[what]
    ]
    faults += [*unsound, *[f"clips not made: {not_made}"][:not_made]]
    body = {
        "minutes": given.minutes,
        "killed": [datetime.fromtimestamp(at, UTC).isoformat() for at in watch.killed],
        "cameras": report,
        "clips": {"made": came, "not": not_made},
        "faults": faults,
        "memory": [[round(number, 1) for number in each] for each in watch.series[::6]],
        "log": (into / "serve.log").read_text()[-4000:],
    }
    print(json.dumps(body, ensure_ascii=False, indent=1))
    streams = sum(each["kept"] > 0 for each in report.values())
    tell(figures(watch, streams, peer), [], as_json=given.json)
    if faults:
        sys.exit(1)


def figures(watch: Watch, streams: int, peer: float) -> list[Figure]:
    """Processor time beside FFmpeg's, and whether memory grew."""
    steady = [each for each in watch.series if each[0] > 2]
    third = len(steady) // 3
    ends = (steady[:third], steady[-third:])
    early, late = (median(each[1] + each[2] for each in part) for part in ends)
    cpu = median(each[3] for each in steady) / max(1, streams)
    return [
        Figure(
            "recorder, CPU a stream", [cpu], "ffmpeg -c copy", [peer], "% of a core", at_most=1.2
        ),
        Figure("memory, last third", [late], "first third", [early], "MiB", at_most=1.1),
    ]


def examined() -> None:
    """What the worker had no time to look into."""
    for piece in Footage.objects.filter(duration_ms=None):
        examine(str(piece.pk))


if __name__ == "__main__":
    main()
