"""The published RFC 6962 vectors of transparency-dev/merkle, good and bad."""

from __future__ import annotations

import json
from base64 import b64decode
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from hokanko.errors import Unsound
from hokanko.formats import merkle

VECTORS = Path(__file__).parents[2].parent / "shared" / "data" / "vectors" / "rfc6962"
pytestmark = pytest.mark.skipif(
    not VECTORS.exists(),
    reason="the published RFC 6962 vectors are not here; test_merkle holds the same rules",
)


def cases(name: str) -> list[Any]:
    path = VECTORS / f"{name}.jsonl"
    lines = path.read_text().splitlines() if path.exists() else []
    return [pytest.param(case, id=case["name"]) for case in map(json.loads, lines)]


def unpack(texts: list[str] | None) -> list[bytes]:
    return [b64decode(text) for text in texts or []]


@pytest.mark.parametrize("case", cases("inclusion"))
def test_inclusion(case: dict[str, Any]) -> None:
    leaf, root = unpack([case["leafHash"] or "", case["root"] or ""])
    arguments = (leaf, case["leafIdx"], case["treeSize"], unpack(case["proof"]), root)
    if not case["wantErr"]:
        merkle.verify_inclusion(*arguments)
        return
    with pytest.raises(Unsound):
        merkle.verify_inclusion(*arguments)


@pytest.mark.parametrize("case", cases("consistency"))
def test_consistency(case: dict[str, Any]) -> None:
    roots = unpack([case["root1"] or "", case["root2"] or ""])
    proof = unpack(case["proof"])
    if not case["wantErr"]:
        merkle.verify_consistency(case["size1"], case["size2"], proof, *roots)
        return
    with pytest.raises(Unsound):
        merkle.verify_consistency(case["size1"], case["size2"], proof, *roots)


def test_reference_tree() -> None:
    tree = json.loads((VECTORS / "reference-tree.json").read_text())
    leaves = [merkle.leaf_hash(bytes.fromhex(entry)) for entry in tree["leaf_inputs_hex"]]
    wanted = [bytes.fromhex(root) for root in tree["root_hashes_hex_by_size"]]
    rows = merkle.levels(leaves)
    assert [[node.hex() for node in row] for row in rows] == tree["node_hashes_hex_by_level"]
    assert [merkle.root(leaves[:size]) for size in range(len(wanted))] == wanted
    for (old, old_root), (new, new_root) in pairwise(enumerate(wanted)):
        proof = merkle.consistency_proof(old, new, lambda level, index: rows[level][index])
        merkle.verify_consistency(old, new, proof, old_root, new_root)
