"""A camera shown live: small pictures of it from a cell of its own, kept nowhere.

The address may hold the camera's password; it travels over the socket, never on a command line.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Mapping, Sequence
from typing import Any, Final

from hokanko.media import wire
from hokanko.media.child import Child, Limits, as_json

WIDEST: Final = 960  # pixels of the longer side
_TASK = "hokanko.media.inside.show:show"
_LIMITS = Limits(address_bytes=2 << 30, cpu_s=0, wall_s=20.0, lines_out=2)
_ROOM = {wire.LIVE: 4 << 20}
UNASKED_S = 30  # for so long a cell waits: whoever was to ask may hang on a line that broke
_JPEG = b"\xff\xd8\xff"


class Gone(Exception):
    """The camera is followed no more; `why` is a code as `live.Ended` has it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Showing(Child):
    """One camera, called by its `rtsp://` address (host as a number), while this is entered."""

    def __init__(
        self, url: str, *, masks: Sequence[Mapping[str, float]] = (), widest: int = WIDEST
    ) -> None:
        """With `masks` (edges in percent) no picture comes without them."""
        params = {"url": url, "masks": list(map(dict, masks)), "widest": widest}
        unasked = {socket.SO_RCVTIMEO: struct.pack("ll", UNASKED_S, 0)}
        super().__init__(_TASK, params, _LIMITS, far_end=unasked)

    def picture(self, wait_s: float) -> bytes:
        """Its newest picture (JPEG) that was not given before; none if no other came for so long.

        Raises Gone, and JailBroken.
        """
        self.renew(wait_s)
        with self.talk():
            self.tell(wire.ORDER, {"wait_s": wait_s})
            _, body = self.receive(_ROOM)
            return _parse(body)


def _parse(body: bytes) -> bytes:
    """A picture, or none. Raises Gone, Garbled."""
    if len(body) < wire.STREAM.size:
        raise wire.Garbled("odd facts")
    _, what = wire.STREAM.unpack_from(body)
    rest = body[wire.STREAM.size :]
    if what == wire.ENDED:
        said: dict[str, Any] = as_json(rest, dict)
        raise Gone(str(said.get("why", ""))[:60])
    if rest and not rest.startswith(_JPEG):
        raise wire.Garbled("odd picture")
    return rest
