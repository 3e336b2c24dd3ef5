"""Looking into footage: facts, claims and problems."""

from __future__ import annotations

import json
from typing import Any

import pytest
import zxingcpp

from hokanko.media import jail
from hokanko.media.jail import Answer, JailBroken
from hokanko.media.probe import CaptureTime, Probe, probe
from tests.media.clips import Bytes, clip, gray


def problems(found: Probe) -> set[str]:
    return {problem.code for problem in found.problems}


def test_a_plain_clip_says_what_it_is() -> None:
    tags = {"creation_time": "2026-11-20T10:00:00.000000Z", "comment": "正面玄関"}
    found = probe(Bytes(clip(tags=tags)), name="あ.mp4")
    assert (found.container, found.duration_ms, found.playable) == ("mp4", 2000, "native")
    assert found.problems == ()
    assert found.name == "あ.mp4"
    assert found.video is not None
    assert (found.video.codec, found.video.width, found.video.height) == ("h264", 64, 48)
    assert (found.video.fps, found.video.frames) == (10.0, 20)
    assert dict(found.device)["comment"] == "正面玄関"
    time = CaptureTime(
        "mp4:creation_time", "2026-11-20T10:00:00.000000Z", "2026-11-20T10:00:00+00:00"
    )
    assert time in found.capture
    assert "seccomp" in found.jail


def test_a_probe_is_plain_json() -> None:
    value = probe(Bytes(clip(tags={"comment": "x"}))).as_json()
    again = json.loads(json.dumps(value))
    assert again["device"] == {"comment": "x"}
    assert again["streams"][0]["codec"] == "h264"


@pytest.mark.parametrize(
    ("container", "codec", "pix_fmt", "sound", "playable"),
    [
        ("mov", "libx264", "yuv420p", "aac", "native"),
        ("matroska", "libx264", "yuv420p", "", "parts"),
        ("mpegts", "libx264", "yuv420p", "aac", "parts"),
        ("avi", "mjpeg", "yuvj422p", "pcm_s16le", "parts"),
        ("mp4", "libx265", "yuv420p", "", "parts"),
        ("mp4", "libx264", "yuv422p10le", "", "parts"),
        ("h264", "libx264", "yuv420p", "", "parts"),
    ],
)
def test_containers_and_codecs(
    container: str, codec: str, pix_fmt: str, sound: str, playable: str
) -> None:
    content = clip(container, codec, pix_fmt, sound=sound, options={"x265-params": "log-level=0"})
    found = probe(Bytes(content))
    assert (found.container, found.playable) == (container, playable)
    assert problems(found) <= {"no-capture-time"}


def test_a_bare_stream_has_no_clock() -> None:
    assert probe(Bytes(clip("h264"))).duration_ms is None


def test_every_time_is_kept_with_its_source() -> None:
    tags = {"creation_time": "2026-11-20T10:00:00Z", "date": "2026-11-20T19:00:17+0900"}
    found = probe(Bytes(clip("matroska", tags=tags)))
    times = {time.source: time.iso for time in found.capture}
    assert times["matroska:DATE_UTC"] == "2026-11-20T10:00:00+00:00"
    assert times["tag:date"] == "2026-11-20T19:00:17+09:00"


def test_the_date_in_an_avi_is_kept_word_for_word() -> None:
    text = b"Mon Sep 10 20:52:00 2012\n\0"
    content = bytearray(clip("avi", "mjpeg", "yuvj420p"))
    at = content.index(b"LIST", 40)
    chunk = b"IDIT" + len(text).to_bytes(4, "little") + text
    found = probe(Bytes(bytes(content[:at] + chunk + content[at:])))
    assert CaptureTime("avi:IDIT", text.decode().strip("\n\0"), "2012-09-10T20:52:00") in (
        found.capture
    )


def test_a_clock_that_was_never_set_is_no_date() -> None:
    found = probe(Bytes(clip("matroska", tags={"date": "1970-01-01T00:00:00Z"})))
    assert CaptureTime("tag:date", "1970-01-01T00:00:00Z", None) in found.capture


def test_a_card_before_the_camera_is_read() -> None:
    card = zxingcpp.create_barcode("HOKANKO:C-0412", zxingcpp.BarcodeFormat.QRCode)
    drawn: Any = zxingcpp.write_barcode_to_image(card, scale=5, add_quiet_zones=True)
    image = memoryview(drawn)
    height, width = drawn.shape
    content = clip(images=[gray(image.tobytes(), width, height)], pix_fmt="yuv444p")
    assert probe(Bytes(content)).codes == ("HOKANKO:C-0412",)


def test_an_empty_file_needs_no_child() -> None:
    assert problems(probe(Bytes(b""))) == {"empty"}


@pytest.mark.parametrize("content", [b"PK\3\4 not a film" * 99, b"\x89PNG\r\n\x1a\n" * 9, b"x"])
def test_what_is_no_footage_is_said_to_be_none(content: bytes) -> None:
    found = probe(Bytes(content))
    assert problems(found) == {"not-media"}
    assert found.playable == "no"


def test_a_playlist_names_no_other_file() -> None:
    assert problems(probe(Bytes(b"#EXTM3U\n#EXTINF:9,\n/etc/passwd\n"))) == {"not-media"}


def test_a_file_without_its_end_is_truncated() -> None:
    found = probe(Bytes(clip(options={"movflags": ""})[:-700]))
    assert "truncated" in problems(found)


def test_damage_in_the_middle_is_seen() -> None:
    content = bytearray(clip(frames=60, size=(320, 240)))
    start, end = content.index(b"mdat") + 1500, content.index(b"moov") - 4
    content[start:end] = b"\xa5" * (end - start)
    found = probe(Bytes(bytes(content)))
    assert "damaged" in problems(found)
    assert found.playable != "native"


@pytest.mark.parametrize(
    ("width", "height", "problem"),
    [(20_000, 100, "huge-dimensions"), (60_000, 60_000, "damaged")],
)
def test_huge_pictures_are_not_decoded(width: int, height: int, problem: str) -> None:
    content = bytearray(clip("avi", "rawvideo"))
    at = content.index(b"strf") + 12
    content[at : at + 8] = width.to_bytes(4, "little") + height.to_bytes(4, "little")
    found = probe(Bytes(bytes(content)))
    assert problems(found) == {problem, "no-capture-time"}
    assert found.playable == "no"


def test_a_child_that_dies_leaves_what_it_had_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> Answer:
        raise JailBroken("too-slow", "CPU", {"container": "mp4", "duration_ms": 5})

    monkeypatch.setattr(jail, "run", die)
    found = probe(Bytes(b"x"))
    assert (found.container, found.duration_ms, problems(found)) == ("mp4", 5, {"too-slow"})


@pytest.mark.parametrize(
    "lie",
    [
        {"container": 5},
        {"streams": {}},
        {"streams": [{"kind": "video"}]},
        {"streams": [{"kind": "video", "codec": "h264", "fps": float("nan")}]},
        {"capture": [["a"]]},
        {"playable": "natively"},
        {"problems": [["fine", ""]]},
        {"problems": [["empty"]]},
        {"duration_ms": 1 << 80},
        {"duration_ms": True},
        {"codes": ["x"] * 1000},
        {"device": []},
    ],
)
def test_a_lying_child_is_not_believed(
    lie: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jail, "run", lambda *_: Answer(lie, b"", ()))
    assert problems(probe(Bytes(b"x"))) == {"jail-broken"}


def test_texts_of_a_child_are_made_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"codes": ["a\x00b\x1b[31m", "\ud800", "x" * 5000]}
    monkeypatch.setattr(jail, "run", lambda *_: Answer(said, b"", ()))
    assert probe(Bytes(b"x")).codes == ("a b [31m", "?", "x" * 1000)
