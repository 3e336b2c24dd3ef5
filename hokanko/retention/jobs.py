"""The night's sweep, which may come at any hour and any number of times."""

from __future__ import annotations

from hokanko.retention.erase import erase_due
from hokanko.rules.actor import HOME, machine


def sweep() -> None:
    """End every day that is over, and finish what a crash left half done."""
    erase_due(by=machine("sweep", HOME, via="schedule"))
