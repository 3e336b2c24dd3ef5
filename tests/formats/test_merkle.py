"""RFC 6962 trees: roots, both proofs, and every changed byte noticed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hokanko.errors import Unsound
from hokanko.formats import merkle

LARGEST = 70
LEAVES = [merkle.leaf_hash(str(number).encode()) for number in range(LARGEST)]
ROWS = merkle.levels(LEAVES)
OTHER = merkle.leaf_hash(b"other")
SIZES = st.integers(1, LARGEST)


def in_ram(level: int, index: int) -> bytes:
    return ROWS[level][index]


def root_as_defined(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word; the slow rule that the fast ones must equal."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(root_as_defined(leaves[:split]), root_as_defined(leaves[split:]))


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_hashes_of_nothing_and_of_the_empty_entry() -> None:
    """The two constants of RFC 6962 that everybody knows."""
    assert merkle.EMPTY_ROOT.hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    assert merkle.leaf_hash(b"").hex() == (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert merkle.root([]) == merkle.EMPTY_ROOT == merkle.Frontier().root()


def test_leaf_and_node_cannot_be_confused() -> None:
    assert merkle.leaf_hash(OTHER + OTHER) != merkle.node_hash(OTHER, OTHER)


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_root_and_frontier_follow_the_definition(size: int) -> None:
    frontier = merkle.Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf)
    assert merkle.root(LEAVES[:size]) == frontier.root() == root_as_defined(LEAVES[:size])
    assert frontier.size == size


@given(SIZES, SIZES)
def test_a_frontier_goes_on_from_what_was_stored(one: int, two: int) -> None:
    first, last = sorted((one, two))
    before = merkle.Frontier()
    for leaf in LEAVES[:first]:
        before.append(leaf)
    after = merkle.Frontier(before.size, before.hashes)
    for leaf in LEAVES[first:last]:
        after.append(leaf)
    assert before.root() == merkle.root(LEAVES[:first])
    assert after.root() == merkle.root(LEAVES[:last])


@pytest.mark.parametrize(("size", "count"), [(3, 1), (0, 1), (-1, 0), (4, 2)])
def test_a_frontier_refuses_the_wrong_number_of_hashes(size: int, count: int) -> None:
    with pytest.raises(ValueError, match="another number"):
        merkle.Frontier(size, [OTHER] * count)


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_every_inclusion_proof_verifies(size: int) -> None:
    root = merkle.root(LEAVES[:size])
    for index in range(size):
        proof = merkle.inclusion_proof(index, size, in_ram)
        merkle.verify_inclusion(LEAVES[index], index, size, proof, root)


@pytest.mark.parametrize("new", range(LARGEST + 1))
def test_every_consistency_proof_verifies(new: int) -> None:
    for old in range(new + 1):
        proof = merkle.consistency_proof(old, new, in_ram)
        merkle.verify_consistency(
            old, new, proof, merkle.root(LEAVES[:old]), merkle.root(LEAVES[:new])
        )


@given(st.data())
def test_any_change_breaks_an_inclusion_proof(data: st.DataObject) -> None:
    size = data.draw(SIZES)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, in_ram)
    hashes = [LEAVES[index], merkle.root(LEAVES[:size]), *proof]
    place = data.draw(st.integers(0, len(hashes) - 1))
    hashes[place] = flipped(hashes[place], data.draw(st.integers(0, 255)))
    leaf, root, *path = hashes
    with pytest.raises(Unsound):
        merkle.verify_inclusion(leaf, index, size, path, root)


@given(st.data())
def test_any_change_breaks_a_consistency_proof(data: st.DataObject) -> None:
    new = data.draw(SIZES)
    old = data.draw(st.integers(1, new))
    proof = merkle.consistency_proof(old, new, in_ram)
    hashes = [merkle.root(LEAVES[:old]), merkle.root(LEAVES[:new]), *proof]
    place = data.draw(st.integers(0, len(hashes) - 1))
    hashes[place] = flipped(hashes[place], data.draw(st.integers(0, 255)))
    old_root, new_root, *path = hashes
    with pytest.raises(Unsound):
        merkle.verify_consistency(old, new, path, old_root, new_root)


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_no_entry_passes_for_its_neighbour(size: int) -> None:
    root = merkle.root(LEAVES[:size])
    for index in range(size):
        proof = merkle.inclusion_proof(index, size, in_ram)
        for claimed in (index - 1, index + 1, size):
            with pytest.raises(Unsound):
                merkle.verify_inclusion(LEAVES[index], claimed, size, proof, root)


@pytest.mark.parametrize("garbage", [[b""], [OTHER], [OTHER[:31]]])
def test_nothing_may_stand_before_or_after_a_proof(garbage: list[bytes]) -> None:
    root, old_root = merkle.root(LEAVES), merkle.root(LEAVES[:6])
    path = merkle.inclusion_proof(6, LARGEST, in_ram)
    steps = merkle.consistency_proof(6, LARGEST, in_ram)
    for bad_path, bad_steps in (
        (path + garbage, steps + garbage),
        (garbage + path, garbage + steps),
        (path[1:], steps[1:]),
        (path[:-1], steps[:-1]),
        ([], []),
    ):
        with pytest.raises(Unsound):
            merkle.verify_inclusion(LEAVES[6], 6, LARGEST, bad_path, root)
        with pytest.raises(Unsound):
            merkle.verify_consistency(6, LARGEST, bad_steps, old_root, root)


def test_what_is_no_hash_proves_nothing() -> None:
    with pytest.raises(Unsound):
        merkle.verify_inclusion(b"", 0, 1, [], b"")


@pytest.mark.parametrize("size", [-1, 0])
def test_nothing_is_in_an_empty_tree(size: int) -> None:
    with pytest.raises(Unsound):
        merkle.verify_inclusion(OTHER, 0, size, [], OTHER)


@pytest.mark.parametrize(
    ("old", "new", "proof", "old_root", "new_root"),
    [
        (0, 1, [], OTHER, LEAVES[0]),
        (0, 1, [OTHER], merkle.EMPTY_ROOT, LEAVES[0]),
        (0, 0, [], merkle.EMPTY_ROOT, OTHER),
        (1, 1, [], LEAVES[0], OTHER),
        (1, 1, [OTHER], LEAVES[0], LEAVES[0]),
        (2, 1, [], LEAVES[0], LEAVES[0]),
        (-1, 1, [], LEAVES[0], LEAVES[0]),
        (1, 2, [LEAVES[1]], b"", merkle.root(LEAVES[:2])),
        (1, 1, [], b"", b""),
    ],
)
def test_trees_that_do_not_extend_one_another(
    old: int, new: int, proof: list[bytes], old_root: bytes, new_root: bytes
) -> None:
    with pytest.raises(Unsound):
        merkle.verify_consistency(old, new, proof, old_root, new_root)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_asking_for_an_entry_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        merkle.inclusion_proof(index, size, in_ram)


@pytest.mark.parametrize(("old", "new"), [(6, 5), (-1, 5)])
def test_asking_for_a_tree_that_shrank(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="does not extend"):
        merkle.consistency_proof(old, new, in_ram)
