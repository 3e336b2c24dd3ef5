"""Text signed with Ed25519 (C2SP signed-note), and the ledger's signed head (tlog-checkpoint)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hokanko.errors import Unsound
from hokanko.formats.merkle import HASH_BYTES
from hokanko.formats.strict import MAX_UINT64, read_base64, read_decimal, write_base64

ED25519 = b"\x01"  # the signature type byte; all others are unknown here and ignored
KEY_ID_BYTES = 4
PUBLIC_KEY_BYTES = 32
MAX_NOTE_BYTES = 1_000_000
MAX_SIGNATURES = 100  # the specification asks for at least 16
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_KEY_ID = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """Who may be believed: a key name and its 32-byte Ed25519 public key."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The 4 bytes that point a signature line to this key; a pointer, not a fingerprint."""
        named = self.name.encode() + b"\n" + ED25519 + self.public
        return sha256(named).digest()[:KEY_ID_BYTES]

    @property
    def text(self) -> str:
        """The vkey: `name+id+base64`."""
        return f"{self.name}+{self.key_id.hex()}+{write_base64(ED25519 + self.public)}"

    def verify(self, message: bytes, signature: bytes) -> None:
        """Raise Unsound unless this key signed the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature as error:
            raise Unsound(
                f"「{self.name}」の署名が本文と合いません。",
                f"The signature of {self.name} does not fit the text.",
            ) from error


def parse_vkey(vkey: str) -> VerifierKey:
    """The key a vkey text speaks of; raises Unsound unless it is a well-formed Ed25519 vkey."""
    name, _, rest = vkey.partition("+")
    key_id, _, material = rest.partition("+")
    raw = read_base64(material)
    key = VerifierKey(name, raw[1:])
    if not _is_key_name(name) or raw[:1] != ED25519 or len(key.public) != PUBLIC_KEY_BYTES:
        raise Unsound("検証鍵の書き方が正しくありません。", "Not an Ed25519 verifier key.")
    if not _KEY_ID.fullmatch(key_id) or not compare_digest(bytes.fromhex(key_id), key.key_id):
        raise Unsound("検証鍵の番号が鍵と合いません。", "The verifier key's id is not its own.")
    return key


@dataclass(frozen=True, slots=True, eq=False)
class SigningKey:
    """A named Ed25519 key that signs notes; it does not show itself when printed."""

    name: str
    private: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> SigningKey:
        """The key of a 32-byte seed (RFC 8032). Raises ValueError on a bad name or length."""
        if not _is_key_name(name):
            raise ValueError("a key name is not empty and has neither spaces nor '+'")
        return cls(name, Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.private.public_key().public_bytes_raw())

    @property
    def vkey(self) -> str:
        """The public half as text, to be handed to whoever verifies."""
        return self.verifier.text


def sign(text: str, keys: Sequence[SigningKey]) -> str:
    """The note: `text`, which must end in a newline, and one signature line per key."""
    if not text.endswith("\n") or _CONTROL.search(text) or not keys:
        raise ValueError("a note is text that ends in a newline, and at least one key signs it")
    lines = []
    for key in keys:
        signature = key.verifier.key_id + key.private.sign(text.encode())
        lines.append(f"— {key.name} {write_base64(signature)}\n")
    return f"{text}\n{''.join(lines)}"


def open_note(note: str, vkeys: Sequence[str]) -> str:
    """The text of a note that at least one of `vkeys` signed.

    Raises Unsound when the note is malformed, when no known key signed it, and when any
    signature by a known key is false. Signatures of unknown keys are ignored.
    """
    text, _ = _open(note, vkeys)
    return text


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger's head: whose (origin), how many entries, their root, further lines if any."""

    origin: str
    size: int
    root: bytes
    extra: tuple[str, ...] = ()

    def text(self) -> str:
        """The note text to sign. Raises ValueError where a MUST of tlog-checkpoint is broken."""
        lines = (self.origin, str(self.size), write_base64(self.root), *self.extra)
        if not all(lines) or any("\n" in line for line in lines):
            raise ValueError("a checkpoint's lines are not empty and have no newline")
        if not 0 <= self.size <= MAX_UINT64 or len(self.root) != HASH_BYTES:
            raise ValueError("a checkpoint has a size of 64 bits and a root of 32 bytes")
        return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in the text of an opened note; raises Unsound.

    As lenient as other readers of the format about what only the signer answers for: the root's
    length (no proof leads to a false one) and empty lines among the extension lines.
    """
    *lines, end = text.split("\n")
    if end or len(lines) < 3 or not lines[0]:
        raise Unsound("台帳の署名つき表紙の形が正しくありません。", "Not a ledger checkpoint.")
    origin, size, root, *extra = lines
    return Checkpoint(origin, read_decimal(size), read_base64(root), tuple(extra))


def open_checkpoint(note: str, vkeys: Sequence[str]) -> Checkpoint:
    """The checkpoint in a note, signed by the ledger itself: a known key named as its origin."""
    text, signers = _open(note, vkeys)
    checkpoint = parse_checkpoint(text)
    if checkpoint.origin not in signers:
        raise Unsound(
            f"台帳「{checkpoint.origin}」自身の署名がありません。",
            f"The ledger {checkpoint.origin} itself has not signed.",
        )
    return checkpoint


def _open(note: str, vkeys: Sequence[str]) -> tuple[str, frozenset[str]]:
    """The text of a note and the names of the known keys that signed it."""
    known = {(key.name, key.key_id): key for key in map(parse_vkey, vkeys)}
    text, signatures = _split(note)
    signers = set()
    for name, key_id, signature in signatures:
        if key := known.get((name, key_id)):
            key.verify(text.encode(), signature)
            signers.add(name)
    if not signers:
        raise Unsound("知っている鍵の署名がありません。", "No known key has signed this note.")
    return text, frozenset(signers)


def _split(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """A note's text, and (key name, key id, signature) of each signature line."""
    try:
        too_long = len(note.encode()) > MAX_NOTE_BYTES
    except UnicodeEncodeError as error:
        raise _malformed() from error
    body, blank, tail = note.rpartition("\n\n")
    if too_long or not blank or not tail.endswith("\n") or _CONTROL.search(note):
        raise _malformed()
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise _malformed()
    return f"{body}\n", [_read_signature(line) for line in lines]


def _read_signature(line: str) -> tuple[str, bytes, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    data = read_base64(encoded)
    if dash != "—" or not _is_key_name(name) or len(data) <= KEY_ID_BYTES:
        raise _malformed()
    return name, data[:KEY_ID_BYTES], data[KEY_ID_BYTES:]


def _is_key_name(name: str) -> bool:
    return name != "" and "+" not in name and not any(map(str.isspace, name))


def _malformed() -> Unsound:
    return Unsound("署名つきの文の形が正しくありません。", "Not a well-formed signed note.")
