"""The manifest of a package: what is handed over, on whose decision, and the hash of every file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from hokanko.errors import Unsound
from hokanko.formats import shape

VERSION = 1
CLASS_MARK = "機密性2・完全性2・可用性1"

MANIFEST, ENTRY, PROOF, VKEY = "manifest.json", "entry.json", "proof.tlog-proof", "vkey"
README, PROVISION, REQUEST = "お読みください.txt", "provision.pdf", "request.pdf"
FIXED = (MANIFEST, ENTRY, PROOF, VKEY)  # in every package, and not listed in its manifest
FOLDERS = {"original": "media", "still": "stills"}

MOST_MEDIA_BYTES = 1 << 42
MOST_NAME_BYTES = 200  # every file system takes 255; the recipient may add " (1)"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who hands over, or erases: code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided and when; `night` when it was the substitute on night duty."""

    by: str
    at: datetime
    night: bool


@dataclass(frozen=True, slots=True)
class Entered:
    """Who entered the request into the system, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """Who handed over to whom, and when."""

    by: str
    to: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Seconds:
    """How much was asked for, how much of it is here, how much does not exist."""

    asked: float
    delivered: float
    missing: float


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One piece of footage ("original") or one picture taken from it ("still").

    `sha256` is 64 lowercase hex digits. A still names its parent's SHA-256, the operation that
    made it and its position in the parent; an original has none of the three.
    """

    path: str
    number: str
    role: str
    sha256: str
    bytes: int
    created: datetime
    captured: datetime | None = None
    captured_by: str = ""
    duration_ms: int | None = None
    parent_sha256: str | None = None
    operation: str | None = None
    position_ms: int | None = None
    seconds: Seconds | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A paper in the package, and the SHA-256 of its bytes (64 hex digits)."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a recipient must be able to rely on; the ledger commits to its SHA-256.

    `ground` and `purposes` are words from the rulebook's closed lists, `article` the ground's
    place as the document cites it; `class_mark` is empty where the rulebook knows none.
    """

    organisation: Organisation
    request_number: str
    requester: str
    purposes: tuple[str, ...]
    ground: str
    article: str
    decided: Decided
    entered: Entered | None
    handed: Handed
    files: tuple[MediaFile, ...]
    documents: tuple[Document, ...]
    class_mark: str = CLASS_MARK
    version: int = VERSION

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file listed."""
        return (*(file.path for file in self.files), *(paper.path for paper in self.documents))


def seal_manifest(manifest: Manifest) -> tuple[bytes, str]:
    """The bytes of `manifest.json` and their SHA-256 (hex), to which a ledger entry commits.

    Raises ValueError for a manifest that no reader would accept.
    """
    if fault := _fault(manifest):
        raise ValueError(fault)
    data = shape.write(manifest)
    return data, sha256(data).hexdigest()


def read_manifest(data: bytes) -> Manifest:
    """The manifest in `manifest.json`; raises Unsound."""
    manifest = shape.read(Manifest, data)
    if fault := _fault(manifest):
        raise Unsound(
            "目録（manifest.json）の中身が正しくありません。", f"The manifest is wrong: {fault}."
        )
    return manifest


def same_name(path: str) -> str:
    """Equal for two names that some file system would take for one."""
    return unicodedata.normalize("NFC", path).casefold()


def is_safe(path: str) -> bool:
    """Whether a name stays in its folder and can be written on every usual file system."""
    parts = path.split("/")
    return len(parts) <= 2 and all(map(_is_safe_part, parts))


def _is_safe_part(part: str) -> bool:
    return (
        bool(part)
        and part[0] != " "
        and part[-1] not in ". "  # Windows drops them; and so "." and ".." are refused
        and not _UNSAFE.search(part)
        and not any(0xD800 <= ord(each) <= 0xDFFF for each in part)
        and len(part.encode()) <= MOST_NAME_BYTES
        and unicodedata.is_normalized("NFC", part)
    )


def _fault(manifest: Manifest) -> str:
    if manifest.version != VERSION:
        return "another version"
    names = [same_name(path) for path in (*FIXED, *manifest.paths)]
    if len(set(names)) != len(names):
        return "a name stands twice"
    if README not in manifest.paths or not manifest.files:
        return f"no {README} or no footage"
    for paper in manifest.documents:
        if not is_safe(paper.path) or "/" in paper.path or not _SHA256.fullmatch(paper.sha256):
            return f"document {paper.path!r}"
    return next((f"file {file.path!r}" for file in manifest.files if _is_odd(file)), "")


def _is_odd(file: MediaFile) -> bool:
    made = (file.parent_sha256, file.operation, file.position_ms)
    fits = None not in made if file.role == "still" else made == (None, None, None)
    hashes = [file.sha256] if file.parent_sha256 is None else [file.sha256, file.parent_sha256]
    return not (
        fits
        and is_safe(file.path)
        and file.path.split("/")[0] == FOLDERS.get(file.role)
        and "/" in file.path
        and 0 <= file.bytes <= MOST_MEDIA_BYTES
        and all(map(_SHA256.fullmatch, hashes))
    )
