"""Many processes with many threads write at once: one order, nothing lost, nothing doubled."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from hokanko.formats import tiles
from hokanko.formats.merkle import leaf_hash
from hokanko.formats.note import open_checkpoint
from hokanko.formats.proof import Proof, verify_proof
from tests import apart, databases
from tests.ledger.crowd import expected

WRITERS = ("p", "q", "r")


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a home of its own, in a database of its own."""
    patient = apart.surroundings(tmp_path / "home", database_wait_s="120")  # the machine is busy
    with databases.own() as database:
        yield patient | database


def command(role: str, name: str = "-") -> list[str]:
    return [sys.executable, "-m", "tests.ledger.crowd", role, name]


def published(folder: Path) -> Iterator[tuple[bytes, Proof]]:
    """Every line of a published ledger with its proof, from its files alone."""
    note = (folder / "checkpoint").read_text()
    head = open_checkpoint(note, [(folder / "vkey").read_text().strip()])
    tree = tiles.TileTree(lambda path: (folder / path).read_bytes(), head.size)
    assert tree.root() == head.root
    for index in range(-(-head.size // tiles.WIDTH)):
        width = min(tiles.WIDTH, head.size - index * tiles.WIDTH)
        bundle = tiles.parse_entry_bundle((folder / tiles.entries_path(index, width)).read_bytes())
        for number, body in enumerate(bundle, start=index * tiles.WIDTH):
            yield body, Proof(number, tuple(tree.inclusion(number)), note)


def test_a_crowd_gets_one_order(surroundings: dict[str, str], tmp_path: Path) -> None:
    subprocess.run(command("found"), env=surroundings, check=True)
    publisher = subprocess.Popen(command("publish"), env=surroundings, stdin=subprocess.PIPE)
    writers = [subprocess.Popen(command("write", name), env=surroundings) for name in WRITERS]
    ended = [writer.wait() for writer in writers]
    publisher.communicate()

    assert (ended, publisher.returncode) == ([0] * len(WRITERS), 0)
    done = subprocess.run(command("tell"), env=surroundings, check=True, capture_output=True)
    told = json.loads(done.stdout)
    assert told["sound"], told["problems"]
    assert told["vendor"] == ("postgresql" if "HOKANKO_DATABASE" in surroundings else "sqlite")
    lines = told["lines"]
    assert [place for place, _, _ in lines] == list(range(len(lines)))
    _require_nothing_lost_or_doubled(lines)
    assert told["openings"] == len(lines)  # one person each, none of a turn taken back

    vkey = (tmp_path / "home" / "ledger" / "vkey").read_text().strip()
    handed_out = list(published(tmp_path / "home" / "ledger"))
    assert [json.loads(body)["about"] for body, _ in handed_out] == [about for *_, about in lines]
    assert len({leaf_hash(body) for body, _ in handed_out}) == len(lines)
    for body, proof in islice(handed_out, 0, None, 7):
        verify_proof(proof, body, [vkey])


def _require_nothing_lost_or_doubled(lines: list[tuple[int, str, str]]) -> None:
    marked = [about for _, kind, about in lines if kind == "ledger.read"]
    assert Counter(marked) == Counter(about for name in WRITERS for about in expected(name))
    for name in WRITERS:
        mine = [about for about in marked if about.split(":")[1].startswith(f"{name}-")]
        by_thread = sorted(mine, key=lambda about: int(about.split("-")[1]))
        assert by_thread == expected(name)  # each thread's own order is kept
    made = sum(kind == "backup.made" for _, kind, _ in lines)
    assert made == sum(about.startswith("a:") for about in marked) // 2
