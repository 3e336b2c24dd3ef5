"""Sealing against the limits of the machine and against other tools, in turn on the same data.

Every round runs everything once; figures are medians, ratios are taken round by round. What is
sealed or copied is durable when the clock stops; the source lies in the page cache.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from hokanko.formats.direct import aligned_buffer, write_at
from hokanko.formats.sealed import SealedReader, associated_data, check, open_direct, seal

MIB = 1 << 20
KEY = bytes(range(32))
AAD = associated_data("F-BENCH", "original")
SEVERAL, ONE, BACK = "seal, 2 workers", "seal, one at a time", "seal and read back, 2 workers"
SCRUB, READ = "scrub, one at a time", "direct read"
HASH, DISK, BOTH = "SHA-256 in RAM, 1 thread", "direct write", "min(disk, SHA-256)"
OPENSSL, AGE, CP = "openssl enc + dgst", "age -r", "cp + sync"
RESTIC, BORG, RCLONE = "restic backup", "borg create", "rclone copy to crypt"
GOALS = {
    (SEVERAL, BOTH): 0.95,
    (ONE, BOTH): 0.70,
    (SEVERAL, RESTIC): 5.0,
    (SEVERAL, BORG): 7.0,
    (SEVERAL, RCLONE): 4.0,
    (SEVERAL, AGE): 2.0,
    (SCRUB, READ): 0.9,
}
CPU_GOALS = {(SEVERAL, OPENSSL): 1.15, (SEVERAL, RESTIC): 0.2}


@dataclass(frozen=True, slots=True)
class Ground:
    """Where one measurement works: the files to take, and an empty folder for what it makes."""

    files: list[Path]
    out: Path
    tools: Path


# Does the work; where it measures its own speed in MiB/s, that is returned and taken instead.
Work = Callable[[Ground], float | None]


@dataclass(frozen=True, slots=True)
class Lap:
    """One measurement: MiB per second and seconds of user and all CPU per GiB."""

    speed: float
    user: float
    cpu: float


def seal_one(source: Path, out: Path, *, read_back: bool) -> None:
    """What taking in does with a file, without the ledger."""
    target = out / source.name
    with source.open("rb", buffering=0) as plain, target.open("xb", buffering=0) as file:
        sealed = seal(plain.readinto, file.fileno(), key=KEY, aad=AAD)
    if read_back:
        fd = open_direct(target)
        if check(SealedReader(fd, sealed.sealed_bytes, key=KEY, aad=AAD)) != sealed.sha256:
            raise SystemExit("what was read back is not what was sealed")
        os.close(fd)


def seal_all(ground: Ground, *, workers: int, read_back: bool = False) -> None:
    """Seal every file, and sync the directory that names them."""
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(partial(seal_one, out=ground.out, read_back=read_back), ground.files))
    fd = os.open(ground.out, os.O_RDONLY)
    os.fsync(fd)
    os.close(fd)


def scrub(ground: Ground) -> None:
    """Read each file from the disk and verify it: every tag, and the hash."""
    for path in sorted(ground.out.iterdir()):
        fd = open_direct(path)
        check(SealedReader(fd, path.stat().st_size, key=KEY, aad=AAD))
        os.close(fd)


def read_directly(ground: Ground) -> None:
    """The same bytes, which nobody looks at."""
    room = aligned_buffer(4 * MIB)
    for path in sorted(ground.out.iterdir()):
        fd = open_direct(path)
        while os.readv(fd, [room]) == len(room):
            pass
        os.close(fd)


def total_mib(ground: Ground) -> int:
    """The size of the source."""
    return sum(path.stat().st_size for path in ground.files) // MIB


def hash_in_ram(ground: Ground) -> None:
    """As many mebibytes as the source has, from the processor's cache."""
    digest, chunk = hashlib.sha256(), os.urandom(MIB)
    for _ in range(total_mib(ground)):
        digest.update(chunk)


def write_with_fio(ground: Ground) -> float:
    """As many mebibytes past the page cache, two requests in flight.

    Returns fio's own MiB/s: starting fio takes longer than the writing, and would flatter us.
    """
    command = f"fio --name=w --filename={ground.out}/w --rw=write --bs=4m --direct=1 --end_fsync=1"
    engine = f"--size={total_mib(ground)}m --ioengine=io_uring --iodepth=2 --output-format=json"
    report = json.loads(run(ground, f"{command} {engine}"))
    return float(report["jobs"][0]["write"]["bw_bytes"]) / MIB


def write_directly(ground: Ground) -> None:
    """The same without fio: one request in flight."""
    chunk = aligned_buffer(4 * MIB)
    fd = os.open(ground.out / "w", os.O_WRONLY | os.O_CREAT | os.O_DIRECT)
    for offset in range(0, total_mib(ground) * MIB, len(chunk)):
        write_at(fd, chunk, offset)
    os.fsync(fd)
    os.close(fd)


def run(ground: Ground, command: str) -> bytes:
    """A peer, with its configuration in a folder of ours; it must succeed. Gives its output."""
    home = {"HOME": str(ground.tools), "PATH": os.environ["PATH"], "BORG_PASSPHRASE": "x"}
    home |= {"RESTIC_PASSWORD": "x", "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes"}
    done = subprocess.run(["sh", "-ec", command], env=home, capture_output=True, check=True)
    return done.stdout


def each_file(command: str, ground: Ground) -> None:
    """Run `command` for each file, with {source} and {out} filled in, then sync the results."""
    for path in ground.files:
        filled = command.format(source=shlex.quote(str(path)), out=ground.out / path.name)
        run(ground, filled)
    run(ground, f"sync {ground.out}/*")


def all_files(command: str, ground: Ground) -> None:
    """Run `command` once, with {source} (a folder), {out} and {tools} filled in, then sync."""
    filled = command.format(source=ground.files[0].parent, out=ground.out, tools=ground.tools)
    run(ground, f"{filled} && sync -f {ground.out}")


def prepare(name: str, ground: Ground) -> None:
    """What is needed before the clock starts: an empty repository, or sealed files to read."""
    if name in (SCRUB, READ):
        seal_all(ground, workers=2)
    if name == RESTIC:
        run(ground, f"restic init -r {ground.out}/r")
    if name == BORG:
        run(ground, f"borg init -e repokey-blake2 {ground.out}/b")


def peers(tools: Path) -> dict[str, tuple[str, Work]]:
    """Each peer: the program it needs, and how it is run."""
    encrypt = f"openssl enc -aes-256-ctr -K {'11' * 32} -iv {'22' * 16} -bufsize 1048576"
    recipient = f"-R {tools}/age.txt"
    return {
        CP: ("cp", partial(each_file, "cp {source} {out}")),
        OPENSSL: (
            "openssl",
            partial(each_file, encrypt + " -in {source} -out {out}; openssl dgst -sha256 {source}"),
        ),
        AGE: ("age", partial(each_file, f"age {recipient} -o {{out}} {{source}}")),
        RESTIC: (
            "restic",
            partial(all_files, "restic backup --compression off -r {out}/r {source}"),
        ),
        BORG: ("borg", partial(all_files, "borg create -C none {out}/b::a {source}")),
        RCLONE: (
            "rclone",
            partial(all_files, "rclone --config {tools}/rclone.conf copy {source} sealed:"),
        ),
    }


def set_up_peers(ground: Ground) -> None:
    """Keys for the peers that want some."""
    if shutil.which("age-keygen"):
        run(ground, f"age-keygen -o {ground.tools}/age.key")
        run(ground, f"age-keygen -y {ground.tools}/age.key > {ground.tools}/age.txt")
    if shutil.which("rclone"):
        remote = f"[sealed]\ntype = crypt\nremote = {ground.out}/r\npassword = "
        (ground.tools / "rclone.conf").write_text(remote)
        run(ground, f"rclone obscure x >> {ground.tools}/rclone.conf")


def measure(name: str, work: Work, ground: Ground) -> Lap:
    """Run `work` on an empty folder with the source cached and the disk at rest."""
    shutil.rmtree(ground.out, ignore_errors=True)
    ground.out.mkdir()
    prepare(name, ground)
    for path in ground.files:
        path.read_bytes()
    os.sync()
    before, start = used(), time.perf_counter()
    own_speed = work(ground)
    seconds, after = time.perf_counter() - start, used()
    mib = total_mib(ground)
    user, system = (after[i] - before[i] for i in range(2))
    return Lap(own_speed or mib / seconds, user * 1024 / mib, (user + system) * 1024 / mib)


def used() -> tuple[float, float]:
    """User and system seconds of this process and of those it waited for."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + others.ru_utime, own.ru_stime + others.ru_stime


def figure(
    name: str, unit: str, ours: Sequence[float], peer: Sequence[float], whose: str
) -> dict[str, object]:
    """One line of the answer; the ratio is the median of the rounds' ratios."""
    ratio = median(a / b for a, b in zip(ours, peer, strict=True))
    return {
        "name": name,
        "ours": round(median(ours), 2),
        "peer": round(median(peer), 2),
        "peer_name": whose,
        "ratio": round(ratio, 3),
        "unit": unit,
    }


def figures(laps: dict[str, list[Lap]]) -> list[dict[str, object]]:
    """Ours against every limit and peer in speed, and against the goals' peers in CPU."""
    speeds = {name: [lap.speed for lap in taken] for name, taken in laps.items()}
    speeds[BOTH] = [min(pair) for pair in zip(speeds[HASH], speeds[DISK], strict=True)]
    found = [
        figure(name, "MiB/s", speeds[name], speeds[limit], limit)
        for name in (SEVERAL, ONE, BACK)
        for limit in (HASH, DISK, BOTH)
    ]
    found.append(figure(SCRUB, "MiB/s", speeds[SCRUB], speeds[READ], READ))
    own = (SEVERAL, ONE, BACK, HASH, DISK, SCRUB, READ)
    others = [name for name in laps if name not in own]
    found += [figure(SEVERAL, "MiB/s", speeds[SEVERAL], speeds[name], name) for name in others]
    users = {name: [lap.user for lap in taken] for name, taken in laps.items()}
    found += [
        figure(ours, "user CPU s/GiB", users[ours], users[peer], peer)
        for ours, peer in CPU_GOALS
        if peer in users
    ]
    return found


def print_table(laps: dict[str, list[Lap]], found: list[dict[str, object]]) -> None:
    """The same for people, with the goals, on stderr so that --json stays one document."""
    lines = [f"{'':34}{'MiB/s':>8}{'(min .. max)':>18}{'user':>8}{'all CPU s/GiB':>15}"]
    for name, taken in laps.items():
        speeds = [lap.speed for lap in taken]
        spread = f"({min(speeds):.0f} .. {max(speeds):.0f})"
        user, cpu = median(lap.user for lap in taken), median(lap.cpu for lap in taken)
        lines.append(f"{name:34}{median(speeds):8.0f}{spread:>18}{user:8.2f}{cpu:15.2f}")
    lines.append("")
    for line in found:
        goals, sign = (GOALS, "≥") if line["unit"] == "MiB/s" else (CPU_GOALS, "≤")
        goal = goals.get((str(line["name"]), str(line["peer_name"])))
        aim = f"  goal {sign} {goal}" if goal else ""
        lines.append(
            f"{line['name']:32} ÷ {line['peer_name']:26} {line['ratio']:7} {line['unit']}{aim}"
        )
    print("\n".join(lines), file=sys.stderr)


def candidates(
    others: dict[str, tuple[str, Work]],
) -> tuple[dict[str, Work], list[str]]:
    """Everything that runs here, in turn, and the names of what is not installed."""
    fio = shutil.which("fio")
    chosen: dict[str, Work] = {
        HASH: hash_in_ram,
        DISK: write_with_fio if fio else write_directly,
        SEVERAL: partial(seal_all, workers=2),
        ONE: partial(seal_all, workers=1),
        BACK: partial(seal_all, workers=2, read_back=True),
        READ: read_directly,
        SCRUB: scrub,
    }
    left_out = [] if fio else ["fio (a direct writer of our own stands in)"]
    for name, (program, work) in others.items():
        if shutil.which(program):
            chosen[name] = work
        else:
            left_out.append(name)
    return chosen, left_out


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--alone", action="store_true", help="leave the other tools out")
    parser.add_argument("--mib", type=int, default=200, help="size of each file")
    parser.add_argument("--files", type=int, default=5, help="how many files")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dir", help="where to work; must be on the disk to be measured")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.dir) as folder:
        source, tools = Path(folder, "source"), Path(folder, "tools")
        for made in (source, tools):
            made.mkdir()
        files = [source / f"{number}.mp4" for number in range(asked.files)]
        for path in files:
            with path.open("xb") as out:
                for _ in range(asked.mib):
                    out.write(os.urandom(MIB))
        ground = Ground(files, Path(folder, "out"), tools)
        set_up_peers(ground)
        chosen, left_out = candidates({} if asked.alone else peers(tools))
        laps: dict[str, list[Lap]] = {name: [] for name in chosen}
        for _ in range(asked.rounds):
            for name, work in chosen.items():
                laps[name].append(measure(name, work, ground))
    found = figures(laps)
    print_table(laps, found)
    if left_out:
        print(f"left out: {', '.join(left_out)}", file=sys.stderr)
    if asked.json:
        print(json.dumps({"figures": found, "left_out": left_out}, ensure_ascii=False))


if __name__ == "__main__":
    main()
