"""Clips: every picture of the range, none outside it, each as it was in the original."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Generator
from contextlib import suppress
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import pytest
from PIL import Image, ImageChops, ImageStat

from hokanko import clock
from hokanko.errors import Missing, Unsound
from hokanko.media import child, jail
from hokanko.media.clip import Clip
from hokanko.media.clip import clip as cut
from hokanko.media.jail import Answer, JailBroken, Limits, Source
from hokanko.media.still import picture
from hokanko.rehearsal.camera import film
from hokanko.rehearsal.street import Scene
from tests.media.clips import Bytes, brightness, clip, opened

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "video"
REAL = [path for path in sorted(DATA.glob("*")) if path.is_file()]
LIKE_DB = 34.0  # two decodings of one picture are nearer than this; neighbours in time are not


def made(source: Source, start_ms: int, end_ms: int) -> tuple[bytes, Clip]:
    """The whole clip at once."""
    pieces: list[bytes] = []
    talk = cut(source, start_ms, end_ms)
    while True:
        try:
            pieces.append(next(talk))
        except StopIteration as done:
            return b"".join(pieces), done.value


def moments(content: bytes) -> list[Fraction]:
    """When each picture is shown, in seconds; a stream without a clock counts 25 a second."""
    frames: list[av.VideoFrame] = []
    with opened(content) as container:
        for packet in container.demux(video=0):
            with suppress(av.FFmpegError):  # one of the real files was tampered with
                frames += packet.decode()
        if container.format.name in ("h264", "hevc"):
            return [Fraction(number, 25) for number in range(len(frames))]
        zero = container.streams.video[0].start_time or 0
        return [(cast(int, f.pts) - zero) * cast(Fraction, f.time_base) for f in frames]


def likeness_db(one: bytes, other: bytes) -> float:
    """PSNR of two image files of one size."""
    pair = [Image.open(io.BytesIO(body)).convert("RGB") for body in (one, other)]
    width = min(image.width for image in pair)
    height = min(image.height for image in pair)
    first, second = (image.crop((0, 0, width, height)) for image in pair)
    error = ImageStat.Stat(ImageChops.difference(first, second)).rms
    return 20 * math.log10(255 / max(0.01, sum(error) / 3))


def assert_exact(content: bytes, start_ms: int, end_ms: int) -> Clip:
    """The clip's pictures are those of the range by time and by look; nothing else is in it."""
    body, told = made(Bytes(content), start_ms, end_ms)
    inside = [at for at in moments(content) if start_ms <= at * 1000 < end_ms]
    shown = moments(body)
    assert told.pictures == len(shown) == len(inside)
    assert all(
        abs((at - shown[0]) - (due - inside[0])) < Fraction(1, 1000)
        for at, due in zip(shown, inside, strict=True)
    )
    assert (told.first_ms, told.last_ms) == (int(inside[0] * 1000), int(inside[-1] * 1000))
    for place in (0, -1):
        as_it_was = picture(Bytes(content), math.ceil(inside[place] * 1000))
        in_clip = picture(Bytes(body), math.ceil((shown[place] - shown[0]) * 1000))
        assert likeness_db(as_it_was, in_clip) > LIKE_DB
    return told


@pytest.mark.parametrize(
    ("container", "codec", "pix_fmt"),
    [
        ("mp4", "libx264", "yuv420p"),
        ("mp4", "libx265", "yuv420p"),
        ("mpegts", "libx264", "yuv420p"),
        ("matroska", "libvpx-vp9", "yuv420p"),
        ("avi", "mjpeg", "yuvj422p"),
        ("avi", "mpeg4", "yuv420p"),
        ("h264", "libx264", "yuv420p"),
        ("mp4", "libx264", "yuv422p10le"),
    ],
)
def test_exactly_the_range_asked_for(container: str, codec: str, pix_fmt: str) -> None:
    quiet = {"x265-params": "log-level=0"} if codec == "libx265" else {}
    content = clip(container, codec, pix_fmt, frames=40, options=quiet)
    told = assert_exact(content, 700, 1400)
    assert (told.until_ms, told.damaged, told.silenced) == (1400, 0, False)


def test_a_range_between_two_key_pictures_has_none_before_it() -> None:
    content = clip(frames=60, options={"bf": "2"})
    body, _told = made(Bytes(content), 1500, 1900)
    shown = [Image.open(io.BytesIO(picture(Bytes(body), at_ms))) for at_ms in (0, 100, 200, 399)]
    for image, number in zip(shown, range(15, 19), strict=True):
        level = image.convert("L").getpixel((32, 24))
        assert isinstance(level, int)
        assert abs(level - brightness(number)) < 5


def test_pictures_keep_their_own_uneven_times() -> None:
    sink = io.BytesIO()
    ticks = [0, 7, 90, 91, 450, 900, 1810, 2700]
    with av.open(sink, "w", format="matroska") as out:
        video: Any = out.add_stream("libx264", rate=30)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        video.codec_context.time_base = Fraction(1, 1000)
        for at in ticks:
            frame = av.VideoFrame(64, 48, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([at % 200 + 20]) * plane.buffer_size)
            frame.pts, frame.time_base = at, Fraction(1, 1000)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
    told = assert_exact(sink.getvalue(), 90, 1811)
    assert (told.pictures, told.until_ms) == (5, 1811)


def test_it_can_be_poured_out_without_going_back() -> None:
    body, _told = made(Bytes(clip(frames=80)), 0, 8000)
    assert body[4:8] == b"ftyp"
    assert body.index(b"moov") < body.index(b"moof") < body.index(b"mdat")


def test_the_same_footage_and_range_give_the_same_bytes() -> None:
    content = clip(frames=60, size=(320, 240))
    one, told = made(Bytes(content), 1000, 4000)
    assert made(Bytes(content), 1000, 4000) == (one, told)
    assert all(word in told.recipe for word in ("libx264", "crf=17", "PyAV", "libavcodec"))


def test_sound_is_left_out_and_that_is_told() -> None:
    body, told = made(Bytes(clip(sound="aac")), 0, 1000)
    with opened(body) as container:
        assert [stream.type for stream in container.streams] == ["video"]
    assert told.silenced


@pytest.mark.parametrize("size", [(65, 49), (64, 49)])
def test_odd_sides_lose_no_pixel(size: tuple[int, int]) -> None:
    _body, told = made(Bytes(clip("avi", "mjpeg", "yuvj444p", size=size)), 0, 500)
    assert (told.width, told.height) == (size[0] + size[0] % 2, size[1] + size[1] % 2)


def test_a_broken_tail_ends_the_clip_and_that_is_told() -> None:
    content = clip("matroska", frames=60, size=(320, 240))
    _body, told = made(Bytes(content[: len(content) * 2 // 3]), 1000, 6000)
    assert told.pictures > 5
    assert told.until_ms < 5500


def test_after_the_end_there_is_nothing_to_clip() -> None:
    with pytest.raises(Missing, match="求められた時間の映像"):
        made(Bytes(clip()), 60_000, 61_000)


@pytest.mark.parametrize("content", [b"", b"PK\3\4" * 99, clip()[:400]])
def test_what_cannot_be_decoded_is_unsound(content: bytes) -> None:
    with pytest.raises(Unsound):
        made(Bytes(content), 0, 1000)


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (0, 90_000_000)])
def test_a_senseless_range_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="start_ms"):
        made(Bytes(clip()), start, end)


def test_how_far_it_has_come_is_told() -> None:
    told: list[int] = []
    for _piece in cut(Bytes(clip(frames=60)), 1000, 6000, told.append):
        pass
    assert told == sorted(told)
    assert told[-1] >= 4000


def test_leaving_early_leaves_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Any] = []
    start = child.start

    def noted(*how: Any) -> Any:
        begun.append(start(*how))
        return begun[-1]

    monkeypatch.setattr(child, "start", noted)
    talk = cut(Bytes(clip(frames=60)), 0, 6000)
    next(talk)
    talk.close()
    assert begun[0].returncode is not None


def test_a_child_that_takes_too_long_or_too_much_is_ended() -> None:
    source, wish = Bytes(clip(frames=60)), {"start_ms": 0, "end_ms": 6000}
    for limits, code in (
        (Limits(wall_s=0.01), "too-slow"),
        (Limits(answer_bytes=100), "jail-broken"),
    ):
        talk = jail.pour("hokanko.media.inside.clip:clip", source, wish, limits, lambda _: None)
        with pytest.raises(JailBroken) as broken:
            list(talk)
        assert broken.value.code == code


def test_a_task_that_pours_unasked_is_not_heard() -> None:
    wish = {"start_ms": 0, "end_ms": 900}
    with pytest.raises(JailBroken):
        jail.run("hokanko.media.inside.clip:clip", Bytes(clip()), wish, Limits())


@pytest.mark.parametrize(
    "lie",
    [
        {"first_ms": -1},
        {"last_ms": 1000},
        {"until_ms": 1001},
        {"pictures": 0},
        {"pictures": "9"},
        {"recipe": None},
        {"damaged": -1},
    ],
)
def test_a_lying_child_is_not_believed(
    lie: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    head: dict[str, Any] = {
        "first_ms": 0,
        "last_ms": 900,
        "until_ms": 1000,
        "pictures": 10,
        "damaged": 0,
    }
    head |= {"width": 64, "height": 48, "silenced": False, "recipe": "x"}

    def pour(*_: object) -> Generator[bytes, None, Answer]:
        yield b"clip"
        return Answer(json.loads(json.dumps(head | lie)), b"", ())

    monkeypatch.setattr(jail, "pour", pour)
    with pytest.raises(JailBroken):
        made(Bytes(b"x"), 0, 1000)


def test_the_burnt_in_clock_of_a_body_camera_is_that_of_the_range(tmp_path: Path) -> None:
    start = datetime(2026, 11, 20, 9, 59, 57, tzinfo=clock.TOKYO)
    path = tmp_path / "camera.mp4"
    film(
        path,
        start=start,
        seconds=6,
        serial="B-1",
        wearer_code=None,
        scene=Scene.CROSSING,
        seed=7,
        width=640,
        height=360,
        fps=10,
    )
    content = path.read_bytes()
    told = assert_exact(content, 3000, 5000)  # 10:00:00 up to 10:00:02
    assert told.silenced
    body, _told = made(Bytes(content), 3000, 5000)

    def clock_at(film_of: bytes, at_ms: int) -> bytes:
        image = Image.open(io.BytesIO(picture(Bytes(film_of), at_ms)))
        out = io.BytesIO()
        image.crop((400, 330, 640, 360)).save(out, "PNG")
        return out.getvalue()

    assert likeness_db(clock_at(body, 0), clock_at(content, 3000)) > LIKE_DB
    assert likeness_db(clock_at(body, 1900), clock_at(content, 4900)) > LIKE_DB
    assert likeness_db(clock_at(body, 0), clock_at(content, 2900)) < LIKE_DB
    assert likeness_db(clock_at(body, 1900), clock_at(content, 5000)) < LIKE_DB


@pytest.mark.skipif(not REAL, reason="real footage is absent: clips of it are not looked at")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_footage_is_cut_exactly(path: Path) -> None:
    if path.suffix == ".gif":
        pytest.skip("no camera's footage")
    assert_exact(path.read_bytes(), 800, 2600)
