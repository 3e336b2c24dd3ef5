"""Asking a camera for its stream once, before anybody relies on it, in the cell."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from hokanko.cameras.recorded import addressed, insist_address
from hokanko.errors import Unavailable
from hokanko.media.live import Begun, Ended, Watchroom

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


def try_stream(url: str, *, user: str = "", password: str = "") -> Tried:
    """Follow the stream until its first picture; nothing is kept.

    Raises Conflict for what is no address of one's own network.
    """
    insist_address(url)
    there = addressed(url, user, password)
    deadline = time.monotonic() + LONGEST_S
    try:
        with Watchroom(1) as room:
            room.follow(_NUMBER, there, sound=True, piece_s=LONGEST_S)
            while time.monotonic() < deadline:
                for said in room.hear(max(0.0, deadline - time.monotonic())):
                    match said:
                        case Begun():
                            return Tried(said.codec, said.width, said.height, said.sound)
                        case Ended(why=why):
                            return Tried(why=why)
    except Unavailable:
        return Tried(why="recorder")
    return Tried(why="no answer")
