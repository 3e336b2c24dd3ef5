"""docs/formats/ledger.md keeps its word: the bytes printed there verify."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from hokanko.errors import Unsound
from hokanko.formats import canon, tiles
from hokanko.formats.merkle import leaf_hash
from hokanko.formats.proof import parse_proof, verify_proof

DOCUMENT = Path(__file__).parents[2] / "docs" / "formats" / "ledger.md"


@pytest.fixture(scope="module")
def blocks() -> dict[str, str]:
    text = DOCUMENT.read_text(encoding="utf-8")
    return dict(re.findall(r"^```([\w-]+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def test_the_entry_is_canonical_and_has_the_members_listed(blocks: dict[str, str]) -> None:
    entry = canon.decode(blocks["json"].removesuffix("\n").encode())
    assert isinstance(entry, dict)
    table = re.findall(r"^   \| `(\w+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(entry) == sorted(table)


def test_the_leaf_hash_is_that_of_the_entry(blocks: dict[str, str]) -> None:
    entry = blocks["json"].removesuffix("\n").encode()
    assert leaf_hash(entry).hex() == blocks["hex"].strip()


def test_the_proof_proves_the_entry_and_no_other(blocks: dict[str, str]) -> None:
    entry = blocks["json"].removesuffix("\n").encode()
    proof = parse_proof(blocks["tlog-proof"])
    assert proof.text() == blocks["tlog-proof"]
    assert verify_proof(proof, entry, [blocks["vkey"].strip()]).size == 3
    with pytest.raises(Unsound):
        verify_proof(proof, entry + b"\n", [blocks["vkey"].strip()])


def test_the_opening_opens_the_commitment(blocks: dict[str, str]) -> None:
    salt, _, text = blocks["opening"].strip().partition(" ")
    entry = canon.decode(blocks["json"].removesuffix("\n").encode())
    assert isinstance(entry, dict)
    by = entry["by"]
    assert isinstance(by, dict)
    assert sha256(bytes.fromhex(salt) + text.encode()).hexdigest() == by["person"]
    assert isinstance(canon.decode(text.encode()), dict)


def test_the_paths_are_those_the_program_writes(blocks: dict[str, str]) -> None:
    assert blocks["paths"].split() == [
        "checkpoint",
        tiles.tile_path(0, 1_234_067),
        tiles.tile_path(1, 0, 17),
        tiles.entries_path(0, 3),
    ]


def test_the_rules_are_numbered_without_a_gap() -> None:
    numbers = re.findall(r"^(\d+)\. ", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
