"""Asking a camera for its stream once, before anybody relies on it, in the cell."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from hokanko.cameras.frames import Area
from hokanko.cameras.models import Camera
from hokanko.cameras.recorded import addressed, insist_address, stream_password
from hokanko.cameras.tunnel import led
from hokanko.errors import Unavailable
from hokanko.media.live import Begun, Edges, Ended, Priced, Watchroom

LONGEST_S: Final = 15.0  # a picture that stands alone may come only each ten seconds
_NUMBER: Final = 0


@dataclass(frozen=True, slots=True)
class Tried:
    """What a camera answered; `why` is a code where it sent nothing that can be recorded."""

    codec: str = ""
    width: int = 0
    height: int = 0
    sound: tuple[str, ...] = ()
    why: str = ""
    picture_ms: float = 0.0  # CPU time that masking one picture costs
    rate: float = 0.0  # pictures in a second

    @property
    def core_percent(self) -> int:
        """The share of one processor core that masking takes."""
        return round(self.picture_ms * self.rate / 10)


def try_stream(
    url: str,
    *,
    user: str = "",
    password: str = "",
    certificate: str = "",
    masks: Sequence[Edges] = (),
) -> Tried:
    """Follow the stream until its first picture or, with `masks`, until their price is known.

    Nothing is kept.

    Over TLS only from what shows the `certificate` (SHA-256, in hex). Raises Conflict for what is
    no address of one's own network.
    """
    insist_address(url)
    there, _tunnel = led(addressed(url, user, password), certificate)
    deadline = time.monotonic() + LONGEST_S
    try:
        with Watchroom(1) as room:
            room.follow(_NUMBER, there, sound=True, piece_s=LONGEST_S, masks=masks)
            while time.monotonic() < deadline:
                for said in room.hear(max(0.0, deadline - time.monotonic())):
                    match said:
                        case Priced(picture_ms=price, rate=rate):
                            return Tried(picture_ms=price, rate=rate)
                        case Begun() if not masks:
                            return Tried(said.codec, said.width, said.height, said.sound)
                        case Ended(why=why):
                            return Tried(why=why)
    except Unavailable:
        return Tried(why="recorder")
    return Tried(why="no answer")


def try_masks(camera: Camera, areas: Sequence[Area]) -> Tried:
    """What it costs on this machine to blacken these parts of a connected camera's pictures."""
    return try_stream(
        camera.stream_url,
        user=camera.stream_user,
        password=stream_password(camera),
        certificate=camera.stream_certificate,
        masks=[asdict(area) for area in areas],
    )
