"""A file that proves offline that an entry is in the ledger (C2SP tlog-proof)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hokanko.errors import Unsound
from hokanko.formats.merkle import HASH_BYTES, leaf_hash, verify_inclusion
from hokanko.formats.note import Checkpoint, open_checkpoint
from hokanko.formats.strict import read_base64, read_decimal, write_base64

HEADER = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 64  # as high as a tree of 2^64 entries


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry's place, the hashes from its sibling to the root's child, and the signed head.

    `extra` is opaque, not signed and not to be trusted; empty means absent.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint_note: str
    extra: bytes = b""

    def text(self) -> str:
        """The file (`.tlog-proof`)."""
        head = [HEADER]
        if self.extra:
            head.append(f"extra {write_base64(self.extra)}")
        head += [f"index {self.index}", *map(write_base64, self.hashes)]
        return "\n".join(head) + "\n\n" + self.checkpoint_note


def parse_proof(text: str) -> Proof:
    """The proof in a file's text; raises Unsound. The checkpoint in it is not yet verified."""
    head, blank, note = text.partition("\n\n")
    header, *lines = head.split("\n")
    extra = b""
    if lines and lines[0].startswith("extra "):
        extra = read_base64(lines.pop(0).removeprefix("extra "))
        if not extra:
            raise _malformed()
    if header != HEADER or not blank or not lines or not lines[0].startswith("index "):
        raise _malformed()
    index = read_decimal(lines.pop(0).removeprefix("index "))
    hashes = tuple(map(read_base64, lines))
    if len(hashes) > MAX_HASHES or any(len(each) != HASH_BYTES for each in hashes):
        raise _malformed()
    return Proof(index, hashes, note, extra)


def verify_proof(proof: Proof, entry: bytes, vkeys: Sequence[str]) -> Checkpoint:
    """The checkpoint under which `entry` is line `proof.index` of the ledger.

    `vkeys` are the ledgers' keys the caller trusts; the checkpoint's origin is the name of the
    key that signed it. Raises Unsound when anything does not fit.
    """
    checkpoint = open_checkpoint(proof.checkpoint_note, vkeys)
    verify_inclusion(leaf_hash(entry), proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return checkpoint


def _malformed() -> Unsound:
    return Unsound("台帳の証明の形が正しくありません。", "Not a well-formed ledger proof.")
