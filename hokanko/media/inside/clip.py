"""The task behind `clip`: the pictures of exactly one range, encoded anew and poured out."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange
from av.video.stream import VideoStream

from hokanko.media.inside.container import (
    MEDIA_ERRORS,
    Pictures,
    Shown,
    Timeline,
    main_audio,
    main_video,
    opened,
    packets,
)
from hokanko.media.inside.desk import Desk
from hokanko.media.inside.masking import Cover
from hokanko.media.inside.upright import Upright

_MS = Fraction(1, 1000)
_TOLD_EVERY_MS = 2000
# Each fragment is complete in itself: nothing has to be gone back to, so the file can be poured.
FLAGS = "+frag_keyframe+empty_moov+default_base_moof"
# One recipe for all: the same footage, range and libraries give the same bytes.
_OPTIONS = {
    "preset": "veryfast",
    "crf": "17",
    "bf": "0",  # so that decoding time is showing time, and the first picture is shown at 0
    "flags": "+cgop",
    "threads": "2",  # x264's pictures depend on it
}


def clip(desk: Desk, params: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Params `start_ms`, `end_ms` and, as media.mask has them, `masks`; pours the MP4.

    Head: `first_ms`, `last_ms`, `until_ms`, `pictures`, `width`, `height`, `damaged`, `silenced`,
    `recipe`, or `problem`: "nothing-there", "undecodable".
    """
    try:
        container = opened(desk)
        video = main_video(container)
    except MEDIA_ERRORS:
        return {"problem": "undecodable"}, b""
    if video is None:
        return {"problem": "undecodable"}, b""
    line = Timeline.of(container, video)
    masks = params.get("masks", [])
    cut = _Cut(desk, line, int(params["start_ms"]), int(params["end_ms"]), masks)
    pictures = Pictures(container, line)
    seen = _walk(container, pictures, cut)
    if cut.pictures == 0:
        return {"problem": "nothing-there" if seen else "undecodable"}, b""
    cut.finish()
    head = cut.head() | {
        "damaged": pictures.damaged,
        "silenced": main_audio(container) is not None,
        "recipe": recipe(len(masks)),
    }
    return head, b""


def recipe(masks: int) -> str:
    """What makes the bytes what they are, beside the footage, the range and the masks."""
    drawn = "drawbox color=black t=fill; " if masks else ""
    said = " ".join(f"{name}={value}" for name, value in _OPTIONS.items())
    libraries = " ".join(
        f"{name} {'.'.join(map(str, av.library_versions[name]))}"
        for name in ("libavcodec", "libavformat", "libavfilter")
    )
    return (
        f"{drawn}libx264 {said} yuv420p; MP4 {FLAGS}; no sound; PyAV {av.__version__}, {libraries}"
    )


def _walk(container: InputContainer, pictures: Pictures, cut: _Cut) -> bool:
    """Show the cut every picture until its end; whether any could be decoded at all."""
    cut.line.seek(container, cut.start_ms)
    source = packets(container, cut.line.stream)
    seen = False
    for packet in chain(pictures.skip(cut.start_ms, source), source):
        for shown in pictures.of(packet):
            seen = True
            cut.show(shown)
        if cut.over:
            break
    return seen


def _dress(target: VideoCodecContext, source: VideoCodecContext, picture: VideoFrame) -> None:
    """How pixels and colours are to be shown: as the footage says it, for no value is changed."""
    shape = source.sample_aspect_ratio
    if shape:
        target.sample_aspect_ratio = 1 / shape if picture.rotation % 180 else shape
    full = picture.format.name.startswith("yuvj") or picture.color_range == ColorRange.JPEG
    if not picture.format.is_rgb:
        target.color_range = ColorRange.JPEG if full else ColorRange.MPEG
        target.colorspace = source.colorspace
        target.color_primaries = source.color_primaries
        target.color_trc = source.color_trc


class Sink(io.RawIOBase):
    """A file that cannot be gone back in: what is written is handed out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def write(self, piece: Any) -> int:
        data = bytes(piece)
        self._desk.pour(data)
        return len(data)

    def writable(self) -> bool:
        return True


class _Cut:
    """The pictures shown in [start_ms, end_ms), encoded one after the other.

    The clip's time begins with its first picture and runs in the footage's own time base.
    """

    def __init__(
        self,
        desk: Desk,
        line: Timeline,
        start_ms: int,
        end_ms: int,
        masks: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.line, self.start_ms, self.end_ms = line, start_ms, end_ms
        self.pictures = 0
        self.over = False
        self._desk = desk
        self._upright = Upright(line.stream, "yuv420p", even=True)
        self._cover = Cover(line.stream, masks, float(1000 / line.rate))
        self._out: Any = None
        self._target: VideoStream | None = None
        self._held: Packet[Any] | None = None
        self._base = _MS
        self._zero = self._newest = 0
        self._first_ms = self._last_ms = self._told_ms = 0
        self._until_ms = end_ms
        self._size = (0, 0)

    def show(self, shown: Shown) -> None:
        """Encode one picture, if it lies in the range; the first one after it ends the clip."""
        if shown.at_ms < self.start_ms or self.over:
            return
        if shown.at_ms >= self.end_ms:
            self.over = True
            return
        counted, moment = self._counted(shown)
        if self._target is not None and moment <= self._newest:
            return  # two pictures at one moment, or a clock that runs backwards
        try:
            frame = self._cover.over(self._upright.turn(shown.frame), shown.at_ms)
        except MEDIA_ERRORS:
            return
        if self._target is None:
            self._base, self._zero, self._first_ms = counted, moment, shown.at_ms
            self._target = self._begin(frame, shown.frame)
        self._newest, self._last_ms = moment, shown.at_ms
        frame.pts, frame.time_base = moment - self._zero, self._base
        frame.pict_type = 0
        self.pictures += 1
        self._keep(self._target.encode(frame))
        self._tell(shown.at_ms)

    def finish(self) -> None:
        """Write what is left. The last picture stands until the next one came, or the range ends.

        Where the footage ends first, it stands for as long as one picture does.
        """
        assert self._target is not None
        self._keep(self._target.encode(None))
        if not self.over:
            usual = self._last_ms + max(1, int(1000 / self.line.rate))
            self._until_ms = min(self.end_ms, usual)
        if self._held is not None:
            length = Fraction(self._until_ms - self._last_ms, 1000) / self._base
            self._held.duration = max(1, int(length))
            self._out.mux(self._held)
        self._out.close()

    def head(self) -> dict[str, Any]:
        """What was made, on the footage's own time."""
        return {
            "first_ms": self._first_ms,
            "last_ms": self._last_ms,
            "until_ms": self._until_ms,
            "pictures": self.pictures,
            "width": self._size[0],
            "height": self._size[1],
        }

    def _counted(self, shown: Shown) -> tuple[Fraction, int]:
        """The picture's moment in the footage's own ticks, or in milliseconds where it has none."""
        frame = shown.frame
        exact = self.line.has_clock and frame.pts is not None and bool(frame.time_base)
        if self._target is None:
            base = Fraction(frame.time_base) if exact and frame.time_base else _MS
        else:
            base = self._base
        if exact and base == frame.time_base:
            return base, int(frame.pts or 0)
        return base, int(shown.at_ms * _MS / base)

    def _begin(self, frame: VideoFrame, source: VideoFrame) -> VideoStream:
        self._out = av.open(Sink(self._desk), "w", format="mp4", options={"movflags": FLAGS})
        options: dict[str, Any] = {"rate": self.line.rate, "options": _OPTIONS}
        target: VideoStream = self._out.add_stream("libx264", **options)
        target.width, target.height, target.pix_fmt = frame.width, frame.height, "yuv420p"
        target.codec_context.time_base = self._base
        target.codec_context.gop_size = int(self.line.rate * 2)
        _dress(target.codec_context, self.line.stream.codec_context, source)
        self._size = (frame.width, frame.height)
        return target

    def _keep(self, made: list[Packet[Any]]) -> None:
        """Write all but the newest packet, whose length the next one tells."""
        for packet in made:
            if self._held is not None:
                self._held.duration = max(1, (packet.pts or 0) - (self._held.pts or 0))
                self._out.mux(self._held)
            self._held = packet

    def _tell(self, at_ms: int) -> None:
        if at_ms - self._told_ms >= _TOLD_EVERY_MS:
            self._told_ms = at_ms
            self._desk.tell_so_far({"at_ms": at_ms})
