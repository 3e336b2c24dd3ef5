"""Later work of intake: looking inside new footage, and clearing transfers, stating hours."""

from __future__ import annotations

from datetime import timedelta

from hokanko import clock
from hokanko.cameras.recorded import organisations
from hokanko.footage.models import Footage
from hokanko.intake.actions import note_facts
from hokanko.intake.facts import LIVE, judge
from hokanko.intake.hours import measure, owed_hours
from hokanko.intake.models import Arrival
from hokanko.intake.receive import stop
from hokanko.intake.reels import recover_reel
from hokanko.intake.silence import state_hour
from hokanko.jobs.process import is_dead
from hokanko.media.probe import probe
from hokanko.people.models import Organisation
from hokanko.rules.actor import machine
from hokanko.vault import cabinet
from hokanko.vault.look import Look

LONGEST = timedelta(days=1)  # no transfer lasts longer; its machine may be one we cannot ask


def examine(footage: str) -> None:
    """Look inside a piece of footage, in a jail, and note what was found. May be repeated."""
    piece = Footage.objects.select_related("org", "camera__holder").get(pk=footage)
    if piece.facts or piece.state != "held":
        return
    with cabinet.opened(cabinet.original(footage)) as reader:
        seen = judge(piece, probe(Look(reader), name=piece.source))
    note_facts(piece, seen, by=machine("intake", piece.org_id))


def clear_broken() -> int:
    """Close the transfers whose process is gone; gives how many. The sources still have all."""
    broken = [a for a in Arrival.objects.filter(state="copying").select_related("org") if _dead(a)]
    for arrival in broken:
        by = machine("intake", arrival.org_id)
        if arrival.origin.get("via") == LIVE:  # no source has it any more: what was kept counts
            recover_reel(arrival, by=by)
        else:
            stop(arrival, "取込み中に中断しました。", by=by)
    return len(broken)


def state_hours() -> None:
    """State every whole hour of recording that nobody has stated yet. May be repeated."""
    for org in Organisation.objects.filter(pk__in=organisations()).order_by("pk"):
        for begun in owed_hours(org):
            if measure(org, begun).cameras:  # before the first was connected there is nothing
                state_hour(org, begun, by=machine("intake", org.pk))


def _dead(arrival: Arrival) -> bool:
    return bool(is_dead(arrival.worker)) or clock.now() - arrival.begun_at > LONGEST
