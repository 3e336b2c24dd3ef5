"""The simulated body-worn camera: films a street and lays the clips out as a real card does."""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream

from hokanko.rehearsal.lettering import dice
from hokanko.rehearsal.looks import Scene
from hokanko.rehearsal.overlay import CARD_SECONDS, hold_card
from hokanko.rehearsal.sensor import Sensor
from hokanko.rehearsal.street import Street

MAKE, MODEL = "Hokanko", "Rehearsal BWC"
BITS_PER_SECOND = 2_000_000
SOUND_HZ = 16_000
_HUSH_HZ = 2_000  # noise made this slowly and then stretched is a distant road, not a hiss


@dataclass(frozen=True, slots=True)
class Shift:
    """One clip to film: when (aware), for how long, who wears the camera, where."""

    start: datetime
    seconds: float
    wearer_code: str | None
    scene: Scene
    seed: int


def film(
    path: Path,
    *,
    start: datetime,
    seconds: float,
    serial: str,
    wearer_code: str | None,
    scene: Scene,
    seed: int,
    width: int = 1280,
    height: int = 720,
    fps: int = 15,
) -> None:
    """Write one MP4 (H.264, quiet AAC, moov in front), the same bytes for the same arguments.

    `start` is aware; `width` and `height` are even pixels. In the first seconds the wearer holds
    up a card whose QR code says `wearer_code` (ASCII), or nothing where it is None. Raises
    ValueError for a naive start, odd sizes or no frames.
    """
    count = round(seconds * fps)
    if start.tzinfo is None or width % 2 or height % 2 or count < 1:
        raise ValueError("film: aware start, even size and at least one frame")
    with av.open(
        str(path), "w", format="mp4", options={"movflags": "faststart+use_metadata_tags"}
    ) as out:
        out.metadata.update(_labels(start, serial))
        video, sound = _video(out, width, height, fps), _sound(out)
        street = Street(scene, seed, (width * 3 // 4, height * 3 // 4))
        sensor = Sensor(street.look, seed, (width, height))
        for i in range(count):
            t = i / fps
            drawn = street.frame(t)
            if wearer_code is not None and t < CARD_SECONDS:
                hold_card(drawn, wearer_code, t, street.look.card_light)
            frame = sensor.expose(drawn, t, start + timedelta(seconds=t), serial)
            frame.pts, frame.time_base = i, Fraction(1, fps)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        _murmur(out, sound, count / fps, seed)


def load(card: Path, *, serial: str, shifts: Sequence[Shift]) -> list[Path]:
    """Film every shift onto a card (`DCIM/100HKNKO/MOV_0001.MP4` …) and return the clips in order.

    A file's time is the end of its clip, as a camera leaves it that closes the file then.
    """
    folder = card / "DCIM" / "100HKNKO"
    folder.mkdir(parents=True, exist_ok=True)
    clips = []
    for number, shift in enumerate(shifts, start=1):
        path = folder / f"MOV_{number:04}.MP4"
        film(
            path,
            start=shift.start,
            seconds=shift.seconds,
            serial=serial,
            wearer_code=shift.wearer_code,
            scene=shift.scene,
            seed=shift.seed,
        )
        closed = (shift.start + timedelta(seconds=shift.seconds)).timestamp()
        os.utime(path, (closed, closed))
        clips.append(path)
    return clips


def _labels(start: datetime, serial: str) -> dict[str, str]:
    return {
        "creation_time": start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "make": MAKE,
        "model": MODEL,
        "serial": serial,
    }


def _video(out: OutputContainer, width: int, height: int, fps: int) -> VideoStream:
    stream = out.add_stream("libx264", rate=fps)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.bit_rate = BITS_PER_SECOND * width * height // (1280 * 720)
    stream.gop_size = 2 * fps
    stream.codec_context.thread_count = 2  # a fixed number: the bytes depend on it
    stream.options = {
        "preset": "veryfast",
        "x264-params": "bframes=0:ref=1:subme=1:rc-lookahead=8:weightp=0",  # as small cameras do
        "maxrate": str(stream.bit_rate * 5 // 4),
        "bufsize": str(stream.bit_rate * 2),
    }
    return stream


def _sound(out: OutputContainer) -> AudioStream:
    stream = out.add_stream("aac", rate=SOUND_HZ, layout="mono")
    stream.bit_rate = 32_000
    return stream


def _murmur(out: OutputContainer, stream: AudioStream, seconds: float, seed: int) -> None:
    """A far-off road: slow noise that swells and fades."""
    chance = dice("murmur", seed)
    noise = array("h", chance.randbytes(2 * round(seconds * _HUSH_HZ)))
    level = 0.02
    for i, value in enumerate(noise):
        level += (0.012 + 0.03 * ((i // 5000) % 3 == 1) - level) / 4000
        noise[i] = round(value * level)
    slow = av.AudioFrame(format="s16", layout="mono", samples=len(noise))
    slow.planes[0].update(noise.tobytes().ljust(slow.planes[0].buffer_size, b"\0"))
    slow.sample_rate, slow.pts = _HUSH_HZ, 0
    stretch = av.AudioResampler(format="fltp", layout="mono", rate=SOUND_HZ)
    for frame in [*stretch.resample(slow), *stretch.resample(None)]:
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))
