"""A small ledger with fixed keys, and a package and certificates that it vouches for."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from hokanko.clock import TOKYO
from hokanko.formats import canon, certificate, merkle
from hokanko.formats.certificate import Certificate, Erased
from hokanko.formats.listing import Cut, MediaFile, Seconds
from hokanko.formats.manifest import (
    PROVISION,
    REQUEST,
    WITH_CLIPS,
    Decided,
    Entered,
    Handed,
    Manifest,
    Organisation,
    seal_manifest,
    version_of,
)
from hokanko.formats.note import Checkpoint, SigningKey, sign
from hokanko.formats.package import PackageWriter, listed
from hokanko.formats.proof import Proof

KEY = SigningKey.from_seed("hokanko.example/chuo", b"\1" * 32)
OTHER = SigningKey.from_seed("hokanko.example/kita", b"\2" * 32)
CHUO = Organisation("CHUO", "中央警察署")
NIGHT = datetime(2026, 2, 17, 23, 40, tzinfo=TOKYO)
MORNING = datetime(2026, 2, 18, 9, 5, tzinfo=TOKYO)
MP4 = "media/中央-2026-000012.mp4"
CLIP = "clips/中央-2026-000012_61500-121500.mp4"
STILL = "stills/中央-2026-000012_61500.png"
FOOTAGE = b"\0\0\0\x18ftypisom" + bytes(range(256)) * 8
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
DOCUMENTS = {PROVISION: "%PDF-1.7 提供記録".encode(), REQUEST: "%PDF-1.7 依頼書".encode()}


def entry_of(kind: str, about: str, facts: dict[str, canon.JSON], org: str = "CHUO") -> bytes:
    """A ledger entry as `ledger.append` writes it."""
    return canon.encode(
        {
            "v": 1,
            "kind": kind,
            "at": "2026-02-18T09:05:00.000+09:00",
            "org": org,
            "by": {"person": sha256(b"salt").hexdigest(), "posts": ["manager"], "via": "web"},
            "about": about,
            "clause": "police-7.2.4",
            "facts": facts,
            "private": {},
        }
    )


def ledger_of(entry: bytes, place: int = 2, key: SigningKey = KEY) -> str:
    """The proof that `entry` is line `place` of a ledger of five."""
    lines = [entry if at == place else b"line %d" % at for at in range(5)]
    rows = merkle.levels([merkle.leaf_hash(line) for line in lines])
    path = merkle.inclusion_proof(place, len(lines), lambda level, at: rows[level][at])
    head = Checkpoint(key.name, len(lines), merkle.root(rows[0]))
    return Proof(place, tuple(path), sign(head.text(), [key])).text()


def media_of(sums: Sequence[tuple[str, int]]) -> tuple[MediaFile, MediaFile]:
    """The original and the still, with their sums as `add_media` gave them."""
    (video, video_bytes), (picture, picture_bytes) = sums
    original = MediaFile(
        path=MP4,
        number="中央-2026-000012",
        role="original",
        sha256=video,
        bytes=video_bytes,
        created=NIGHT,
        captured=NIGHT.replace(hour=22),
        captured_by="clock of the camera",
        duration_ms=1_200_000,
        seconds=Seconds(asked=1200, delivered=1195.5, missing=4.5),
    )
    still = replace(
        original,
        path=STILL,
        role="still",
        sha256=picture,
        bytes=picture_bytes,
        duration_ms=None,
        parent_sha256=video,
        operation="still",
        position_ms=61_500,
        seconds=None,
    )
    return original, still


def clip_of(total: tuple[str, int], parent: str = "a" * 64) -> MediaFile:
    """A minute of the footage, as `add_media` summed it; its sound was left out."""
    sha256, count = total
    return MediaFile(
        path=CLIP,
        number="中央-2026-000012",
        role="clip",
        sha256=sha256,
        bytes=count,
        created=NIGHT,
        captured=NIGHT.replace(hour=22),
        captured_by="clock of the camera",
        duration_ms=60_000,
        parent_sha256=parent,
        operation="clip",
        position_ms=61_500,
        seconds=Seconds(asked=60, delivered=60, missing=0),
        cut=Cut(
            start_ms=61_500,
            end_ms=121_500,
            first_ms=61_500,
            last_ms=121_467,
            pictures=1800,
            damaged=0,
            silenced=True,
            recipe="libx264 crf=17",
            reason="照会のあった1分に限って渡すため",
            made_by="田中 次郎",
            made_at=NIGHT,
        ),
    )


def manifest_of(files: Sequence[MediaFile]) -> Manifest:
    """鈴木 asked, 佐藤 decided on night duty, 田中 entered it, 山田 took it away."""
    return Manifest(
        organisation=CHUO,
        request_number="CHUO-R-2026-0012",
        requester="鈴木 一郎",
        purposes=("捜査",),
        ground="犯罪の捜査に必要なとき",
        article="第7の2(4)ウ",
        decided=Decided("佐藤 花子", NIGHT, night=True),
        entered=Entered("田中 次郎", NIGHT),
        handed=Handed("田中 次郎", "山田 三郎", MORNING),
        files=tuple(files),
        documents=listed(DOCUMENTS, clips=version_of(files) == WITH_CLIPS),
        class_mark="機密性2・完全性2・可用性1",
        version=version_of(files),
    )


def handed_entry(manifest_sha256: str, org: str = "CHUO") -> bytes:
    """The line that a package goes with."""
    facts: dict[str, canon.JSON] = {
        "number": "CHUO-R-2026-0012",
        "manifest_sha256": manifest_sha256,
    }
    return entry_of("provision.handed", "provision:7", facts, org)


def write_package(target: Path, key: SigningKey = KEY) -> Path:
    """A sound package."""
    with PackageWriter(target) as package:
        sums = [
            package.add_media(MP4, [FOOTAGE[:100], FOOTAGE[100:]]),
            package.add_media(STILL, [PICTURE]),
        ]
        manifest = manifest_of(media_of(sums))
        entry = handed_entry(seal_manifest(manifest)[1])
        package.finish(
            manifest, DOCUMENTS, entry=entry, proof=ledger_of(entry, key=key), vkey=key.vkey
        )
    return target


def write_clipped(target: Path) -> Path:
    """A sound package that holds a clip instead of the footage."""
    with PackageWriter(target) as package:
        manifest = manifest_of([clip_of(package.add_media(CLIP, [FOOTAGE]))])
        entry = handed_entry(seal_manifest(manifest)[1])
        package.finish(manifest, DOCUMENTS, entry=entry, proof=ledger_of(entry), vkey=KEY.vkey)
    return target


EXPIRY = Certificate(
    organisation=CHUO,
    day=date(2026, 2, 17),
    kind="expiry",
    article="第7の1(2)",
    reason="保存期間の満了",
    files=(
        Erased("0a", "中央-2025-000001", sha256(b"one").hexdigest(), 1000),
        Erased("0b", "中央-2025-000002", sha256(b"two").hexdigest(), 234),
    ),
    count=2,
    bytes=1234,
    key_destroyed="中央警察署 2026-02-17 の日の鍵",
    root_generation_destroyed=4,
    method_ja=certificate.AUTOMATIC,
    erased_at=datetime(2026, 2, 18, 0, 1, tzinfo=TOKYO),
)


def erased_entry(digest: str, org: str = "CHUO") -> bytes:
    """The line that a certificate goes with."""
    return entry_of("retention.erased", "erasure:3", {"day": "2026-02-17", "digest": digest}, org)


def write_certificate(what: Certificate = EXPIRY, key: SigningKey = KEY) -> str:
    """A sound certificate."""
    entry = erased_entry(certificate.digest(what))
    return certificate.write(
        what,
        signature=certificate.sign_certificate(what, key),
        entry=entry,
        proof=ledger_of(entry, key=key),
        vkey=key.vkey,
    )


def base64(data: bytes) -> str:
    """As the formats write it."""
    return b64encode(data).decode()
