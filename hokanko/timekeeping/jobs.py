"""Holding the clock against the ledger, also when there is nothing else to write."""

from __future__ import annotations

from datetime import timedelta

from hokanko import clock
from hokanko.ledger import leap
from hokanko.ledger.append import append
from hokanko.ledger.turn import write_turn
from hokanko.people.queries import HOME_THING
from hokanko.rules.actor import HOME, machine

QUIET = timedelta(hours=24)


def watch() -> None:
    """Write a line once a day where nothing else is written; a leap is written before it.

    Without it, a quiet weekend would look like a clock that leapt.
    """
    newest = leap.newest()
    if newest is None or not clock.is_real() or clock.now() - newest < QUIET:
        return
    with write_turn():
        append("clock.ticked", by=machine("clock", HOME), org=HOME, about=HOME_THING.name)
