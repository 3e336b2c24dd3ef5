"""The cell that follows cameras: their live streams in, pieces of fragmented MP4 out."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any

import av
import av.subtitles.stream  # what PyAV would load only once the cell is closed
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from hokanko.media import heap, wire
from hokanko.media.inside.calling import connected, reason
from hokanko.media.inside.desk import Desk
from hokanko.media.inside.living import G711, Living, timed
from hokanko.media.inside.pulse import Jumped
from hokanko.media.inside.veil import TooSlow, Veil

_COPIED_SOUND = {"aac", "opus", "mp3", *G711}
_CLOCK_EVERY_S = 60.0
_WAITED_S, _REST_S, _PROMPT_S = 0.002, 0.15, 0.5


@dataclass(slots=True)
class Watch:
    """One camera as the cell follows it."""

    number: int
    url: str
    sound: bool
    piece_s: float
    masks: list[dict[str, float]] = field(default_factory=list)
    begun: bool = False  # a piece of it has begun
    cut: Event = field(default_factory=Event)
    stop: Event = field(default_factory=Event)


class Speaker:
    """The one line to the world, shared by all threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._lock = desk, Lock()

    def say(self, number: int, what: bytes, body: bytes | bytearray) -> None:
        """Bytes of the camera `number`."""
        with self._lock:
            self._desk.say(wire.LIVE, wire.STREAM.pack(number, what), body)

    def tell(self, number: int, what: bytes, **facts: Any) -> None:
        """Facts about it."""
        self.say(number, what, json.dumps(facts).encode())


def record(desk: Desk, _: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Follow the cameras that orders name until the line is closed: a task with network."""
    speaker, watched = Speaker(desk), dict[int, Watch]()
    while (order := desk.await_order()) is not None:
        number = order["number"]
        if order["do"] == "follow":
            masks = order.get("masks", [])
            watch = Watch(number, order["url"], order["sound"], order["piece_s"], masks)
            watched[number] = watch
            Thread(target=_follow, args=(watch, speaker), daemon=True).start()
        elif number in watched:
            {"cut": watched[number].cut, "leave": watched[number].stop}[order["do"]].set()
    return {}, b""


def _follow(watch: Watch, speaker: Speaker) -> None:
    """Its pictures alone, unless sound is wanted.

    Some servers play nothing until all that they have is asked for: then the sound is dropped here.
    """
    why = ""
    for kinds in ("video+audio",) if watch.sound else ("video", "video+audio"):
        why = _followed(watch, speaker, kinds)
        if why != TimeoutError.__name__ or watch.begun:
            break
    speaker.tell(watch.number, wire.ENDED, why=why)


def _followed(watch: Watch, speaker: Speaker, kinds: str) -> str:
    """Follow it once; says how that ended."""
    try:
        with connected(watch.url, kinds) as source:
            return _copy(source, watch, speaker)
    except (av.FFmpegError, OSError, ValueError, IndexError) as error:
        return reason(error)


def _copy(source: InputContainer, watch: Watch, speaker: Speaker) -> str:
    """Piece after piece, until it is left or the camera hangs up; says which of both."""
    video = source.streams.video[0]
    heard = source.streams.audio if watch.sound else ()
    sound = [s for s in heard if s.codec_context.name in _COPIED_SOUND]
    veil = _veil(watch, speaker, video)
    lead = veil.stream if veil else video
    pieces = _Pieces(watch, speaker, [lead, *sound[:1]])
    clock_told = 0.0
    try:
        packets = timed(source.demux([video, *sound[:1]]))
        asked = time.monotonic()
        for packet in veil.over(packets) if veil else packets:
            is_newest = time.monotonic() - asked > _WAITED_S
            if watch.stop.is_set():
                return "left"
            is_due = is_newest and time.monotonic() - clock_told > _CLOCK_EVERY_S
            if is_due and packet.stream is lead:
                clock_told = _tell_clock(source, packet, watch, speaker)
            pieces.add(packet)
            # who waits for each packet wakes up for each: let the next ones gather in the kernel
            if is_newest and pieces.is_prompt and veil is None:
                time.sleep(_REST_S)
            asked = time.monotonic()
    except Jumped:
        pieces.undate()
        return "jumped"
    except TooSlow:
        return "mask too slow"
    finally:
        pieces.end()
    return "hung up"


def _veil(watch: Watch, speaker: Speaker, video: VideoStream) -> Veil | None:
    """What covers parts of the pictures, where that was asked for."""

    def told(picture_ms: float, rate: float) -> None:
        speaker.tell(watch.number, wire.PRICED, picture_ms=picture_ms, rate=rate)

    return Veil(video, watch.masks, told) if watch.masks else None


class _Pieces:
    """The MP4s of one connection, one after the other."""

    def __init__(self, watch: Watch, speaker: Speaker, streams: list[Stream]) -> None:
        self.streams = streams
        self._watch, self._speaker = watch, speaker
        self._piece: Living | None = None
        self._dated = False

    def add(self, packet: Packet[Any]) -> None:
        """A packet; only with a picture that stands alone does a piece begin."""
        if packet.stream is self.streams[0] and packet.is_keyframe and self._is_over():
            if self._piece:
                self._piece.stand()
            self.end()
            self._begin()
        if self._piece is None:
            return
        if hole := self._piece.add(packet):
            from_ms, to_ms = (round(at_s * 1000) for at_s in hole)
            self._speaker.tell(self._watch.number, wire.HOLE, from_ms=from_ms, to_ms=to_ms)
        if not self._dated and self._piece.is_dated:
            self._date()

    @property
    def is_prompt(self) -> bool:
        """Whether the pictures come as they are filmed."""
        return self._piece is not None and self._piece.pulse.late_s < _PROMPT_S

    def end(self) -> None:
        """Close the piece that is open."""
        if self._piece:
            self._piece.end()
            if not self._dated:
                self._date()
            lasted_ms = round(self._piece.pulse.heard_s * 1000)
            self._piece = None
            self._speaker.tell(self._watch.number, wire.PIECE_ENDED, lasted_ms=lasted_ms)
            heap.give_back()

    def undate(self) -> None:
        """What seemed held ready was a clock that runs wrong: it began when it came."""
        if self._piece:
            self._piece.pulse.take_back()
            self._dated = False

    def _date(self) -> None:
        """Say when its first picture was filmed, now that it is known."""
        assert self._piece is not None
        self._dated = True
        self._speaker.tell(self._watch.number, wire.DATED, at_s=self._piece.began_at_s)

    def _is_over(self) -> bool:
        piece = self._piece
        return piece is None or self._watch.cut.is_set() or piece.lasted_s >= self._watch.piece_s

    def _begin(self) -> None:
        self._watch.cut.clear()
        self._watch.begun, self._dated = True, False
        number, context = self._watch.number, self.streams[0].codec_context
        assert isinstance(context, VideoCodecContext)
        self._speaker.tell(
            number,
            wire.BEGUN,
            codec=context.codec.canonical_name,
            width=context.width,
            height=context.height,
            sound=[stream.codec_context.name for stream in self.streams[1:]],
            at_s=time.monotonic(),
        )
        self._piece = Living(
            self.streams, lambda body: self._speaker.say(number, wire.DATA_OF, body)
        )


def _tell_clock(
    source: InputContainer, packet: Packet[Any], watch: Watch, speaker: Speaker
) -> float:
    """What the camera's own clock says of this packet (RTCP sender report, RFC 3550 §6.4.1)."""
    start = source.start_time_realtime
    if start is None or packet.pts is None:
        return 0.0  # not said yet: ask again at the next packet
    camera_us = start + int(packet.pts * packet.time_base * 1_000_000)
    speaker.tell(watch.number, wire.CLOCKED, camera_us=camera_us, ours_us=time.time_ns() // 1000)
    return time.monotonic()
