"""The certificate of erasure: one JSON file that proves, offline, what was erased and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from hokanko.errors import Unsound
from hokanko.formats import canon, shape
from hokanko.formats.check import (
    Check,
    attempt,
    check_key,
    check_ledger,
    need,
    read_entry,
)
from hokanko.formats.manifest import Organisation
from hokanko.formats.note import SigningKey, open_note, sign
from hokanko.formats.strict import read_base64, write_base64

VERSION = 1
TITLE = "hokanko certificate of erasure"
ENTRY_KIND = "retention.erased"
HOW = "鍵の破棄及び保存領域からの削除"  # what is really done, whatever the rules call it
AUTOMATIC = f"自動による消去（{HOW}）"
EXCEPTIONAL = f"判断による消去（{HOW}）"
BY_HAND = f"手動による消去（{HOW}）"
KINDS = ("expiry", "exceptional")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Erased:
    """A piece of footage that is gone; `sha256` is that of its plain bytes (64 hex digits)."""

    id: str
    number: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was erased, under which article and by which method.

    `kind` is "expiry" or "exceptional"; only the latter names who decided. `day` is the last day
    on which the footage could be read, `key_destroyed` says in words which key died.
    """

    organisation: Organisation
    day: date
    kind: str
    article: str
    reason: str
    files: tuple[Erased, ...]
    count: int
    bytes: int
    key_destroyed: str
    root_generation_destroyed: int
    method_ja: str
    erased_at: datetime
    decided_by: str | None = None
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class _File:
    """The whole file; `entry` is base64."""

    certificate: Certificate
    signature: str
    entry: str
    proof: str
    vkey: str


def canonical(certificate: Certificate) -> bytes:
    """The canonical bytes that are signed for and committed to; raises ValueError if senseless."""
    if fault := _fault(certificate):
        raise ValueError(fault)
    return shape.write(certificate)


def digest(certificate: Certificate) -> str:
    """SHA-256 (hex) of the canonical bytes: the ledger entry's `facts.digest`."""
    return sha256(canonical(certificate)).hexdigest()


def sign_certificate(certificate: Certificate, key: SigningKey) -> str:
    """The signed note that `write` takes as `signature`."""
    return sign(_note_text(digest(certificate)), [key])


def write(certificate: Certificate, *, signature: str, entry: bytes, proof: str, vkey: str) -> str:
    """The file's text, canonical JSON as a whole. `entry` is the ledger entry's own bytes."""
    canonical(certificate)
    return shape.write(
        _File(certificate, signature, write_base64(entry), proof, vkey.strip())
    ).decode()


def read(text: str) -> Certificate:
    """What the file states, still unverified; raises Unsound when it is not a certificate."""
    return _read(text).certificate


def verify(text: str, vkeys: Sequence[str] | None = None) -> list[Check]:
    """Judge a certificate offline. `vkeys` are the keys the caller trusts; none means any.

    Checks, always in this order: form, key, signature, entry, checkpoint, proof.
    """
    checks: list[Check] = []
    file = attempt(
        checks,
        "form",
        ("消去証明書の形をしています。", "Has the form of a certificate of erasure."),
        lambda: _read(text),
    )
    key = check_key(checks, lambda: need(file).vkey, vkeys)
    attempt(
        checks,
        "signature",
        ("証明書は、この鍵で署名されています。", "The certificate is signed by this key."),
        lambda: _verify_signature(need(file), need(key).text),
    )
    entry = attempt(
        checks,
        "entry",
        ("台帳の記載は、この証明書を指しています。", "The ledger entry commits to it."),
        lambda: _verify_entry(need(file)),
    )
    check_ledger(checks, entry, lambda: need(file).proof, key)
    return checks


def _read(text: str) -> _File:
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise Unsound("文字（UTF-8）として書けません。", "Not UTF-8 text.") from error
    file = shape.build(_File, canon.decode(data))
    if fault := _fault(file.certificate):
        raise Unsound("消去証明書の中身が合いません。", f"The certificate is wrong: {fault}.")
    return file


def _fault(certificate: Certificate) -> str:
    if certificate.version != VERSION or certificate.kind not in KINDS:
        return "another version, or no such kind"
    if (certificate.kind == "exceptional") != bool(certificate.decided_by):
        return "an exceptional erasure names who decided, and no other does"
    total = sum(file.bytes for file in certificate.files)
    if (certificate.count, certificate.bytes) != (len(certificate.files), total):
        return "count or bytes are not those of the files"
    if not all(_SHA256.fullmatch(file.sha256) for file in certificate.files):
        return "a SHA-256 is not 64 lowercase hex digits"
    return ""


def _note_text(of: str) -> str:
    return f"{TITLE}\n{of}\n"


def _verify_signature(file: _File, vkey: str) -> None:
    if open_note(file.signature, [vkey]) != _note_text(digest(file.certificate)):
        raise Unsound(
            "署名は、別の文書に対するものです。", "The signature is for another document."
        )


def _verify_entry(file: _File) -> bytes:
    entry = read_base64(file.entry)
    org = file.certificate.organisation.code
    if read_entry(entry, kind=ENTRY_KIND, org=org, fact="digest") != digest(file.certificate):
        raise Unsound(
            "台帳の記載は、別の証明書を指しています。",
            "The ledger entry commits to another certificate.",
        )
    return entry
