"""What viewing does by itself: closing the rooms whose page went without a word."""

from __future__ import annotations

from hokanko.errors import Conflict
from hokanko.rules.actor import machine
from hokanko.viewing.actions import close
from hokanko.viewing.queries import abandoned


def close_abandoned() -> None:
    """Close rooms whose page has been silent for `presence.ABANDONED_AFTER`. May be repeated."""
    for viewing in abandoned():
        try:
            close(viewing, "abandoned", by=machine("viewing", viewing.org_id))
        except Conflict:  # its page closed it in this very moment
            continue
