"""The verdict on a package: whether it is complete, unchanged, and vouched for by the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

from hokanko.errors import Unsound
from hokanko.formats.check import (
    Check,
    attempt,
    check_key,
    check_ledger,
    need,
    read_entry,
    read_vkey,
    text_of,
)
from hokanko.formats.listing import same_name
from hokanko.formats.manifest import (
    ENTRY,
    FIXED,
    MANIFEST,
    PROOF,
    VKEY,
    Manifest,
    read_manifest,
)
from hokanko.formats.note import MAX_NOTE_BYTES
from hokanko.formats.parcel import Parcel, open_parcel, pieces, read_small
from hokanko.formats.tiles import MAX_ENTRY_BYTES

ENTRY_KIND = "provision.handed"
MOST_MANIFEST_BYTES = 16 << 20
MOST_DOCUMENT_BYTES = 256 << 20
MOST_PROOF_BYTES = MAX_NOTE_BYTES + 4096  # the signed head, and 64 hashes before it
MOST_VKEY_BYTES = 4096
NAMES_SHOWN = 5


def check_package(path: Path, trusted: Sequence[str] | None = None) -> list[Check]:
    """Judge a package, folder or zip. `trusted` are verifier keys; none means any.

    Checks, always in this order: container, manifest, present, unlisted, hashes, entry, key,
    checkpoint, proof. Raises OSError when the medium cannot be read.
    """
    checks: list[Check] = []
    with ExitStack() as stack:
        parcel = attempt(
            checks,
            "container",
            ("包みを安全に開けます。", "The package is safe to open."),
            lambda: stack.enter_context(open_parcel(path)),
        )
        sealed = _check_files(checks, parcel)
        _check_ledger(checks, parcel, sealed, trusted)
    return checks


def _check_files(checks: list[Check], parcel: Parcel | None) -> tuple[Manifest, bytes] | None:
    sealed = attempt(
        checks,
        "manifest",
        ("目録は正しい形をしています。", "The manifest has its proper form."),
        lambda: _read_manifest(need(parcel)),
    )
    attempt(
        checks,
        "present",
        ("目録にあるファイルは、すべてあります。", "Every file listed is here."),
        lambda: _require_present(need(parcel), need(sealed)[0]),
    )
    attempt(
        checks,
        "unlisted",
        ("目録にないファイルは、ありません。", "No file is here that is not listed."),
        lambda: _refuse_unlisted(need(parcel), need(sealed)[0]),
    )
    count = len(sealed[0].paths) if sealed else 0
    attempt(
        checks,
        "hashes",
        (
            f"{count}個のファイルの大きさとハッシュ値は、目録のとおりです。",
            f"The sizes and hashes of {count} files are those of the manifest.",
        ),
        lambda: _verify_hashes(need(parcel), need(sealed)[0]),
    )
    return sealed


def _check_ledger(
    checks: list[Check],
    parcel: Parcel | None,
    sealed: tuple[Manifest, bytes] | None,
    trusted: Sequence[str] | None,
) -> None:
    entry = attempt(
        checks,
        "entry",
        ("台帳の記載は、この目録を指しています。", "The ledger entry commits to this manifest."),
        lambda: _verify_entry(need(parcel), *need(sealed)),
    )
    key = check_key(
        checks, lambda: read_vkey(read_small(need(parcel), VKEY, MOST_VKEY_BYTES)), trusted
    )
    check_ledger(
        checks,
        entry,
        lambda: text_of(read_small(need(parcel), PROOF, MOST_PROOF_BYTES)),
        key,
    )


def _read_manifest(parcel: Parcel) -> tuple[Manifest, bytes]:
    data = read_small(parcel, MANIFEST, MOST_MANIFEST_BYTES)
    return read_manifest(data), data


def _require_present(parcel: Parcel, manifest: Manifest) -> None:
    absent = [path for path in (*manifest.paths, *FIXED) if path not in parcel.sizes]
    _refuse(absent, "足りないファイルがあります", "Files are missing")


def _refuse_unlisted(parcel: Parcel, manifest: Manifest) -> None:
    listed = set(map(same_name, (*manifest.paths, *FIXED)))
    strange = [path for path in parcel.sizes if same_name(path) not in listed]
    _refuse(strange, "目録にないファイルがあります", "Files are here that are not listed")


def _verify_hashes(parcel: Parcel, manifest: Manifest) -> None:
    """Compare what is there; what is missing is the business of "present"."""
    media = ((file.path, file.sha256, file.bytes) for file in manifest.files)
    papers = ((paper.path, paper.sha256, None) for paper in manifest.documents)
    changed = [
        path
        for path, digest, size in (*media, *papers)
        if path in parcel.sizes and not _is_unchanged(parcel, path, digest, size)
    ]
    _refuse(changed, "改変または破損したファイルがあります", "Files are changed or damaged")


def _is_unchanged(parcel: Parcel, path: str, digest: str, size: int | None) -> bool:
    here = parcel.sizes[path]
    if here != size and (size is not None or here > MOST_DOCUMENT_BYTES):
        return False
    running = sha256()
    try:
        with parcel.open(path) as file:
            # One byte more than listed: a file that grows meanwhile is noticed, not followed.
            for piece in pieces(file, path, here + 1):
                running.update(piece)
    except Unsound:
        return False
    return running.hexdigest() == digest


def _verify_entry(parcel: Parcel, manifest: Manifest, sealed: bytes) -> bytes:
    entry = read_small(parcel, ENTRY, MAX_ENTRY_BYTES)
    said = read_entry(
        entry, kind=ENTRY_KIND, org=manifest.organisation.code, fact="manifest_sha256"
    )
    if said != sha256(sealed).hexdigest():
        raise Unsound(
            "目録が改変されているか、台帳の記載が別の包みのものです。",
            "The manifest was changed, or the ledger entry is that of another package.",
        )
    return entry


def _refuse(paths: Iterable[str], ja: str, en: str) -> None:
    names = sorted(paths)
    if names:
        shown = ", ".join(names[:NAMES_SHOWN])
        more = len(names) - NAMES_SHOWN
        raise Unsound(
            f"{ja}: {shown}{f' ほか{more}個' if more > 0 else ''}",
            f"{en}: {shown}{f' and {more} more' if more > 0 else ''}",
        )
