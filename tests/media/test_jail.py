"""The jail: what a child may do, what it may not, and that nothing it does surprises the parent."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from hokanko.media import fence, jail, seccomp
from hokanko.media.jail import JailBroken, Limits
from tests.media.clips import Bytes

QUICK = Limits(cpu_s=5, wall_s=10.0, answer_bytes=1 << 20)
TASKS = "tests.media.cell_tasks:"


def broken(task: str, limits: Limits = QUICK, content: bytes = b"footage") -> JailBroken:
    with pytest.raises(JailBroken) as caught:
        jail.run(TASKS + task, Bytes(content), {}, limits)
    return caught.value


def test_a_child_reads_the_source_and_answers() -> None:
    content = bytes(range(256)) * 3000
    answer = jail.run(TASKS + "copy_out", Bytes(content), {"a": 1}, QUICK)
    assert answer.body == content
    assert answer.head == {"size": len(content), "params": {"a": 1}}


def test_ranges_are_read_where_they_are() -> None:
    content = os.urandom(300_000)
    ranges = [(0, 10), (299_990, 100), (65_530, 20), (5, 70_000), (300_000, 5), (400_000, 5)]
    answer = jail.run(TASKS + "jumps", Bytes(content), {"ranges": ranges}, QUICK)
    # a raw read may be short, but never empty before the end, and never of other bytes
    lengths = answer.head["lengths"]
    read = [
        content[offset : offset + length]
        for (offset, _), length in zip(ranges, lengths, strict=True)
    ]
    assert answer.body == b"".join(read)
    assert [length > 0 for length in lengths] == [True, True, True, True, False, False]


def test_every_protection_is_in_force_here() -> None:
    held = jail.selftest()
    assert {"rlimits", "no-new-privs", "unprivileged", "seccomp"} <= set(held)
    assert set(held) <= set(fence.ALL)


def test_each_forbidden_thing_is_stopped() -> None:
    answer = jail.run("hokanko.media.inside.drill:drill", Bytes(b""), {}, QUICK)
    assert len(answer.head["tried"]) == 10
    assert [name for name, stopped in answer.head["tried"].items() if not stopped] == []


def test_a_hole_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    everything_open = jail.Answer({"open": ["seccomp"]}, b"", fence.ALL)
    monkeypatch.setattr(jail, "run", lambda *_: everything_open)
    assert jail.selftest() == [name for name in fence.ALL if name != "seccomp"]


def test_no_secret_of_the_parent_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOKANKO_PASSPHRASE", "合言葉")
    head = jail.run(TASKS + "surroundings", Bytes(b""), {}, QUICK).head
    assert "HOKANKO_PASSPHRASE" not in head["environment"]
    assert "合言葉" not in "".join(head["arguments"])


def test_an_endless_loop_ends_by_its_cpu_limit() -> None:
    error = broken("endless", Limits(cpu_s=1, wall_s=20.0))
    assert (error.code, error.detail) == ("too-slow", "CPU")
    assert error.so_far == {"container": "mp4"}


def test_a_sleeper_ends_by_the_parents_deadline() -> None:
    assert broken("asleep", Limits(wall_s=0.7)).code == "too-slow"


def test_endless_reading_ends_by_the_parents_deadline() -> None:
    assert broken("insist", Limits(wall_s=0.7)).code == "too-slow"


@pytest.mark.parametrize(
    ("task", "detail"),
    [
        ("greedy", "MemoryError"),
        ("crash", f"exit {-signal.SIGSEGV}"),
        ("leave", "exit 7"),
        ("flood", "2097152 bytes"),
        ("garble", "4 bytes of kind"),
        ("not_json", "not JSON"),
        ("odd_range", "odd size"),
        ("no_such_task", "AttributeError"),
    ],
)
def test_a_misbehaving_child_is_a_normal_outcome(task: str, detail: str) -> None:
    error = broken(task)
    assert error.code == "jail-broken"
    assert detail in error.detail


def test_a_range_outside_of_the_source_is_empty() -> None:
    source = Bytes(b"footage")
    assert jail.run(TASKS + "beyond", source, {}, QUICK).head == {"got": 0}
    assert source.asked == 0


def test_an_exception_quotes_no_footage() -> None:
    error = broken("blurt", content=b"SECRET")
    assert "ValueError" in error.detail
    assert "SECRET" not in str(error)


def test_the_sources_own_error_reaches_the_caller() -> None:
    class Torn(Bytes):
        def read_at(self, offset: int, length: int) -> bytes:
            del offset, length
            raise TimeoutError("the store does not answer")

    with pytest.raises(TimeoutError, match="store"):
        jail.run(TASKS + "copy_out", Torn(b"footage"), {}, QUICK)


def test_no_child_and_no_file_stays_behind() -> None:
    before = open_files()
    broken("asleep", Limits(wall_s=0.5))
    broken("crash")
    assert open_files() == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_the_child_dies_with_its_parent() -> None:
    """The parent is killed in the middle of a task; nobody is left to hold the footage."""
    pid = os.fork()
    if pid == 0:
        worker = threading.Thread(
            target=jail.run, args=(TASKS + "asleep", Bytes(b""), {}, Limits()), daemon=True
        )
        worker.start()
        time.sleep(0.6)
        os._exit(0)
    os.waitpid(pid, 0)
    time.sleep(0.2)
    sleepers = [
        entry
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and b"cell_tasks:asleep" in _command(entry)
    ]
    assert sleepers == []


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_ends_in_refusal(machine: str) -> None:
    code = seccomp.program(machine)
    assert len(code) % 8 == 0
    assert len(code) // 8 < 4096
    assert code[-4:] == (0x00050001).to_bytes(4, "little")


def open_files() -> set[str]:
    return {entry.name for entry in Path("/proc/self/fd").iterdir()}


def _command(entry: Path) -> bytes:
    try:
        return (entry / "cmdline").read_bytes()
    except OSError:
        return b""
