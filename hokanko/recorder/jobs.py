"""Later work of the recorder: pieces whose process died, and hours that are over."""

from __future__ import annotations

from hokanko.cameras.recorded import organisations
from hokanko.intake.jobs import dead
from hokanko.people.models import Organisation
from hokanko.recorder.actions import state_hour
from hokanko.recorder.hours import measure, owed_hours
from hokanko.recorder.reels import recover_reel
from hokanko.rules.actor import machine


def recover_reels() -> int:
    """File what was kept of pieces whose process is gone; gives how many. No source has them."""
    broken = dead(live=True)
    for arrival in broken:
        recover_reel(arrival, by=machine("intake", arrival.org_id))
    return len(broken)


def state_hours() -> None:
    """State every whole hour of recording that nobody has stated yet. May be repeated."""
    for org in Organisation.objects.filter(pk__in=organisations()).order_by("pk"):
        for begun in owed_hours(org):
            if measure(org, begun).cameras:  # before the first was connected there is nothing
                state_hour(org, begun, by=machine("intake", org.pk))
