"""One camera as the recorder sees it: what it last sent, and when it is tried again."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hokanko.cameras.models import Camera
from hokanko.cameras.recorded import takes_sound
from hokanko.cameras.tunnel import Tunnel
from hokanko.recorder.reels import LiveReel

FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 10.0
REFUSED_WAIT_S: Final = 60.0  # cameras lock out who tries wrong passwords often
REFUSED: Final = ("HTTPUnauthorizedError", "HTTPForbiddenError", "certificate")
OURS: Final = ("here", "rules")  # why it cannot be kept although it comes


@dataclass(slots=True)
class Post:
    """One camera; times are the machine's own (monotonic) where nothing else is said."""

    camera: Camera
    address: str
    sound: bool = False
    followed: bool = False
    wait_s: float = FIRST_WAIT_S
    try_at: float = 0.0
    heard_at: float = field(default_factory=time.monotonic)
    why: str = "no answer"
    silent: bool = False
    note_at: float = 0.0  # not before: what could not be written is tried again
    since: datetime | None = None  # by the clock: kept without a silence
    kept: datetime | None = None  # by the clock: the last bytes
    reel: LiveReel | None = None
    tunnel: Tunnel | None = None

    @classmethod
    def of(cls, camera: Camera, address: str) -> Post:
        """A camera that begins to be followed, as soon as its address is known."""
        why = "no answer" if address else "no address"
        return cls(camera, address, takes_sound(camera), why=why)

    @property
    def is_unkept(self) -> bool:
        """Whether it streams, and what it sends could not be kept here."""
        return self.followed and self.reel is None and self.why in OURS

    def is_other(self, current: Camera) -> bool:
        """Whether it is to be recorded with other masks, or with sound, or no longer so."""
        return current.masks != self.camera.masks or takes_sound(current) != self.sound

    def hear(self) -> None:
        """Something came: should it be lost now, it is tried again soon."""
        self.heard_at, self.wait_s = time.monotonic(), FIRST_WAIT_S

    def lose(self, why: str) -> None:
        """It is followed no more: tried again soon, then less often."""
        if self.tunnel and self.tunnel.refused:
            why = "certificate"
        self.followed, self.why, self.tunnel = False, why, None
        self.try_at = time.monotonic() + self.wait_s
        longest_s = REFUSED_WAIT_S if why in REFUSED else LONGEST_WAIT_S
        self.wait_s = min(longest_s, self.wait_s * 2)

    def rest(self) -> None:
        """It goes on streaming; what it sends is tried to be kept after a while."""
        self.try_at = time.monotonic() + LONGEST_WAIT_S
