"""Later work of intake: looking inside new footage, and clearing broken transfers."""

from __future__ import annotations

from datetime import timedelta

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.intake.actions import note_facts
from hokanko.intake.facts import LIVE, judge
from hokanko.intake.models import Arrival
from hokanko.intake.receive import stop
from hokanko.jobs.process import is_dead
from hokanko.ledger.turn import write_turn
from hokanko.media.probe import probe
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
    with write_turn():  # the dock and a worker may have looked side by side: one of them notes it
        now = Footage.objects.select_for_update().get(pk=footage)
        if not now.facts and now.state == "held":
            note_facts(piece, seen, by=machine("intake", piece.org_id))


def clear_broken() -> int:
    """Close the transfers whose process is gone; gives how many. The sources still have all."""
    broken = dead(live=False)
    for arrival in broken:
        stop(arrival, "取込み中に中断しました。", by=machine("intake", arrival.org_id))
    return len(broken)


def dead(*, live: bool) -> list[Arrival]:
    """Transfers that nobody copies any more: live pieces, or those whose source still has all."""
    copying = Arrival.objects.filter(state="copying").select_related("org").order_by("pk")
    return [row for row in copying if (row.origin.get("via") == LIVE) == live and _dead(row)]


def _dead(arrival: Arrival) -> bool:
    return bool(is_dead(arrival.worker)) or clock.now() - arrival.begun_at > LONGEST
