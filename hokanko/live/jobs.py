"""What watching live does by itself: an end that nobody could write is written."""

from __future__ import annotations

from contextlib import suppress

from django.db import DatabaseError
from django.db.models import F

from hokanko.errors import Conflict, HokankoError
from hokanko.ledger.turn import write_turn
from hokanko.live.actions import end
from hokanko.live.queries import abandoned, still_open
from hokanko.rules.actor import machine


def close_abandoned() -> None:
    """End those not seen for `queries.ABANDONED_AFTER`, at the last moment seen. May be repeated.

    A server that stops or dies writes no ends; neither does a page that never fetched a picture.
    """
    for watch in abandoned():
        try:
            end(watch, "abandoned", at=watch.seen_at, by=machine("live", watch.camera.org_id))
        except Conflict:  # ended in this very moment
            continue


def end_all() -> None:
    """End whatever is watched, because the server stops: it waits for every answer under way."""
    with suppress(HokankoError, DatabaseError):
        watched = list(still_open())
        with write_turn():
            still_open().update(turn=F("turn") + 1)  # its pictures end, whatever can be written
        for watch in watched:
            end(watch, "server ended", by=machine("live", watch.camera.org_id))
