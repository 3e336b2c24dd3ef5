"""Whether another recorder keeps what the rules promise: its oldest footage against their days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from hokanko import clock
from hokanko.footage.space import promised
from hokanko.imports.models import Import
from hokanko.rules.decide import adopted_book, parameter
from hokanko.rules.rows import Clause

TOLERANCE = "retention.tolerance_days"
EARLY, LATE = "early-loss", "late-loss"  # the facts of their incidents


@dataclass(frozen=True, slots=True)
class Kept:
    """One recorder as last seen: how many days back it held footage, and how many it ought to."""

    lot: Import
    held_days: int
    promised_days: int
    tolerance_days: int

    @property
    def fault(self) -> str:
        """EARLY: it writes over what is to be kept; LATE: it keeps what is over; or ""."""
        if self.lot.overwrites and self.held_days < self.promised_days - self.tolerance_days:
            return EARLY
        return LATE if self.held_days > self.promised_days + self.tolerance_days else ""

    @property
    def days_off(self) -> int:
        """By how many days."""
        return abs(self.promised_days - self.held_days)


def kept(lot: Import) -> Kept | None:
    """What an import tells of its recorder; None where its oldest footage was not stated.

    A recorder that does not write over anything yet may be new: that it holds less says nothing.
    """
    days = promised(lot.org_id)
    if lot.oldest_at is None or days is None:
        return None
    oldest = clock.day_of(lot.oldest_at - timedelta(seconds=lot.offset_s or 0))
    held = (clock.day_of(lot.taken_at) - oldest).days
    return Kept(lot, held, days, int(parameter(lot.org_id, TOLERANCE)))


def recorders(org: str) -> Iterator[Kept]:
    """Each recorder of an organisation as it was last stated."""
    seen: set[str] = set()
    rows = Import.objects.filter(org=org).exclude(oldest_at=None).select_related("org")
    for lot in rows.order_by("-taken_at", "-number"):
        told = None if lot.device in seen else kept(lot)
        seen.add(lot.device)
        if told is not None:
            yield told


def clause(org: str) -> Clause | None:
    """The clause that fixes how much earlier or later is borne, or the days themselves."""
    book = adopted_book(org)
    ids = [c for name in (TOLERANCE, "retention.days") for c in book.parameter(name).clauses]
    return book.clause(ids[0]) if ids else None
