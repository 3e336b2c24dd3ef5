"""Questions about shifts: what a check-out filmed, what is left to explain, what a month counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from hokanko import clock
from hokanko.cameras.models import Checkout
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.footage.worn import PAUSE
from hokanko.people.models import Person
from hokanko.rules.actor import Actor
from hokanko.shifts.gaps import Gap, Taken, gaps
from hokanko.shifts.models import Explanation, Passage, ShiftClose, StandingConsent
from hokanko.shifts.terms import marks

WHOLE_SHIFT = timedelta(days=2)  # footage that began before a check-out by more is not of it


@dataclass(frozen=True, slots=True)
class Asked:
    """One gap, and the explanation it has, if any."""

    gap: Gap
    told: Explanation | None


@dataclass(frozen=True, slots=True)
class Shift:
    """One check-out with all that is known of it; `until` is the return, or now."""

    checkout: Checkout
    until: datetime
    pieces: tuple[Footage, ...]
    unmeasured: int  # pieces whose time or length is not known: no part of the timeline
    asked: tuple[Asked, ...]
    passages: tuple[Passage, ...]
    closing: ShiftClose | None

    @property
    def unexplained(self) -> list[Gap]:
        """The gaps that still need words."""
        return [each.gap for each in self.asked if each.told is None]

    @property
    def unconsented(self) -> list[Passage]:
        """Passages in premises of a third party whose manager's word is not entered."""
        return [each for each in self.passages if each.managed and not each.consents.all()]

    @property
    def owed(self) -> int:
        """How many entries are still asked for."""
        return len(self.unexplained) + len(self.unconsented)


def checkout(pk: UUID) -> Checkout:
    """One check-out. Raises Missing."""
    found = Checkout.objects.select_related("camera__org__parent", "wearer").filter(pk=pk).first()
    if found is None:
        raise Missing("この持ち出しの記録はありません。", "There is no such check-out.")
    return found


def is_own(out: Checkout, by: Actor) -> bool:
    """Whether the asker is the officer who wore the camera."""
    return by.id == str(out.wearer_id)


def is_running(out: Checkout) -> bool:
    """Whether the camera is out still: neither returned nor reported lost."""
    return out.returned_at is None and out.lost_at is None


def shift(out: Checkout) -> Shift:
    """A check-out held against the footage of its camera."""
    until = out.returned_at or out.lost_at or clock.now()
    pieces, unmeasured = _filmed(out, until)
    told = list(out.explanations.select_related("by").order_by("at", "pk"))
    found = gaps(
        out.out_at,
        until,
        [_taken(piece) for piece in pieces],
        marks(out.camera.org_id),
        running=is_running(out),
    )
    passages = out.passages.select_related("footage__org", "by").prefetch_related("consents")
    return Shift(
        checkout=out,
        until=until,
        pieces=tuple(pieces),
        unmeasured=unmeasured,
        asked=tuple(Asked(gap, explained(gap, told)) for gap in found),
        passages=tuple(passages.order_by("begun", "pk")),
        closing=ShiftClose.objects.filter(checkout=out).select_related("by").first(),
    )


def explained(gap: Gap, told: Sequence[Explanation]) -> Explanation | None:
    """The explanation that covers a gap: of its kind, and at least as long.

    Footage found later may part a gap; what was said of the whole then holds for its parts.
    """
    for each in told:
        if each.kind == gap.kind and each.begun <= gap.begun and gap.ended <= each.ended:
            return each
    return None


def listing(org: str, *, wearer: Person | None = None) -> list[Shift]:
    """The shifts of an organisation, or of one wearer: open first, each part newest first."""
    rows = Checkout.objects.filter(camera__org=org)
    if wearer is not None:
        rows = rows.filter(wearer=wearer)
    rows = rows.select_related("camera__org", "wearer", "closing").order_by("-out_at", "pk")
    found = [shift(row) for row in rows[:100]]
    return sorted(found, key=lambda each: each.closing is not None)


def standing(org: str) -> QuerySet[StandingConsent]:
    """The facilities that have agreed once and for all, as long as they have not taken it back."""
    return StandingConsent.objects.filter(org=org, ended_on=None).order_by("premises", "pk")


def one_standing(pk: UUID) -> StandingConsent:
    """One facility that consents. Raises Missing."""
    found = StandingConsent.objects.filter(pk=pk, ended_on=None).select_related("org").first()
    if found is None:
        raise Missing("この施設は一覧にありません。", "There is no such facility.")
    return found


def one_passage(pk: UUID) -> Passage:
    """One stretch of footage with its place. Raises Missing."""
    every = Passage.objects.select_related("footage__org__parent", "checkout__camera__org__parent")
    found = every.filter(pk=pk).first()
    if found is None:
        raise Missing("この区間の記録はありません。", "There is no such stretch.")
    return found


def pauses_by_ground(org: str, since: date, until: date) -> Counter[str]:
    """How many pauses that began on these days, both counted, rest on each ground."""
    rows = _pauses(org, since, until).values_list("ground", flat=True)
    return Counter(rows)


def pauses_by_wearer(org: str, since: date, until: date) -> dict[str, Counter[str]]:
    """The same for each wearer, by name and in the order of names."""
    found: dict[str, Counter[str]] = {}
    rows = _pauses(org, since, until).values_list("checkout__wearer__name", "ground")
    for name, ground in rows.order_by("checkout__wearer__name", "pk"):
        found.setdefault(name, Counter())[ground] += 1
    return found


def _pauses(org: str, since: date, until: date) -> QuerySet[Explanation]:
    begin = datetime.combine(since, time.min, clock.TOKYO)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.TOKYO)
    rows = Explanation.objects.filter(checkout__camera__org=org, kind=PAUSE)
    return rows.filter(begun__gte=begin, begun__lt=end)


def _filmed(out: Checkout, until: datetime) -> tuple[list[Footage], int]:
    """The pieces of a check-out's time in order, and how many are not on the timeline."""
    mine = Footage.objects.filter(camera=out.camera)
    since = out.out_at - WHOLE_SHIFT
    timed = mine.filter(captured__gte=since, captured__lt=until).order_by("captured", "number")
    pieces = [piece for piece in timed if _taken(piece).ended >= out.out_at]
    timeless = mine.filter(captured=None, created__gte=out.out_at, created__lt=until + WHOLE_SHIFT)
    unmeasured = sum(1 for piece in pieces if piece.duration_ms is None)
    return pieces, unmeasured + timeless.filter(state="held").count()


def _taken(piece: Footage) -> Taken:
    assert piece.captured is not None, "only pieces with a time are asked for"
    length = timedelta(milliseconds=piece.duration_ms or 0)
    return Taken(piece.number, piece.captured, piece.captured + length)
