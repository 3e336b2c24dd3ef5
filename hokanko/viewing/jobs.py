"""What viewing does by itself: it closes silent rooms, and ends requests whose footage is gone."""

from __future__ import annotations

import logging

from hokanko.errors import HokankoError
from hokanko.rules.actor import machine
from hokanko.viewing.actions import close
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import EVERY, abandoned
from hokanko.viewing.stages import WAITING
from hokanko.viewing.stretch import leading
from hokanko.viewing.turning import lapse

log = logging.getLogger(__name__)


def close_abandoned() -> None:
    """Close rooms whose page has been silent for `presence.ABANDONED_AFTER`. May be repeated."""
    for viewing in abandoned():
        try:
            close(viewing, "abandoned", by=machine("viewing", viewing.org_id))
        except HokankoError as error:  # closed in this very moment; or no rulebook in force there
            log.warning("%s: %s", viewing.org_id, error)


def lapse_erased() -> None:
    """End the requests whose footage has been erased meanwhile. May be repeated."""
    gone = Viewing.objects.select_related(*EVERY).filter(state__in=WAITING)
    for viewing in gone.exclude(footage__state="held").order_by("pk"):
        if leading(viewing).state == "held":  # a stretch of which something lives
            continue
        try:
            lapse(viewing, by=machine("viewing", viewing.org_id))
        except HokankoError as error:  # withdrawn this very moment; or no rulebook in force there
            log.warning("%s: %s", viewing.org_id, error)
