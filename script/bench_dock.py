"""A shift coming home: cameras in their bays, taken in by the code of a round of `hokanko dock`.

Every lap is a process of its own, in one rehearsal home. Speed is told against sealing alone and
against copying, of the same bytes in the same run; memory against fewer cameras and smaller clips.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench_seal import Ground, seal_all
from figures import Figure, against_limit, in_turns, spread, tell
from measured_home import folder, founded

from hokanko.cameras.actions import register
from hokanko.vault.store import shelf

MIB = 1 << 20
SHIFT, FEW, MANY = 13, 4, 30  # cameras
CLIP = "DCIM/100MEDIA/MOV_{:04d}.MP4"
SMALL_CLIPS, SMALL_BYTES = 8, MIB // 4  # of each of the many
WORKERS = 2  # of the sealing and copying that we are told against
SHIFT_MIB = 13 * 8 * 3600 * 4_000_000 / 8 / MIB  # 13 cameras × 8 h × 4 Mbit/s: 187 GB
A_CAMERA_MIB = 20.0  # what a camera being read may hold, whatever is in it: its buffers
SEALED, BACK, COPIED = "sealed alone", "sealed and read back", "copied, with fsync"
WHOLE, BY_FOUR = f"{SHIFT} at once", f"{SHIFT}, {FEW} at a time"
FEWER, SMALLER, CROWD = f"{FEW} at once", f"{SHIFT} at once, a quarter of it", f"{MANY} at once"
ESSENTIAL = (SEALED, BACK, WHOLE, BY_FOUR)

Told = dict[str, float]


@dataclass(frozen=True, slots=True)
class Shift:
    """Cameras that come home together: how many, with how many clips of what size."""

    cameras: int
    clips: int
    size: int
    at_once: int

    def lay(self, bays: Path) -> list[Path]:
        """Put them into their bays; gives the clips."""
        return [
            clip(bays / str(camera) / CLIP.format(number), self.size)
            for camera in range(1, self.cameras + 1)
            for number in range(1, self.clips + 1)
        ]


def clip(path: Path, size: int) -> Path:
    """A clip of bytes that no other has; the folder it lies in is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    filling = os.urandom(MIB)
    with path.open("xb") as out:
        for at in range(0, size, MIB):
            out.write((os.urandom(64) + filling)[: min(MIB, size - at)])
    return path


def docked(org: str, shift: Shift) -> Told:
    """Take the shift in; what is sealed is thrown away afterwards, to make room for the next."""
    bays = folder("bays")
    shift.lay(bays)
    os.sync()
    script = Path(__file__).with_name("dock_lap.py")
    command = [sys.executable, str(script), org, str(bays), str(shift.at_once)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: Told = json.loads(done.stdout)
    if told["files"] != shift.cameras * shift.clips or list(bays.rglob("*.MP4")):
        raise SystemExit(f"not everything was taken in: {told}")
    shutil.rmtree(bays)
    for sealed in list(shelf().names()):
        shelf().remove(sealed)
    return told


def alone(work: Callable[[Ground], None], size: int) -> Told:
    """The same bytes without a dock, a home or a ledger."""
    ground = Ground([], folder("out"), folder("source"))
    ground.files.extend(clip(ground.tools / f"{n}.mp4", size) for n in range(SHIFT))
    os.sync()
    begun, spent = time.perf_counter(), os.times()
    work(ground)
    wall, used = time.perf_counter() - begun, os.times()
    for made in (ground.out, ground.tools):
        shutil.rmtree(made)
    told = {"user_s": used.user - spent.user, "system_s": used.system - spent.system}
    return told | {"mib": SHIFT * size / MIB, "wall_s": wall}


def copy_all(ground: Ground) -> None:
    """Copy every file, and see that it is on the disk."""

    def copied(source: Path) -> None:
        shutil.copyfile(source, ground.out / source.name)
        with (ground.out / source.name).open("rb") as made:
            os.fsync(made.fileno())

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(copied, ground.files))


def works(org: str, size: int, *, shift_only: bool) -> dict[str, Callable[[], Told]]:
    """Everything that is measured, in the order of a round."""
    shifts = {
        WHOLE: Shift(SHIFT, 1, size, SHIFT),
        BY_FOUR: Shift(SHIFT, 1, size, FEW),
        FEWER: Shift(FEW, 1, size, FEW),
        SMALLER: Shift(SHIFT, 1, size // 4, SHIFT),
        CROWD: Shift(MANY, SMALL_CLIPS, SMALL_BYTES, MANY),
    }
    sealed = partial(seal_all, workers=WORKERS)
    found: dict[str, Callable[[], Told]] = {
        SEALED: partial(alone, sealed, size),
        BACK: partial(alone, partial(sealed, read_back=True), size),
        COPIED: partial(alone, copy_all, size),
    }
    found |= {name: partial(docked, org, shift) for name, shift in shifts.items()}
    return {name: work for name, work in found.items() if name in ESSENTIAL or not shift_only}


def speeds(laps: Sequence[Told]) -> list[float]:
    """MiB/s of each lap."""
    return [lap["mib"] / lap["wall_s"] for lap in laps]


def of(laps: Sequence[Told], name: str) -> list[float]:
    """One measure of each lap."""
    return [lap[name] for lap in laps]


def a_gib(laps: Sequence[Told], name: str) -> list[float]:
    """One measure of each lap, for each GiB."""
    return [lap[name] / lap["mib"] * 1024 for lap in laps]


def peaks(laps: Sequence[Told]) -> list[float]:
    """The most memory of each lap, in MiB."""
    return [max(lap["first_half_mib"], lap["second_half_mib"]) for lap in laps]


def figures(laps: Mapping[str, list[Told]]) -> list[Figure]:
    """Speed against the same bytes without a dock; memory against less to hold."""
    speed = {name: speeds(taken) for name, taken in laps.items()}
    found = [
        Figure(f"dock, {ours},", speed[ours], peer, speed[peer], "MiB/s")
        for ours in (WHOLE, BY_FOUR)
        for peer in (SEALED, BACK, COPIED)
        if peer in laps
    ]
    user = {name: a_gib(taken, "user_s") for name, taken in laps.items()}
    found += [
        Figure(f"dock, {ours},", user[ours], peer, user[peer], "user CPU s/GiB")
        for ours in (WHOLE, BY_FOUR)
        for peer in (SEALED, BACK)
    ]
    minutes = {n: [SHIFT_MIB / v / 60 for v in speed[n]] for n in (WHOLE, BY_FOUR, SEALED)}
    found += [
        Figure(f"187 GB, {ours},", minutes[ours], SEALED, minutes[SEALED], "min")
        for ours in (WHOLE, BY_FOUR)
    ]
    halves = of(laps[WHOLE], "second_half_mib"), of(laps[WHOLE], "first_half_mib")
    found.append(Figure("memory, second half of it", halves[0], "first half", halves[1], "MiB"))
    for name, cameras in ((WHOLE, SHIFT), (BY_FOUR, FEW), (SMALLER, SHIFT), (FEWER, FEW)):
        if name not in laps:
            continue
        grown = zip(peaks(laps[name]), of(laps[name], "before_mib"), strict=True)
        each = [(most - before) / cameras / A_CAMERA_MIB for most, before in grown]
        limit = f"memory of one camera, {name}, × {A_CAMERA_MIB:.0f} MiB"
        found.append(against_limit(limit, each, 1.0, ""))
    return found


def table(laps: Mapping[str, list[Told]]) -> str:
    """Every lap's speed, processor time and memory, with its least and most."""
    rows = {f"{name}, MiB/s": speeds(taken) for name, taken in laps.items()}
    for name, taken in laps.items():
        rows[f"{name}, user CPU s/GiB"] = a_gib(taken, "user_s")
        rows[f"{name}, system CPU s/GiB"] = a_gib(taken, "system_s")
    docks = {name: taken for name, taken in laps.items() if "files" in taken[0]}
    for name, taken in docks.items():
        rows[f"{name}, MiB of memory, from"] = of(taken, "before_mib")
        rows[f"{name}, MiB of memory, to"] = peaks(taken)
    if crowd := laps.get(CROWD):
        rows[f"{CROWD}, small files/s"] = [lap["files"] / lap["wall_s"] for lap in crowd]
        each = [lap["user_s"] / lap["files"] * 1e3 for lap in crowd]
        rows[f"{CROWD}, user CPU ms a small file"] = each
    return "\n".join(spread(rows))


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--mib", type=int, default=64, help="size of each camera's clip")
    parser.add_argument(
        "--shift-only", action="store_true", help="the shift and its limits: for large clips"
    )
    asked = parser.parse_args()
    cast = founded(rehearsal=True)
    station, by = cast.station, cast.as_actor("suzuki")
    have = {name for name in cast.cameras if name.startswith(f"{station.pk}-")}
    for number in map(str, range(1, MANY + 1)):
        if f"{station.pk}-{number}" not in have:
            register(station, number=number, serial=f"S-{number}", kind="wearable", by=by)
    laps = in_turns(works(station.pk, asked.mib * MIB, shift_only=asked.shift_only), asked.rounds)
    print(table(laps), file=sys.stderr)
    tell(figures(laps), [], as_json=asked.json)


if __name__ == "__main__":
    main()
