"""One piece of media as a manifest lists it, and what makes such a listing senseless."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

OPERATIONS = ("clip", "clip, masked", "clip, copied")
FOLDERS = {"original": "media", "still": "stills", "clip": "clips"}
MOST_MEDIA_BYTES = 1 << 42
MOST_NAME_BYTES = 200  # every file system takes 255; the recipient may add " (1)"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Seconds:
    """How much was asked for, how much of it is here, how much does not exist."""

    asked: float
    delivered: float
    missing: float


@dataclass(frozen=True, slots=True)
class Cut:
    """How a clip was made: the pictures shown in [start_ms, end_ms) of its parent, encoded anew.

    Or copied as they are: the range then begins with a key picture, before what was asked for.

    `first_ms` and `last_ms` are where its first and last picture stand in the parent; `damaged`
    packets of the parent could not be decoded; `silenced` says that its sound was left out;
    `recipe` names encoder, parameters and library versions.
    """

    start_ms: int
    end_ms: int
    first_ms: int
    last_ms: int
    pictures: int
    damaged: int
    silenced: bool
    recipe: str
    reason: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class RecorderClock:
    """What the clock of the recorder it was brought from showed at the first picture.

    `offset_s` is that clock less the true time as a person read both; None where nobody knows it.
    """

    shown: datetime
    offset_s: int | None


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One piece of footage ("original"), a picture ("still") or a range of it ("clip").

    `sha256` is 64 lowercase hex digits. What was made from footage names its parent's SHA-256, the
    operation that made it and its position in the parent; an original has none of the three.
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
    cut: Cut | None = None
    clock: RecorderClock | None = None


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


def is_odd(file: MediaFile) -> bool:
    """Whether no reader would accept it."""
    made = (file.parent_sha256, file.operation, file.position_ms)
    fits = made == (None, None, None) if file.role == "original" else None not in made
    hashes = [file.sha256] if file.parent_sha256 is None else [file.sha256, file.parent_sha256]
    return not (
        fits
        and (file.cut is None if file.role != "clip" else _is_cut(file))
        and is_safe(file.path)
        and file.path.split("/")[0] == FOLDERS.get(file.role)
        and "/" in file.path
        and 0 <= file.bytes <= MOST_MEDIA_BYTES
        and all(map(SHA256.fullmatch, hashes))
    )


def _is_cut(file: MediaFile) -> bool:
    """Whether a clip says where it begins and ends, why it was made, by whom and how."""
    cut = file.cut
    if cut is None or file.operation not in OPERATIONS or file.position_ms != cut.start_ms:
        return False
    in_order = 0 <= cut.start_ms <= cut.first_ms <= cut.last_ms < cut.end_ms
    told = all(text.strip() for text in (cut.reason, cut.made_by, cut.recipe))
    within = 0 < (file.duration_ms or 0) <= cut.end_ms - cut.start_ms
    return in_order and told and within and cut.pictures > 0 and cut.damaged >= 0
