"""One thing that was verified, and the checks every proof of the ledger has in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from hokanko.errors import Unsound
from hokanko.formats import canon
from hokanko.formats.merkle import leaf_hash, verify_inclusion
from hokanko.formats.note import Checkpoint, VerifierKey, open_checkpoint, parse_vkey
from hokanko.formats.proof import Proof, parse_proof
from hokanko.formats.tiles import MAX_ENTRY_BYTES

T = TypeVar("T")
Words = tuple[str, str]  # Japanese, English
FINGERPRINT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Check:
    """A check's stable name, whether it held, and what it means: Japanese, then English."""

    name: str
    ok: bool
    detail: str


def attempt(checks: list[Check], name: str, held: Words, act: Callable[[], T]) -> T | None:
    """Do a step that raises Unsound when something is wrong, and note how it went.

    `held` are the words for success. Gives what the step gave, or None when it failed.
    """
    try:
        value = act()
    except Unsound as error:
        checks.append(Check(name, ok=False, detail=str(error)))
        return None
    checks.append(Check(name, ok=True, detail="\n".join(held)))
    return value


def need(value: T | None) -> T:
    """What an earlier step gave; raises Unsound when that step failed."""
    if value is None:
        raise Unsound(
            "先の項目に問題があるため、確かめられません。",
            "Not checkable: an earlier check failed.",
        )
    return value


def text_of(data: bytes) -> str:
    """UTF-8 text; raises Unsound."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Unsound("文字（UTF-8）として読めません。", "Not UTF-8 text.") from error


def fingerprint(key: VerifierKey) -> str:
    """For people to compare: the first 16 bytes of SHA-256(vkey), in groups of four hex digits."""
    digits = sha256(key.text.encode()).digest()[:FINGERPRINT_BYTES].hex().upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def read_vkey(data: bytes) -> str:
    """The verifier key in a `vkey` file: one line that ends in a newline; raises Unsound."""
    line = text_of(data)
    if not line.endswith("\n"):
        raise Unsound("検証鍵が途中で切れています。", "The verifier key is cut short.")
    return line.removesuffix("\n")


def check_key(
    checks: list[Check], vkey: Callable[[], str], trusted: Sequence[str] | None
) -> VerifierKey | None:
    """Check "key": well formed and, where the caller trusts certain keys, one of them."""
    key = attempt(checks, "key", ("", ""), lambda: _known(parse_vkey(vkey()), trusted))
    if key is not None:
        checks[-1] = Check("key", ok=True, detail=_about(key, told=bool(trusted)))
    return key


def check_ledger(
    checks: list[Check],
    entry: bytes | None,
    proof_text: Callable[[], str],
    key: VerifierKey | None,
) -> None:
    """Checks "checkpoint" and "proof": the key signed the head, and the entry is under it."""
    found = attempt(
        checks,
        "checkpoint",
        ("台帳の表紙は、この鍵で署名されています。", "The ledger's head is signed by this key."),
        lambda: _signed(proof_text(), need(key)),
    )
    line = found[0].index if found else 0
    attempt(
        checks,
        "proof",
        (
            f"この記載は台帳の{line}行目（0から数えて）にあります。",
            f"The entry is line {line} of the ledger (counting from 0).",
        ),
        lambda: _included(need(entry), *need(found)),
    )


def _signed(text: str, key: VerifierKey) -> tuple[Proof, Checkpoint]:
    proof = parse_proof(text)
    if proof.extra:
        raise Unsound("証明に署名のない付け足しがあります。", "The proof has unsigned extra data.")
    return proof, open_checkpoint(proof.checkpoint_note, [key.text])


def _included(entry: bytes, proof: Proof, head: Checkpoint) -> None:
    verify_inclusion(leaf_hash(entry), proof.index, head.size, proof.hashes, head.root)


def read_entry(entry: bytes, *, kind: str, org: str, fact: str) -> str:
    """What an entry says under `facts[fact]`; raises Unsound unless kind and organisation fit."""
    if len(entry) > MAX_ENTRY_BYTES:
        raise Unsound("台帳の記載が大きすぎます。", "The ledger entry is too large.")
    match canon.decode(entry):
        case {"kind": str(said), "org": str(whose), "facts": {**facts}}:
            value = facts.get(fact)
            if (said, whose) == (kind, org) and isinstance(value, str):
                return value
    raise Unsound(
        "台帳の記載は、この文書についてのものではありません。",
        "The ledger entry is not about this document.",
    )


def _known(key: VerifierKey, trusted: Sequence[str] | None) -> VerifierKey:
    if trusted and key not in map(parse_vkey, trusted):
        raise Unsound(
            f"別の鍵で署名されています。指紋: {fingerprint(key)}",
            f"Signed by another key than the one given. Fingerprint: {fingerprint(key)}",
        )
    return key


def _about(key: VerifierKey, *, told: bool) -> str:
    shown = fingerprint(key)
    if told:
        return (
            f"指定された鍵です。指紋: {shown}\nThis is the key that was given. Fingerprint: {shown}"
        )
    return (
        f"この鍵が本物かは、別の経路で確かめてください。指紋: {shown}\n"
        f"Make sure by another way that this key is genuine. Fingerprint: {shown}"
    )
