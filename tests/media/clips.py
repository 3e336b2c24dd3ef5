"""Small clips made on the spot, and a source that serves them from memory."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.container import InputContainer
from av.video.frame import VideoFrame
from PIL import Image

RATE = 10


class Bytes:
    """A source in memory that counts what is asked of it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.size = len(content)
        self.asked = 0

    def read_at(self, offset: int, length: int) -> bytes:
        self.asked += length
        return self.content[offset : offset + length]


def clip(
    container: str = "mp4",
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    *,
    frames: int = 20,
    size: tuple[int, int] = (64, 48),
    sound: str = "",
    sound_from: int = 0,
    tags: Mapping[str, str] | None = None,
    images: Sequence[VideoFrame] = (),
    options: Mapping[str, str] | None = None,
) -> bytes:
    """`frames` frames at 10 a second, each brighter than the last; a key frame every second.

    Silence, if sound is asked for, begins with the frame `sound_from`. The same asking gives the
    same bytes: on a crowded machine the encoder, asked again, now and then makes others.
    """
    told, chosen = tuple((tags or {}).items()), tuple((options or {}).items())
    heard = (sound, sound_from)
    return _encoded(container, codec, pix_fmt, frames, size, heard, told, tuple(images), chosen)


Pairs = tuple[tuple[str, str], ...]


@cache
def _encoded(
    container: str,
    codec: str,
    pix_fmt: str,
    frames: int,
    size: tuple[int, int],
    heard: tuple[str, int],
    tags: Pairs,
    images: tuple[VideoFrame, ...],
    options: Pairs,
) -> bytes:
    sound, sound_from = heard
    sink = io.BytesIO()
    with av.open(sink, "w", format=container) as out:
        out.metadata.update(tags)
        video: Any = out.add_stream(codec, rate=RATE, options=dict(options))
        video.width, video.height = (images[0].width, images[0].height) if images else size
        video.pix_fmt = pix_fmt
        video.codec_context.gop_size = RATE
        audio: Any = out.add_stream(sound, rate=8000, layout="mono") if sound else None
        for number in range(frames):
            picture = images[number % len(images)] if images else _plain(size, number)
            frame = picture.reformat(format=pix_fmt)
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            out.mux(video.encode(frame))
            if audio is not None and number >= sound_from:
                out.mux(audio.encode(_silence(number)))
        out.mux(video.encode(None))
        if audio is not None:
            out.mux(audio.encode(None))
    return sink.getvalue()


def brightness(number: int) -> int:
    """Of frame `number` of a plain clip, 0…255."""
    return 30 + number * 9 % 220


def opened(content: bytes) -> InputContainer:
    """A clip, to look into without a jail."""
    return av.open(io.BytesIO(content), "r")


def gray(rows: bytes, width: int, height: int) -> VideoFrame:
    """A frame out of bytes, one for each pixel."""
    colours = Image.frombytes("L", (width, height), rows).convert("RGBA").tobytes()
    return VideoFrame.from_bytes(colours, width, height, format="rgba")


def _plain(size: tuple[int, int], number: int) -> VideoFrame:
    width, height = size
    return gray(bytes([brightness(number)]) * (width * height), width, height)


def _silence(number: int) -> AudioFrame:
    frame = AudioFrame(format="s16", layout="mono", samples=800)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.sample_rate = 8000
    frame.pts, frame.time_base = number * 800, Fraction(1, 8000)
    return frame


def shown(content: bytes) -> list[Image.Image]:
    """The pictures of a clip in grey."""
    images = []
    with opened(content) as container:
        for frame in container.decode(video=0):
            plane = frame.reformat(format="gray").planes[0]
            padded = Image.frombytes("L", (plane.line_size, plane.height), bytes(plane))
            images.append(padded.crop((0, 0, frame.width, frame.height)))
    return images


def brightest(image: Image.Image, edges: tuple[int, int, int, int]) -> int:
    """The brightest pixel of a part: left, top, right, bottom."""
    return max(image.crop(edges).tobytes())
