"""The night's sweep, which may come at any hour and any number of times; the week's proof."""

from __future__ import annotations

import logging

from hokanko.errors import Unavailable
from hokanko.retention.erase import erase_due
from hokanko.retention.proved import due
from hokanko.retention.proving import prove
from hokanko.rules.actor import HOME, machine

log = logging.getLogger(__name__)


def sweep() -> None:
    """End every day that is over, and finish what a crash left half done.

    What has to wait (a clock in doubt, a place out of reach) is no failure: the next slot tries
    again, and `doctor` tells it until then.
    """
    try:
        erase_due(by=machine("sweep", HOME, via="schedule"))
    except Unavailable as waits:
        log.warning("%s %s", waits.en, waits.mend_en)


def prove_due() -> None:
    """Prove retention for every camera that was not looked at for a week."""
    by = machine("prove", HOME, via="schedule")
    for camera, days in list(due()):
        prove(camera, days, by=by)
