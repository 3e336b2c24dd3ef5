"""The task behind `play.blank`: black pictures, one a second, for a time without a recording."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from hokanko.media.inside.container import MEDIA_ERRORS
from hokanko.media.inside.desk import Desk
from hokanko.media.inside.fragments import Fragments, mime, without_gaps

_WIDTH, _HEIGHT = 320, 180
_MS = Fraction(1, 1000)
_STEP_MS = 1000
_RATE = 48_000
_SAMPLES = 1024
_OPTIONS = {"preset": "veryfast", "bf": "0", "g": "1"}


def blank(desk: Desk, params: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Params `length_ms`, `sound` (a silent one); head as of `part`, body: the MP4."""
    del desk
    length_ms = int(params["length_ms"])
    try:
        body = _made(length_ms, sounds=params["sound"] is True)
    except MEDIA_ERRORS:
        return {"problem": "undecodable"}, b""
    head = {"start_ms": 0, "end_ms": length_ms, "last": False, "mime": mime(body), "way": "blank"}
    return head, body


def _made(length_ms: int, *, sounds: bool) -> bytes:
    out = Fragments()
    video: VideoStream = out.container.add_stream("libx264", rate=1, options=_OPTIONS)
    video.width, video.height, video.pix_fmt = _WIDTH, _HEIGHT, "yuv420p"
    video.codec_context.time_base = _MS
    sound = out.container.add_stream("aac", rate=_RATE, layout="mono") if sounds else None
    made = without_gaps(_black(video, length_ms), length_ms * _MS)
    made += _silence(sound, length_ms) if sound else []
    for packet in sorted(made, key=lambda packet: (packet.dts or 0) * packet.time_base):
        out.container.mux(packet)
    return out.finish()


def _black(video: VideoStream, length_ms: int) -> list[Packet[Any]]:
    made: list[Packet[Any]] = []
    for at_ms in range(0, length_ms, _STEP_MS):
        frame = VideoFrame(_WIDTH, _HEIGHT, "yuv420p")
        for plane, value in zip(frame.planes, (16, 128, 128), strict=True):
            plane.update(bytes([value]) * plane.buffer_size)
        frame.pts, frame.time_base = at_ms, _MS
        made += video.encode(frame)
    return made + video.encode(None)


def _silence(sound: AudioStream, length_ms: int) -> list[Packet[Any]]:
    made: list[Packet[Any]] = []
    for at in range(0, length_ms * _RATE // 1000, _SAMPLES):
        frame = AudioFrame(format="fltp", layout="mono", samples=_SAMPLES)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate, frame.pts, frame.time_base = _RATE, at, Fraction(1, _RATE)
        made += sound.encode(frame)
    made += sound.encode(None)
    return [packet for packet in made if packet.pts is not None and packet.pts >= 0]
