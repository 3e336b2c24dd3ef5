"""Whether recorders still write what they hear, by a stopwatch of one's own: wall clocks leap."""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from uuid import UUID

from hokanko.cameras.models import Hearing


class Beats:
    """Remembers of each camera what its recorder wrote last, and since when that stands there.

    Who begins to look gives every recorder the same time to write anew.
    """

    def __init__(self) -> None:
        self._last: dict[UUID, tuple[datetime, float]] = {}

    def is_beating(self, heard: Hearing) -> bool:
        """Whether what stands there changed lately, whatever the system's clock says."""
        now = monotonic()
        written, since = self._last.get(heard.camera_id, (None, now))
        if written != heard.seen_at:
            since = now
        self._last[heard.camera_id] = (heard.seen_at, since)
        return now - since < heard.LATELY.total_seconds()
