"""The task behind `play.part`: one part, by the gentlest way that works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream

from hokanko.media.inside.container import MEDIA_ERRORS, Timeline, main_audio, main_video, opened
from hokanko.media.inside.desk import Desk
from hokanko.media.inside.fragments import mime
from hokanko.media.inside.piece import NothingThere, Piece, Uncopyable, Wish
from hokanko.media.inside.remux import copy
from hokanko.media.inside.transcode import transcode

_COPYABLE = ("yuv420p", "yuvj420p")
Way = Callable[[InputContainer, Timeline, AudioStream | None, Wish], Piece]


def part(desk: Desk, params: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Params `start_ms`, `length_ms`, `hold_ms`, `encode`, `sound`; body: the MP4.

    Head: `start_ms`, `end_ms`, `last`, `mime`, `way`, or `problem`: "nothing-there", "undecodable".
    """
    wish = Wish(int(params["start_ms"]), int(params["length_ms"]), int(params["hold_ms"]))
    try:
        container = opened(desk)
    except MEDIA_ERRORS:
        return {"problem": "undecodable"}, b""
    video = main_video(container)
    if video is None:
        return {"problem": "undecodable"}, b""
    line = Timeline.of(container, video)
    problem = "undecodable"
    sound = main_audio(container) if params["sound"] is True else None
    for way, audio in _ways(video, sound, params["encode"] is True):
        try:
            piece = way(container, line, audio, wish)
            return _head(piece, way.__name__), piece.body
        except NothingThere:
            problem = "nothing-there"
        except (Uncopyable, *MEDIA_ERRORS):
            continue
    return {"problem": problem}, b""


def _ways(
    video: VideoStream,
    audio: AudioStream | None,
    encode: bool,  # noqa: FBT001 one caller
) -> list[tuple[Way, AudioStream | None]]:
    """Copying before encoding, and silence before nothing."""
    codec = video.codec_context
    copyable = codec.name == "h264" and codec.pix_fmt in _COPYABLE and not encode
    ways: list[Way] = [copy, transcode] if copyable else [transcode]
    sounds = [audio, None] if audio else [None]
    return [(way, sound) for way in ways for sound in sounds]


def _head(piece: Piece, way: str) -> dict[str, Any]:
    return {
        "start_ms": piece.start_ms,
        "end_ms": piece.end_ms,
        "last": piece.last,
        "mime": mime(piece.body),
        "way": way,
    }
