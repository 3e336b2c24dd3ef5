"""A package appears whole or not at all, and says exactly what is in it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from hokanko import clock
from hokanko.errors import Conflict, Unsound
from hokanko.formats import shape
from hokanko.formats.instructions import instructions
from hokanko.formats.listing import MediaFile, RecorderClock, is_safe
from hokanko.formats.manifest import Manifest, read_manifest, seal_manifest
from hokanko.formats.package import PackageWriter, listed
from hokanko.formats.package_checks import check_package
from tests.formats.handed_over import (
    DOCUMENTS,
    FOOTAGE,
    KEY,
    MORNING,
    MP4,
    PICTURE,
    STILL,
    clip_of,
    handed_entry,
    ledger_of,
    manifest_of,
    media_of,
    write_clipped,
    write_package,
)

VECTORS = Path(__file__).parents[1] / "vectors" / "package"
NAMES = [
    "entry.json",
    "manifest.json",
    MP4,
    "proof.tlog-proof",
    "provision.pdf",
    "request.pdf",
    STILL,
    "vkey",
    "お読みください.txt",
]


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    clock.fix(MORNING)
    yield
    clock.fix(None)


def names_in(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_folder_holds_every_file(tmp_path: Path) -> None:
    target = write_package(tmp_path / "包み")
    assert names_in(target) == NAMES
    assert (target / MP4).read_bytes() == FOOTAGE
    assert (target / STILL).read_bytes() == PICTURE
    assert all(check.ok for check in check_package(target))
    assert [p.name for p in tmp_path.iterdir()] == ["包み"]


def test_an_archive_holds_the_same_files_stored(tmp_path: Path) -> None:
    folder, target = write_package(tmp_path / "p"), write_package(tmp_path / "p.zip")
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == NAMES
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        assert all(archive.read(name) == (folder / name).read_bytes() for name in NAMES)
    assert all(check.ok for check in check_package(target))


def test_media_are_hashed_while_they_are_written(tmp_path: Path) -> None:
    with PackageWriter(tmp_path / "p") as package:
        assert package.add_media(MP4, iter([b"a", b"", b"bc"])) == (sha256(b"abc").hexdigest(), 3)


def test_the_same_content_gives_the_published_vector(tmp_path: Path) -> None:
    target = write_package(tmp_path / "p")
    assert names_in(VECTORS / "sound") == NAMES
    for name in NAMES:
        assert (target / name).read_bytes() == (VECTORS / "sound" / name).read_bytes()


def test_the_manifest_is_read_as_it_was_written() -> None:
    manifest = manifest_of(media_of([("0" * 64, 1), ("1" * 64, 2)]))
    data, digest = seal_manifest(manifest)
    assert read_manifest(data) == manifest
    assert digest == sha256(data).hexdigest()


@pytest.mark.parametrize("name", ["p", "p.zip"])
def test_an_occupied_target_is_refused(tmp_path: Path, name: str) -> None:
    write_package(tmp_path / name)
    with pytest.raises(Conflict):
        PackageWriter(tmp_path / name)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_an_empty_folder_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    assert names_in(write_package(tmp_path / "p")) == NAMES


def test_a_link_is_an_obstacle(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "p").symlink_to("empty")
    with pytest.raises(Conflict):
        PackageWriter(tmp_path / "p")


@pytest.mark.parametrize("name", ["p", "p.zip"])
def test_two_writers_do_not_share_a_draft(tmp_path: Path, name: str) -> None:
    with PackageWriter(tmp_path / name) as package:
        package.add_media(MP4, [FOOTAGE])
        with pytest.raises(Conflict):
            PackageWriter(tmp_path / name)


@pytest.mark.parametrize("name", ["p", "p.zip"])
def test_nothing_is_left_when_the_footage_breaks_off(tmp_path: Path, name: str) -> None:
    def breaking() -> Iterator[bytes]:
        yield FOOTAGE
        raise Unsound("途中で切れました。", "Broken off.")

    def write() -> None:
        with PackageWriter(tmp_path / name) as package:
            package.add_media(MP4, breaking())

    with pytest.raises(Unsound):
        write()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["p", "p.zip"])
def test_nothing_is_left_when_it_is_not_finished(tmp_path: Path, name: str) -> None:
    with PackageWriter(tmp_path / name) as package:
        package.add_media(MP4, [FOOTAGE])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["p", "p.zip"])
def test_closing_twice_is_harmless(tmp_path: Path, name: str) -> None:
    with PackageWriter(tmp_path / name) as package:
        package.close()
        package.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["p", "p.zip"])
def test_what_came_to_the_target_meanwhile_is_not_overwritten(tmp_path: Path, name: str) -> None:
    def write() -> None:
        with PackageWriter(tmp_path / name) as package:
            sums = [package.add_media(MP4, [FOOTAGE]), package.add_media(STILL, [PICTURE])]
            manifest = manifest_of(media_of(sums))
            entry = handed_entry(seal_manifest(manifest)[1])
            package.finish(manifest, DOCUMENTS, entry=entry, proof=ledger_of(entry), vkey=KEY.vkey)
            (tmp_path / name).write_text("somebody else's")

    with pytest.raises(Conflict):
        write()
    assert [each.name for each in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "somebody else's"


def test_a_manifest_of_other_files_is_refused(tmp_path: Path) -> None:
    def write(wrong: tuple[str, int], documents: dict[str, bytes]) -> None:
        with PackageWriter(tmp_path / "p") as package:
            sums = [package.add_media(MP4, [FOOTAGE]), package.add_media(STILL, [PICTURE])]
            manifest = manifest_of(media_of([wrong or sums[0], sums[1]]))
            entry = handed_entry(seal_manifest(manifest)[1])
            package.finish(manifest, documents, entry=entry, proof=ledger_of(entry), vkey=KEY.vkey)

    for wrong, documents in (
        (("0" * 64, len(FOOTAGE)), DOCUMENTS),
        ((sha256(FOOTAGE).hexdigest(), 1), DOCUMENTS),
        ((sha256(FOOTAGE).hexdigest(), len(FOOTAGE)), {}),
        ((sha256(FOOTAGE).hexdigest(), len(FOOTAGE)), {**DOCUMENTS, "more.pdf": b""}),
    ):
        with pytest.raises(ValueError, match="other files"):
            write(wrong, documents)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path",
    ["x.mp4", "media", "media/", "../x", "media/../x", "/media/x", "media/a/b", "stills\\x", "m/x"],
)
def test_media_have_their_places(tmp_path: Path, path: str) -> None:
    with PackageWriter(tmp_path / "p") as package, pytest.raises(ValueError, match="place"):
        package.add_media(path, [b""])


def test_names_that_some_disk_would_take_for_one_are_refused(tmp_path: Path) -> None:
    with PackageWriter(tmp_path / "p") as package:
        package.add_media("media/a.mp4", [b""])
        with pytest.raises(ValueError, match="already"):
            package.add_media("media/A.MP4", [b""])


@pytest.mark.parametrize("path", ["manifest.json", "media/映像ファイル-001.mp4", "stills/a b.png"])
def test_ordinary_names_are_safe(path: str) -> None:
    assert is_safe(path)


@pytest.mark.parametrize(
    "path",
    [
        *("", ".", "..", "a/", "/a", "a//b", "a/..", "a/b/c", "C:/a", "a:b", "a\\b", "a?", 'a"'),
        *("a\nb", "a\x00", "a.", "a ", " a", "か\u3099", "x" * 201, "\udc80"),
    ],
)
def test_odd_names_are_not(path: str) -> None:
    assert not is_safe(path)


def test_the_instructions_are_a_listed_document() -> None:
    (only,) = listed({})
    assert (only.path, only.sha256) == (
        "お読みください.txt",
        sha256(instructions({}).encode()).hexdigest(),
    )


def test_the_instructions_name_the_papers_that_are_there() -> None:
    assert "provision.pdf     提供記録\n  request.pdf       依頼書\n" in instructions(DOCUMENTS)
    only_the_record = instructions({"provision.pdf"})
    assert "provision.pdf" in only_the_record
    assert "request.pdf" not in only_the_record


def test_no_class_is_marked_that_nobody_gave() -> None:
    assert {f.name: f.default for f in fields(Manifest)}["class_mark"] == ""


def test_a_package_with_a_clip_is_the_published_one(tmp_path: Path) -> None:
    target = write_clipped(tmp_path / "p")
    assert all(check.ok for check in check_package(target))
    assert names_in(target) == names_in(VECTORS / "clipped")
    for name in names_in(target):
        assert (target / name).read_bytes() == (VECTORS / "clipped" / name).read_bytes()
    assert "clips/" in (target / "お読みください.txt").read_text(encoding="utf-8")


def test_only_a_clip_makes_the_second_version() -> None:
    original, still = media_of([("0" * 64, 1), ("1" * 64, 2)])
    clip = clip_of(("2" * 64, 3))
    for files, version in (([original, still], 1), ([clip], 2), ([still, clip], 2)):
        data, _ = seal_manifest(manifest_of(files))
        assert read_manifest(data) == manifest_of(files)
        assert (b'"cut"' in data, f'"version":{version}' in data.decode()) == (version == 2, True)


@pytest.mark.parametrize("offset_s", [192, -192, None])
def test_the_clock_of_another_recorder_makes_the_third_version(offset_s: int | None) -> None:
    original, still = media_of([("0" * 64, 1), ("1" * 64, 2)])
    told = replace(original, clock=RecorderClock(MORNING, offset_s))
    for files in ([told], [told, still], [told, clip_of(("2" * 64, 3))]):
        data, _ = seal_manifest(manifest_of(files))
        assert read_manifest(data) == manifest_of(files)
        assert b'"version":3' in data
        for older in (1, 2):
            with pytest.raises(Unsound):
                read_manifest(data.replace(b'"version":3', b'"version":%d' % older))


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_that_does_not_fit_is_unsound(version: int) -> None:
    original, _ = media_of([("0" * 64, 1), ("1" * 64, 2)])
    manifest = manifest_of([clip_of(("2" * 64, 3))] if version == 1 else [original])
    with pytest.raises(ValueError, match="version"):
        seal_manifest(replace(manifest, version=version))
    with pytest.raises(Unsound):
        read_manifest(shape.write(replace(manifest, version=version)))


def test_the_first_version_has_no_member_for_clips() -> None:
    original, _ = media_of([("0" * 64, 1), ("1" * 64, 2)])
    with pytest.raises(Unsound, match="another version"):
        read_manifest(shape.write(manifest_of([original])))


def senseless_cuts() -> list[dict[str, object]]:
    return [
        {"start_ms": -1},
        {"first_ms": 61_499},
        {"last_ms": 121_500},
        {"last_ms": 61_499},
        {"end_ms": 61_500},
        {"pictures": 0},
        {"damaged": -1},
        {"reason": "　"},
        {"made_by": ""},
        {"recipe": ""},
    ]


@pytest.mark.parametrize("odd", senseless_cuts(), ids=str)
def test_a_clip_that_does_not_say_how_it_was_made_is_refused(odd: dict[str, object]) -> None:
    clip = clip_of(("2" * 64, 3))
    assert clip.cut is not None
    manifest = manifest_of([replace(clip, cut=replace(clip.cut, **odd))])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="file"):
        seal_manifest(manifest)
    with pytest.raises(Unsound):
        read_manifest(shape.write(manifest))


def senseless() -> list[tuple[str, MediaFile]]:
    original, still = media_of([("0" * 64, 1), ("1" * 64, 2)])
    clip = clip_of(("2" * 64, 3))
    return [
        ("clip without a parent", replace(clip, parent_sha256=None)),
        ("clip of unknown making", replace(clip, cut=None)),
        ("clip of another operation", replace(clip, operation="blur")),
        ("clip that begins elsewhere", replace(clip, position_ms=0)),
        ("clip longer than its range", replace(clip, duration_ms=60_001)),
        ("clip without a length", replace(clip, duration_ms=None)),
        ("clip in the wrong folder", replace(clip, path=MP4)),
        ("still that was cut", replace(still, cut=clip.cut)),
        ("no hash", replace(original, sha256="0" * 63)),
        ("capitals", replace(original, sha256="A" * 64)),
        ("negative", replace(original, bytes=-1)),
        ("absurd", replace(original, bytes=2**52)),
        ("unknown role", replace(original, role="copy")),
        ("wrong folder", replace(original, path=STILL)),
        ("outside", replace(original, path="../x.mp4")),
        ("no folder", replace(original, path="x.mp4")),
        ("original with a parent", replace(original, parent_sha256="0" * 64)),
        ("still without a parent", replace(still, parent_sha256=None)),
        ("still from nowhere", replace(still, position_ms=None)),
    ]


@pytest.mark.parametrize(("why", "file"), senseless())
def test_a_senseless_file_is_neither_written_nor_read(why: str, file: MediaFile) -> None:
    manifest = manifest_of([file])
    with pytest.raises(ValueError, match="file"):
        seal_manifest(manifest)
    with pytest.raises(Unsound):
        read_manifest(shape.write(manifest))


def test_a_manifest_must_know_its_offsets() -> None:
    manifest = manifest_of(media_of([("0" * 64, 1), ("1" * 64, 2)]))
    naive = replace(manifest.handed, at=datetime(2026, 2, 18))  # noqa: DTZ001 that is the fault
    with pytest.raises(ValueError, match="offset"):
        seal_manifest(replace(manifest, handed=naive))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"version":1', '"version":2'),
        ('"version":1', '"version":true'),
        ('"version":1', '"version":1.0'),
        ('"night":true', '"night":1'),
        ('"entered":{', '"entered":{"also":1,'),
        ('"class_mark"', '"class_mork"'),
        ('"at":"2026-02-17T23:40:00.000+09:00"', '"at":"2026-02-17T14:40:00.000+00:00"'),
        ('"at":"2026-02-17T23:40:00.000+09:00"', '"at":"2026-02-17"'),
        ('"purposes":["捜査"]', '"purposes":"捜査"'),
        ('"purposes":["捜査"]', '"purposes":[1]'),
        ('"path":"request.pdf"', '"path":"sub/request.pdf"'),
        ('"path":"request.pdf"', '"path":"Manifest.JSON"'),
        ('"path":"request.pdf"', '"path":"provision.pdf"'),
        ("お読みください.txt", "お読みくださ.txt"),
        ("{", "{ "),
    ],
)
def test_another_shape_is_unsound(old: str, new: str) -> None:
    manifest = manifest_of(media_of([("0" * 64, 1), ("1" * 64, 2)]))
    text = seal_manifest(manifest)[0].decode()
    assert old in text
    with pytest.raises(Unsound):
        read_manifest(text.replace(old, new).encode())
