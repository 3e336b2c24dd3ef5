"""Full disks, locks, hostile files, wrong names, people and clocks: what a command says then."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apart import surroundings
from tests.backup.cli import Cli
from tests.faults.locks import APPEND, write_lock

MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
HOSTILE = {
    "empty.mp4": b"",
    "cut.mp4": MP4[:20],
    "claims-8-EiB.mp4": MP4 + b"\x00\x00\x00\x01mdat\x7f\xff\xff\xff\xff\xff\xff\xff" + b"\0" * 64,
    "negative.avi": b"RIFF\xff\xff\xff\xffAVI LIST\xff\xff\xff\xff" + b"\0" * 99,
    "noise.mkv": b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 20,
}


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """One home for the module: each test adds to it, none depends on another."""
    cli = Cli(tmp_path_factory.mktemp("cli") / "home")
    cli.found()
    cli.camera()
    return cli


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MiB, where this account may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small file system: a full disk is left out")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_stops_intake_and_keeps_everything(small_disk: Path, tmp_path: Path) -> None:
    cli = Cli(small_disk / "home")
    cli.found()
    cli.camera()
    small, large = tmp_path / "small.mp4", tmp_path / "large.mp4"
    small.write_bytes(b"s" * 1_000_000)
    large.write_bytes(os.urandom(40_000_000))
    kept = cli.take_in(small)["footage"][0]

    told = cli.take_in(large, code=3)

    assert "空きがない" in str(told)
    assert large.stat().st_size == 40_000_000
    assert [f["id"] for f in cli("footage", "list")["footage"]] == [kept["id"]]
    assert len([p for p in (cli.home / "sealed").rglob("*") if p.is_file()]) == 1
    assert cli("fsck", "--deep")["sound"]


def test_intake_stops_at_the_reserve(cli: Cli, tmp_path: Path) -> None:
    clip = tmp_path / "a.mp4"
    clip.write_bytes(b"a")
    told = cli.take_in(clip, code=3, HOKANKO_RESERVE_MIB="999999999")
    assert "空きがない" in str(told)
    assert clip.exists()


def test_a_locked_database_is_said_to_be_busy(cli: Cli, tmp_path: Path) -> None:
    clip = tmp_path / "b.mp4"
    clip.write_bytes(b"b")
    with write_lock(cli.home / "hokanko.sqlite3"):
        told = cli.take_in(clip, code=3, HOKANKO_DATABASE_WAIT_S="0.2")
    assert "混み合って" in told["error"]["ja"]
    assert len(cli.take_in(clip)["footage"]) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_sealed_and_flagged(cli: Cli, tmp_path: Path, name: str) -> None:
    clip = tmp_path / name
    clip.write_bytes(HOSTILE[name])
    (taken,) = cli.take_in(clip)["footage"]
    assert taken["bytes"] == len(HOSTILE[name])
    assert set(taken["flags"]) - {"no-wearer", "no-capture-time"}, taken["flags"]


def test_a_name_in_shift_jis_is_taken_in_and_readable(cli: Cli, tmp_path: Path) -> None:
    clip = tmp_path / os.fsdecode("証拠映像.mp4".encode("cp932"))
    clip.write_bytes(b"named long ago")
    (taken,) = cli.take_in(clip)["footage"]
    assert taken["source"] == "証拠映像.mp4"


def test_who_or_what_is_not_known(cli: Cli, tmp_path: Path) -> None:
    clip = tmp_path / "c.mp4"
    clip.write_bytes(b"c")
    words = ("take-in", clip, "--org", "CHUO", "--camera", "9")
    assert cli(*words, code=1)["refused"][0]["clause"] == "police-2.1"
    cli("footage", "show", "CHUO-00000000-0001", code=2)
    cli.take_in(tmp_path / "nothing.mp4", code=2)
    cli("take-in", clip, "--org", "NOWHERE", "--camera", "1", code=2)
    cli("camera", "add", "--org", "CHUO", "--number", "8", "--by", "nobody", code=2)


def test_the_wrong_post_is_refused_with_its_article(cli: Cli) -> None:
    cli.person("sato", "カメラ装着警察官", code=1)  # the technical administrator may not appoint
    words = ("camera", "add", "--org", "CHUO", "--number", "7", "--by", "suzuki")
    cli(*words)
    told = cli(
        "org", "add", "--rulebook", "police", "--name", "x", "--code", "X", "--by", "suzuki", code=1
    )
    assert told["refused"]["article"]


def test_without_a_home_nothing_starts_but_the_doctor_speaks(tmp_path: Path) -> None:
    nowhere = Cli(tmp_path / "nowhere")
    done = subprocess.run(
        [sys.executable, "-m", "hokanko.door", "footage", "list"],
        env=surroundings(nowhere.home),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    told = nowhere("doctor", code=1)
    (home,) = [f for f in told["findings"] if f["name"] == "home"]
    assert not home["ok"]
    assert "hokanko init" in home["mend"]


def test_a_whole_home_is_well(cli: Cli) -> None:
    told = cli("doctor")
    assert told["well"]
    warned = {f["name"] for f in told["findings"] if f["ok"] and f["mend"]}
    assert {"places", "worker"} <= warned


def test_a_clock_that_jumped_back_is_refused(cli: Cli, tmp_path: Path) -> None:
    clip = tmp_path / "d.mp4"
    clip.write_bytes(b"d")
    offset = cli.home / "rehearsal.json"
    before = offset.read_text()
    offset.write_text(json.dumps({"offset_seconds": json.loads(before)["offset_seconds"] - 600}))
    told = cli.take_in(clip, code=3)
    doctor = cli("doctor", code=1)
    offset.write_text(before)
    assert "時計" in str(told)
    assert [f["name"] for f in doctor["findings"] if not f["ok"]] == ["clock"]
    assert len(cli.take_in(clip)["footage"]) == 1


def test_appending_processes_get_one_order(cli: Cli) -> None:
    size = cli("ledger", "verify")["size"]
    env = surroundings(cli.home)
    writers = [subprocess.Popen([sys.executable, "-c", APPEND], env=env) for _ in range(4)]
    assert [writer.wait() for writer in writers] == [0] * 4
    told = cli("ledger", "verify")
    assert told["sound"]
    assert told["size"] == size + 4 * 20
