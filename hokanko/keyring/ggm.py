"""The puncturable pseudo-random function: a tree of seeds from which single leaves can be cut.

The GGM tree of Goldreich, Goldwasser and Micali (J. ACM 33, 1986) with HMAC-SHA-256 as the
length-doubling step: `child(b) = HMAC(seed, b)`. A leaf has a 64-bit address. Puncturing a leaf
replaces the seed above it by the seeds beside its path (Boneh–Waters 2013): every other leaf can
still be computed, that one never again.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

DEPTH = 64
SEED_BYTES = 32


class Punctured(KeyError):
    """This leaf has been cut; no seed leads to it."""


@dataclass(frozen=True, slots=True)
class Node:
    """A seed and the place in the tree that it rules: the first `depth` bits are `prefix`."""

    depth: int
    prefix: int
    seed: bytes

    def covers(self, address: int) -> bool:
        return address >> (DEPTH - self.depth) == self.prefix


def fresh() -> tuple[Node, ...]:
    """A whole tree: one random seed at the root."""
    return (Node(0, 0, secrets.token_bytes(SEED_BYTES)),)


def address(name: str) -> int:
    """Where the leaf of a piece of footage is: the first 64 bits of SHA-256 of its id."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")


def leaf(nodes: tuple[Node, ...], at: int) -> bytes:
    """The 32-byte value at a 64-bit address. Raises Punctured."""
    node = _over(nodes, at)
    seed = node.seed
    for level in range(node.depth, DEPTH):
        seed = _child(seed, at >> (DEPTH - 1 - level) & 1)
    return seed


def puncture(nodes: tuple[Node, ...], at: int) -> tuple[Node, ...]:
    """The tree without that leaf. Cutting a leaf that is gone already changes nothing."""
    try:
        node = _over(nodes, at)
    except Punctured:
        return nodes
    return tuple(n for n in nodes if n is not node) + tuple(_beside(node, at))


def _over(nodes: tuple[Node, ...], at: int) -> Node:
    for node in nodes:
        if node.covers(at):
            return node
    raise Punctured(at)


def _beside(node: Node, at: int) -> Iterator[Node]:
    seed, prefix = node.seed, node.prefix
    for level in range(node.depth, DEPTH):
        bit = at >> (DEPTH - 1 - level) & 1
        yield Node(level + 1, prefix << 1 | 1 - bit, _child(seed, 1 - bit))
        seed, prefix = _child(seed, bit), prefix << 1 | bit


def _child(seed: bytes, bit: int) -> bytes:
    return hmac.digest(seed, b"\x01" if bit else b"\x00", "sha256")
