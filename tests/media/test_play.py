"""Parts for the browser: copied where possible, encoded where not, whole and in order."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hokanko.errors import Missing, Unsound
from hokanko.media import jail, play
from hokanko.media.jail import Answer, JailBroken
from hokanko.media.play import Part, Plan, part, plan
from hokanko.media.probe import Probe, Problem, Stream, probe
from tests.media.clips import Bytes, clip, opened


def pictures(body: bytes) -> list[int]:
    """The brightness of each picture."""
    with opened(body) as container:
        return [bytes(frame.planes[0])[0] for frame in container.decode(video=0)]


def packets(content: bytes) -> list[bytes]:
    with opened(content) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def whole(source: Bytes, length_ms: int, **how: bool) -> list[Part]:
    parts = [part(source, 0, length_ms, **how)]
    while not parts[-1].last:
        parts.append(part(source, parts[-1].end_ms, length_ms, **how))
    return parts


def test_a_copied_part_holds_whole_groups_untouched() -> None:
    content = clip(frames=60, options={"bf": "0"})
    made = part(Bytes(content), 2300, 1500)
    assert (made.start_ms, made.end_ms, made.last) == (2000, 4000, False)
    assert re.fullmatch(r'video/mp4; codecs="avc1\.64[0-9a-f]{4}"', made.mime)
    assert packets(made.body) == packets(content)[20:40]


@pytest.mark.parametrize("container", ["mp4", "matroska", "mpegts", "avi"])
@pytest.mark.parametrize("between", ["0", "2"])
def test_copied_parts_join_without_loss(container: str, between: str) -> None:
    content = clip(container, frames=35, options={"bf": between, "flags": "+cgop"})
    parts = whole(Bytes(content), 1000)
    assert [made.end_ms for made in parts[:-1]] == [made.start_ms for made in parts[1:]]
    assert sum(len(pictures(made.body)) for made in parts) == 35
    assert 3400 <= parts[-1].end_ms <= 3600


@pytest.mark.parametrize(
    ("container", "codec", "pix_fmt", "sound"),
    [
        ("mp4", "libx265", "yuv420p", "aac"),
        ("avi", "mjpeg", "yuvj422p", "pcm_s16le"),
        ("mp4", "libx264", "yuv422p10le", ""),
        ("h264", "libx264", "yuv420p", ""),
        ("avi", "mpeg4", "yuv420p", ""),
    ],
)
def test_what_browsers_do_not_play_is_encoded(
    container: str, codec: str, pix_fmt: str, sound: str
) -> None:
    quiet = {"x265-params": "log-level=0", "bf": "0"}
    content = clip(container, codec, pix_fmt, frames=24, sound=sound, options=quiet)
    parts = whole(Bytes(content), 900)
    assert sum(len(pictures(made.body)) for made in parts) == 24
    assert ("mp4a.40.2" in parts[0].mime) == bool(sound)
    # a bare stream has no clock: its pictures count at whatever rate FFmpeg takes for granted
    assert parts[-1].end_ms == 2400 or container == "h264"


def test_an_encoded_part_begins_where_it_is_asked_for() -> None:
    content = clip(codec="libx264", pix_fmt="yuv422p", frames=30)
    made = part(Bytes(content), 1300, 500)
    assert (made.start_ms, made.end_ms) == (1300, 1800)
    brightness = pictures(made.body)
    assert len(brightness) == 5
    assert brightness == sorted(brightness)


def test_an_open_group_is_encoded_rather_than_torn() -> None:
    content = clip(frames=40, options={"bf": "2", "x264-params": "open-gop=1:keyint=10:bframes=2"})
    parts = whole(Bytes(content), 1000)
    assert sum(len(pictures(made.body)) for made in parts) == 40


def test_large_pictures_are_made_smaller() -> None:
    content = clip("avi", "mjpeg", "yuvj420p", frames=2, size=(1920, 1080))
    made = part(Bytes(content), 0, 1000)
    with opened(made.body) as container:
        video = container.streams.video[0]
        assert (video.width, video.height) == (1280, 720)


def test_encoding_can_be_asked_for() -> None:
    content = clip(frames=30, options={"bf": "0"})
    assert part(Bytes(content), 1300, 500, encode=True).start_ms == 1300


def test_sound_is_copied_beside_the_pictures() -> None:
    made = part(Bytes(clip(frames=30, sound="aac", options={"bf": "0"})), 0, 1000)
    assert made.mime.endswith(', mp4a.40.2"')
    with opened(made.body) as container:
        lengths = [frame.samples / frame.sample_rate for frame in container.decode(audio=0)]
        seconds = sum(lengths)
    assert 0.8 < seconds < 1.2


@pytest.mark.parametrize("encode", [False, True])
def test_sound_that_begins_late_stays_late(encode: bool) -> None:
    content = clip(frames=30, sound="aac", sound_from=12, options={"bf": "0"})
    made = part(Bytes(content), 1000, 1000, encode=encode)
    with opened(made.body) as container:
        first = next(iter(container.decode(audio=0)))
    assert first.time is not None
    assert 0.05 < first.time < 0.25


def test_damage_does_not_end_the_film() -> None:
    content = bytearray(clip(frames=60, size=(320, 240)))
    middle = content.index(b"mdat") + 2000
    content[middle : middle + 40] = b"\xa5" * 40
    parts = whole(Bytes(bytes(content)), 2000, encode=True)
    assert parts[-1].end_ms >= 5000


def test_after_the_end_there_is_nothing() -> None:
    with pytest.raises(Missing, match="この時刻"):
        part(Bytes(clip()), 60_000, 1000)


@pytest.mark.parametrize("content", [b"", b"PK\3\4" * 99, clip()[:400]])
def test_what_cannot_be_decoded_is_unsound(content: bytes) -> None:
    with pytest.raises(Unsound):
        part(Bytes(content), 0, 1000)


@pytest.mark.parametrize(
    "head",
    [
        {},
        {"start_ms": 0, "end_ms": 0, "last": False, "mime": 'video/mp4; codecs="avc1.640001"'},
        {"start_ms": 0, "end_ms": 9, "last": False, "mime": "text/html"},
        {"start_ms": 0, "end_ms": "9", "last": False, "mime": 'video/mp4; codecs="avc1.640001"'},
    ],
)
def test_a_lying_child_is_not_played(head: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jail, "run", lambda *_: Answer(head, b"body", ()))
    with pytest.raises(JailBroken):
        play.part(Bytes(b"x"), 0, 1000)


def test_a_plan_for_each_kind() -> None:
    h264 = Stream("video", "h264", pix_fmt="yuv420p")
    hevc = Stream("video", "hevc", pix_fmt="yuv420p")
    torn = (Problem("damaged"),)
    assert plan(probe(Bytes(clip()))) == Plan("native", 0)
    assert plan(Probe("", 1, "matroska", streams=(h264,), playable="parts")).mode == "copy"
    assert plan(Probe("", 1, "h264", streams=(h264,), playable="parts")).mode == "transcode"
    assert plan(Probe("", 1, "mp4", streams=(hevc,), playable="parts")).mode == "transcode"
    assert (
        plan(Probe("", 1, "mp4", streams=(h264,), playable="parts", problems=torn)).mode
        == "transcode"
    )
    assert plan(Probe("", 1, playable="no")) == Plan("none", 0)
