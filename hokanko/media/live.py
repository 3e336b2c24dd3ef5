"""Cameras followed in a cell that has network, but no key and no file: what they send, as it comes.

The address of a camera may hold its password; it travels over the socket, never on a command line.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hokanko.media import wire
from hokanko.media.child import Child, JailBroken, Limits, as_json

MOST_CAMERAS: Final = 96
_TASK = "hokanko.media.inside.record:record"
_ROOM = {wire.LIVE: 64 << 20}
Edges = Mapping[str, float]  # left, top, right, bottom
_WAIT_S = 30.0
_STOP_S = 5.0
_AT_ONCE = 1 << 20  # a fragment goes over in one go, as far as the kernel allows
_PER_CAMERA_BYTES = 64 << 20
_BASE_BYTES = 2 << 30


@dataclass(frozen=True, slots=True)
class Begun:
    """A piece begins: what the camera says it is, and when by the machine's monotonic clock."""

    number: int
    codec: str
    width: int
    height: int
    sound: tuple[str, ...]
    at_s: float | None = None


@dataclass(frozen=True, slots=True)
class Fragment:
    """Bytes of the piece: its header, or whole fragments."""

    number: int
    body: bytes | memoryview


@dataclass(frozen=True, slots=True)
class Clocked:
    """The camera's own clock and ours at the same picture, in µs since 1970."""

    number: int
    camera_us: int
    ours_us: int


@dataclass(frozen=True, slots=True)
class Dated:
    """When the piece began, once more: cameras send at once what they held ready."""

    number: int
    at_s: float


@dataclass(frozen=True, slots=True)
class Hole:
    """Within the piece no picture came for a while; ms since it began."""

    number: int
    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True)
class PieceEnded:
    """The piece is complete; its last picture came so many ms after its first."""

    number: int
    lasted_ms: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The camera is not followed any more: `left` as ordered, or why not, as a code."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Priced:
    """What masking costs: CPU time of a picture in ms, and pictures in a second."""

    number: int
    picture_ms: float
    rate: float


Said = Begun | Fragment | Clocked | Dated | Hole | Priced | PieceEnded | Ended


class Watchroom(Child):
    """One cell and up to 96 cameras that it follows; their numbers are the caller's."""

    def __init__(self, most: int = MOST_CAMERAS) -> None:
        space = _BASE_BYTES + most * _PER_CAMERA_BYTES
        limits = Limits(address_bytes=space, cpu_s=0, wall_s=_WAIT_S, lines_out=2 * most)
        super().__init__(_TASK, {}, limits, stop_s=_STOP_S, far_end={socket.SO_SNDBUF: _AT_ONCE})

    def follow(
        self, number: int, url: str, *, sound: bool, piece_s: float, masks: Sequence[Edges] = ()
    ) -> None:
        """Begin to follow a camera by its `rtsp://` address (host as a number).

        With `masks` (edges in percent) its pictures are decoded, covered and encoded anew; the
        camera's own signature does not survive that.
        """
        order = {"url": url, "sound": sound, "piece_s": piece_s, "masks": list(map(dict, masks))}
        self._order(do="follow", number=number, **order)

    def cut(self, number: int) -> None:
        """Let its next picture that stands alone begin another piece."""
        self._order(do="cut", number=number)

    def leave(self, number: int) -> None:
        """Stop following it; `Ended` comes when it is done."""
        self._order(do="leave", number=number)

    def hear(self, timeout_s: float) -> Iterator[Said]:
        """What was said; waits `timeout_s` for the first. Raises JailBroken if the cell is gone."""
        while self.waits(timeout_s):
            self.renew()
            with self.talk():
                _, body = self.receive(_ROOM)
            yield _parse(body)
            timeout_s = 0.0

    def _order(self, **order: Any) -> None:
        self.renew()
        with self.talk():
            self.tell(wire.ORDER, order)


def _parse(body: bytes) -> Said:
    if len(body) < wire.STREAM.size:
        raise JailBroken("jail-broken", "odd facts")
    number, what = wire.STREAM.unpack_from(body)
    rest = memoryview(body)[wire.STREAM.size :]
    if what == wire.DATA_OF:
        return Fragment(number, rest)
    try:
        return _facts(number, what, as_json(bytes(rest), dict))
    except (KeyError, TypeError, ValueError, OverflowError) as odd:
        raise JailBroken("jail-broken", "odd facts") from odd


def _facts(number: int, what: bytes, said: dict[str, Any]) -> Said:
    if what == wire.BEGUN:
        size = int(said["width"]), int(said["height"])
        sound = tuple(str(each) for each in said["sound"])
        return Begun(number, str(said["codec"]), *size, sound, float(said["at_s"]))
    if what in (wire.CLOCKED, wire.DATED, wire.PRICED):
        return _measured(number, what, said)
    if what == wire.HOLE:
        return Hole(number, int(said["from_ms"]), int(said["to_ms"]))
    if what == wire.PIECE_ENDED:
        return PieceEnded(number, int(said["lasted_ms"]))
    if what == wire.ENDED:
        return Ended(number, str(said["why"])[:60])
    raise ValueError(what)


def _measured(number: int, what: bytes, said: dict[str, Any]) -> Clocked | Dated | Priced:
    if what == wire.DATED:
        return Dated(number, float(said["at_s"]))
    if what == wire.CLOCKED:
        return Clocked(number, int(said["camera_us"]), int(said["ours_us"]))
    return Priced(number, float(said["picture_ms"]), float(said["rate"]))
