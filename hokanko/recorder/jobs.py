"""Later work of the recorder: pieces whose process died, and hours that are over."""

from __future__ import annotations

import logging

from django.db import DatabaseError

from hokanko.cameras.recorded import organisations
from hokanko.errors import HokankoError
from hokanko.intake.jobs import dead
from hokanko.intake.models import Arrival
from hokanko.jobs.process import me
from hokanko.people.models import Organisation
from hokanko.recorder.actions import state_hour
from hokanko.recorder.hours import measure, owed_hours
from hokanko.recorder.reels import recover_reel
from hokanko.rules.actor import machine

log = logging.getLogger(__name__)


def recover_reels() -> int:
    """File what was kept of pieces whose process is gone; gives how many. No source has them.

    Of several processes that look at once, one takes a piece.
    """
    filed = 0
    for arrival in dead(live=True):
        before = Arrival.objects.filter(pk=arrival.pk, worker=arrival.worker, state="copying")
        if before.update(worker=me()):
            filed += _recover(arrival)
    return filed


def state_hours() -> None:
    """State every whole hour of recording that nobody has stated yet. May be repeated."""
    for org in Organisation.objects.filter(pk__in=organisations()).order_by("pk"):
        for begun in owed_hours(org):
            if measure(org, begun).cameras:  # before the first was connected there is nothing
                state_hour(org, begun, by=machine("intake", org.pk))


def _recover(arrival: Arrival) -> bool:
    """One piece; where it cannot be filed now, it is again nobody's."""
    try:
        recover_reel(arrival, by=machine("intake", arrival.org_id))
    except (HokankoError, OSError, DatabaseError) as error:
        log.warning("%s: %s", arrival.source, error)
        Arrival.objects.filter(pk=arrival.pk, worker=me()).update(worker=arrival.worker)
        return False
    return True
