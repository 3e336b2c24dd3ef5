"""The manifest of a package: what is handed over, on whose decision, and the hash of every file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import cast

from hokanko.errors import Unsound
from hokanko.formats import canon, shape
from hokanko.formats.listing import SHA256, MediaFile, is_odd, is_safe, same_name

# A later one only where it is needed: older readers read the rest.
VERSION, WITH_CLIPS, WITH_CLOCKS = 1, 2, 3
UNKNOWN_TO = {VERSION: ("cut", "clock"), WITH_CLIPS: ("clock",)}  # members of a file

MANIFEST, ENTRY, PROOF, VKEY = "manifest.json", "entry.json", "proof.tlog-proof", "vkey"
README, PROVISION, REQUEST = "お読みください.txt", "provision.pdf", "request.pdf"
STILLS = "stills.pdf"
FIXED = (MANIFEST, ENTRY, PROOF, VKEY)  # in every package, and not listed in its manifest


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
    class_mark: str = ""
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
    data = _written(manifest)
    return data, sha256(data).hexdigest()


def read_manifest(data: bytes) -> Manifest:
    """The manifest in `manifest.json`; raises Unsound."""
    manifest = shape.build(Manifest, _as_now(canon.decode(data)))
    if _written(manifest) != data:
        raise _wrong("members of another version")
    if fault := _fault(manifest):
        raise _wrong(fault)
    return manifest


def version_of(files: Iterable[MediaFile]) -> int:
    """The version of a manifest that lists these files."""
    files = list(files)
    if any(file.clock is not None for file in files):
        return WITH_CLOCKS
    return WITH_CLIPS if any(file.role == "clip" for file in files) else VERSION


def _wrong(fault: str) -> Unsound:
    return Unsound(
        "目録（manifest.json）の中身が正しくありません。", f"The manifest is wrong: {fault}."
    )


def _written(manifest: Manifest) -> bytes:
    """The canonical bytes, without the members that its version does not know."""
    value = cast("dict[str, canon.JSON]", shape.spell(manifest))
    unknown = UNKNOWN_TO.get(manifest.version, ())
    files = cast("list[dict[str, canon.JSON]]", value["files"])
    value["files"] = [{k: v for k, v in file.items() if k not in unknown} for file in files]
    return canon.encode(value)


def _as_now(value: canon.JSON) -> canon.JSON:
    """A manifest of an older version with the members that it lacks."""
    if not isinstance(value, dict) or type(version := value.get("version")) is not int:
        return value
    files, lacking = value.get("files"), dict.fromkeys(UNKNOWN_TO.get(version, ()))
    if not isinstance(files, list):
        return value
    return {**value, "files": [{**f, **lacking} for f in files if isinstance(f, dict)]}


def _fault(manifest: Manifest) -> str:
    if manifest.version != version_of(manifest.files):
        return "another version"
    names = [same_name(path) for path in (*FIXED, *manifest.paths)]
    if len(set(names)) != len(names):
        return "a name stands twice"
    if README not in manifest.paths or not manifest.files:
        return f"no {README} or no footage"
    for paper in manifest.documents:
        if not is_safe(paper.path) or "/" in paper.path or not SHA256.fullmatch(paper.sha256):
            return f"document {paper.path!r}"
    return next((f"file {file.path!r}" for file in manifest.files if is_odd(file)), "")
