"""What watching live does by itself: an end that nobody could write is written."""

from __future__ import annotations

import logging
from contextlib import suppress

from django.db import DatabaseError
from django.db.models import F

from hokanko.errors import HokankoError
from hokanko.ledger.turn import write_turn
from hokanko.live.actions import end
from hokanko.live.queries import abandoned, still_open
from hokanko.rules.actor import machine

log = logging.getLogger(__name__)


def close_abandoned() -> None:
    """End those not seen for `queries.ABANDONED_AFTER`, at the last moment seen. May be repeated.

    A server that stops or dies writes no ends; neither does a page that never fetched a picture.
    """
    for watch in abandoned():
        try:
            end(watch, "abandoned", at=watch.seen_at, by=machine("live", watch.camera.org_id))
        except HokankoError as error:  # ended in this very moment; or no rulebook in force there
            log.warning("%s: %s", watch.camera.org_id, error)


def end_all() -> None:
    """End whatever is watched, because the server stops: it waits for every answer under way."""
    with suppress(HokankoError, DatabaseError):
        watched = list(still_open())
        with write_turn():
            still_open().update(turn=F("turn") + 1)  # its pictures end, whatever can be written
        for watch in watched:
            end(watch, "server ended", by=machine("live", watch.camera.org_id))
