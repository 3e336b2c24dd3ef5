"""The Merkle tree of RFC 6962: one hash that vouches for every entry and for their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from hmac import compare_digest
from typing import TypeAlias

from hokanko.errors import Unsound

HASH_BYTES = 32
EMPTY_ROOT = sha256().digest()

# node(level, index) is the hash of the complete subtree over entries
# [index << level, (index + 1) << level), be it from RAM or from tiles.
Node: TypeAlias = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes in order; EMPTY_ROOT over none.

    Works level by level: an unpaired last node moves up unchanged, which is RFC 6962's split at
    the largest power of two seen from below.
    """
    row: Sequence[bytes] = leaf_hashes
    while len(row) > 1:
        above = _pair_up(row)
        if len(row) % 2:
            above.append(row[-1])
        row = above
    return row[0] if row else EMPTY_ROOT


def levels(leaf_hashes: Sequence[bytes]) -> list[list[bytes]]:
    """Every complete subtree's hash: `levels(hashes)[level][index]` is a `Node` in RAM."""
    rows = [list(leaf_hashes)]
    while len(rows[-1]) > 1:
        rows.append(_pair_up(rows[-1]))
    return rows


def _pair_up(row: Sequence[bytes]) -> list[bytes]:
    # The hottest loop of `ledger verify`: node_hash written out saves a call per node.
    nodes = iter(row)
    return [
        sha256(b"\x01" + left + right).digest() for left, right in zip(nodes, nodes, strict=False)
    ]


class Frontier:
    """The right edge of a growing tree: all that is needed to append and to know the root.

    `hashes` are the complete subtrees that make up the tree, the largest (leftmost) first.
    """

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        if size < 0 or len(hashes) != size.bit_count():
            raise ValueError(f"a tree of {size} entries has another number of subtrees")
        self._size = size
        self._hashes = list(hashes)

    @property
    def size(self) -> int:
        """How many entries the tree has."""
        return self._size

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """The compact range, to be stored and given back to `Frontier`."""
        return tuple(self._hashes)

    def append(self, leaf: bytes) -> None:
        """Add the next entry's leaf hash."""
        node, size = leaf, self._size
        while size & 1:
            node = node_hash(self._hashes.pop(), node)
            size >>= 1
        self._hashes.append(node)
        self._size += 1

    def root(self) -> bytes:
        """The root over everything appended so far."""
        return _fold(self._hashes) if self._hashes else EMPTY_ROOT


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """RFC 6962 §2.1.1 PATH(index, D[size]), from the leaf's sibling up to the root's child."""
    if not 0 <= index < size:
        raise ValueError(f"entry {index} is not in a tree of {size}")
    proof, low, high = [], 0, size
    while high - low > 1:
        split = low + _largest_power_below(high - low)
        if index < split:
            proof.append(_range_hash(split, high, node))
            high = split
        else:
            proof.append(_range_hash(low, split, node))
            low = split
    return proof[::-1]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """RFC 6962 §2.1.2 PROOF(old, D[new]); empty when old is 0 or equals new."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not extend a tree of {old}")
    if old == 0:
        return []
    proof, low, high = [], 0, new
    while high > old:
        split = low + _largest_power_below(high - low)
        if old <= split:
            proof.append(_range_hash(split, high, node))
            high = split
        else:
            proof.append(_range_hash(low, split, node))
            low = split
    if low:  # the verifier knows the old root, hence not this subtree unless it is the whole
        proof.append(_range_hash(low, high, node))
    return proof[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Raise Unsound unless `leaf` (a leaf hash) is entry `index` of the tree (size, root)."""
    _require_hashes(leaf, root, *proof)
    _require(0 <= index < size)
    node, last, path = leaf, size - 1, iter(proof)
    while last:
        if index & 1:
            node = node_hash(_next(path), node)
        elif index < last:
            node = node_hash(node, _next(path))
        index, last = index >> 1, last >> 1
    _require(next(path, None) is None and compare_digest(node, root))


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Raise Unsound unless the tree (new, new_root) is (old, old_root) with entries appended.

    The empty tree is consistent with every tree, by an empty proof (C2SP tlog-witness).
    """
    _require_hashes(old_root, new_root, *proof)
    _require(0 <= old <= new)
    if old == 0:
        _require(compare_digest(old_root, EMPTY_ROOT))
    if old == new:
        _require(compare_digest(old_root, new_root))
    if old in (0, new):
        _require(not proof)
        return
    path = iter(proof)
    index, last = old - 1, new - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    before = after = _next(path) if index else old_root
    while last:
        if index & 1:
            sibling = _next(path)
            before, after = node_hash(sibling, before), node_hash(sibling, after)
        elif index < last:
            after = node_hash(after, _next(path))
        index, last = index >> 1, last >> 1
    _require(next(path, None) is None)
    _require(compare_digest(before, old_root) and compare_digest(after, new_root))


def _largest_power_below(count: int) -> int:
    return 1 << (count - 1).bit_length() - 1


def _range_hash(low: int, high: int, node: Node) -> bytes:
    """The RFC 6962 tree hash of entries [low, high), where low begins a subtree of that height."""
    parts = []
    while low < high:
        level = (high - low).bit_length() - 1
        parts.append(node(level, low >> level))
        low += 1 << level
    return _fold(parts)


def _fold(parts: Sequence[bytes]) -> bytes:
    """Join neighbouring subtrees of falling size, from the right."""
    whole = parts[-1]
    for part in reversed(parts[:-1]):
        whole = node_hash(part, whole)
    return whole


def _next(path: Iterator[bytes]) -> bytes:
    step = next(path, None)
    if step is None:
        raise _unsound()
    return step


def _require_hashes(*hashes: bytes) -> None:
    _require(all(len(each) == HASH_BYTES for each in hashes))


def _require(condition: bool) -> None:  # noqa: FBT001 the condition is the whole argument
    if not condition:
        raise _unsound()


def _unsound() -> Unsound:
    return Unsound(
        "台帳の証明が、木の根と合いません。", "The proof does not lead to the root of the ledger."
    )
