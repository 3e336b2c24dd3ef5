"""Verbs of the clock: confirming it after a leap, and going on after lines dated by a wrong one."""

from __future__ import annotations

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.jobs.queue import hasten, put_off
from hokanko.ledger import leap
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("clock.confirm")
def confirm(org: Organisation, *, by: Actor) -> None:
    """Say for the home, from one of its units, that the clock is right: days end again."""
    permit = require(by, "clock.confirm", thing_of_org(org))
    found = leap.standing(clock.now())
    if found is None:
        raise Conflict(
            "時計は飛んでいません。確かめることはありません。",
            "The clock has not leapt: there is nothing to confirm.",
        )
    permit.write("clock.confirmed", facts=found.facts)
    put_off("retention.sweep")


@verb("clock.correct")
def correct(org: Organisation, reason: str, *, by: Actor) -> None:
    """Let lines be written again though earlier ones bear later dates, which a wrong clock gave.

    Nothing is undone by it: the lines stay as they are, and what was erased stays erased.
    """
    permit = require(by, "clock.correct", thing_of_org(org))
    now, newest = clock.now(), leap.newest()
    if newest is None or leap.behind(now) is None:
        raise Conflict(
            "時計は、台帳の最後の記載より前を指していません。正すことはありません。",
            "The clock does not stand before the newest line: there is nothing to correct.",
            mend_ja="時計が誤っているときは、先にこのコンピューターの日時を合わせてください。",
            mend_en="If the clock is wrong, first set this computer's date and time.",
        )
    if not reason.strip():
        raise Conflict("理由を書いてください。", "Give the reason.")
    facts = {"newest": clock.iso(newest), "now": clock.iso(now)}
    permit.write("clock.corrected", facts=facts, private={"reason": reason})
    hasten()
