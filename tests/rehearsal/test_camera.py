"""The simulated camera makes real files that say when, by what and by whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageStat

from hokanko.clock import TOKYO
from hokanko.rehearsal import camera
from hokanko.rehearsal.looks import Scene

START = datetime(2026, 11, 20, 22, 14, 7, tzinfo=TOKYO)
CODE = "HKN1:P-0031:7QX4M2"


def shoot(
    path: Path,
    *,
    start: datetime = START,
    seconds: float = 1.0,
    code: str | None = None,
    scene: Scene = Scene.SHOPPING,
    seed: int = 1,
    width: int = 320,
    height: int = 180,
) -> Path:
    camera.film(
        path,
        start=start,
        seconds=seconds,
        serial="BWC-0417",
        wearer_code=code,
        scene=scene,
        seed=seed,
        width=width,
        height=height,
    )
    return path


def as_picture(frame: av.VideoFrame) -> Image.Image:
    plane = frame.reformat(format="rgb24").planes[0]
    size = (frame.width, frame.height)
    return Image.frombytes("RGB", size, bytes(plane), "raw", "RGB", plane.line_size, 1)


def readings(path: Path) -> list[str]:
    with av.open(str(path)) as clip:
        pictures = [as_picture(frame) for frame in clip.decode(video=0)]
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]


def test_a_clip_is_h264_of_the_asked_length_and_size(tmp_path: Path) -> None:
    with av.open(str(shoot(tmp_path / "clip.mp4", seconds=2.4))) as clip:
        video = clip.streams.video[0]
        frames = list(clip.decode(video=0))
    assert video.codec_context.name == "h264"
    assert (video.width, video.height, video.pix_fmt) == (320, 180, "yuv420p")
    assert len(frames) == 36
    assert [i for i, frame in enumerate(frames) if frame.key_frame] == [0, 30]
    assert frames[-1].time == pytest.approx(35 / 15)


def test_a_clip_says_when_it_began_and_what_filmed_it(tmp_path: Path) -> None:
    with av.open(str(shoot(tmp_path / "clip.mp4"))) as clip:
        said = clip.metadata
    assert datetime.fromisoformat(said["creation_time"]) == START.astimezone(UTC)
    assert (said["make"], said["model"]) == ("Hokanko", "Rehearsal BWC")
    assert said["serial"] == "BWC-0417"


def test_a_clip_has_its_index_in_front_and_a_murmur(tmp_path: Path) -> None:
    path = shoot(tmp_path / "clip.mp4")
    content = path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(path)) as clip:
        loudest = max(
            max(abs(v) for v in memoryview(frame.planes[0]).cast("B").cast("f"))
            for frame in clip.decode(audio=0)
        )
    assert 0 < loudest < 0.2


@pytest.mark.parametrize("scene", list(Scene))
def test_the_wearers_code_is_readable_in_several_frames(tmp_path: Path, scene: Scene) -> None:
    path = shoot(tmp_path / "clip.mp4", code=CODE, scene=scene, width=640, height=360)
    found = readings(path)
    assert set(found) == {CODE}
    assert len(found) >= 5


def test_without_a_wearer_no_card_is_held_up(tmp_path: Path) -> None:
    assert readings(shoot(tmp_path / "clip.mp4", width=640, height=360)) == []


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first = shoot(tmp_path / "a.mp4", code=CODE).read_bytes()
    assert shoot(tmp_path / "b.mp4", code=CODE).read_bytes() == first
    assert shoot(tmp_path / "c.mp4", code=CODE, seed=2).read_bytes() != first


def test_the_burnt_in_clock_ticks(tmp_path: Path) -> None:
    """Two clips that differ in nothing but the time differ at the clock and hardly elsewhere."""
    pictures = []
    for name, start in (("a.mp4", START), ("b.mp4", START + timedelta(hours=5, seconds=31))):
        path = shoot(tmp_path / name, start=start, seconds=0.2, width=640, height=360)
        with av.open(str(path)) as clip:
            pictures.append(as_picture(next(iter(clip.decode(video=0)))))
    change = ImageChops.difference(*pictures).convert("L")
    corner = ImageStat.Stat(change.crop((400, 320, 640, 360))).mean[0]
    assert corner > 3
    assert ImageStat.Stat(change.crop((0, 0, 640, 300))).mean[0] < corner / 4


def test_a_card_is_laid_out_as_a_camera_does(tmp_path: Path) -> None:
    shifts = [
        camera.Shift(START + timedelta(minutes=i), 0.4, None, scene, i)
        for i, scene in enumerate((Scene.RESIDENTIAL, Scene.CROSSING))
    ]
    clips = camera.load(tmp_path, serial="BWC-0417", shifts=shifts)
    names = [str(path.relative_to(tmp_path)) for path in clips]
    assert names == ["DCIM/100HKNKO/MOV_0001.MP4", "DCIM/100HKNKO/MOV_0002.MP4"]
    for path, shift in zip(clips, shifts, strict=True):
        assert path.stat().st_mtime == pytest.approx(shift.start.timestamp() + 0.4)


def test_a_naive_start_an_odd_size_or_no_time_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    for wrong in ({"start": START.replace(tzinfo=None)}, {"width": 321}, {"seconds": 0.0}):
        with pytest.raises(ValueError, match="film"):
            shoot(path, **wrong)
    assert not path.exists()
