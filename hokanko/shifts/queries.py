"""Questions about shifts: what a check-out filmed, what is left to explain, what a month counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from hokanko import clock
from hokanko.cameras.models import Checkout
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.footage.worn import PAUSE
from hokanko.people.models import Person
from hokanko.rules.actor import Actor
from hokanko.shifts.filmed import filmed, taken
from hokanko.shifts.gaps import Gap, Marks, gaps
from hokanko.shifts.models import Explanation, Passage, ShiftClose, StandingConsent
from hokanko.shifts.terms import marks

OfCheckout = TypeVar("OfCheckout", Explanation, Passage)

LISTED = 100
LATEST = 8  # shifts asked about at the home page, which is opened all day


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
    return shifts([out])[0]


def shifts(outs: Sequence[Checkout]) -> list[Shift]:
    """Check-outs of one organisation, with as many queries for a hundred as for one."""
    if not outs:
        return []
    now, every = clock.now(), marks(outs[0].camera.org_id)
    spans = [(out, out.returned_at or out.lost_at or now) for out in outs]
    of_each = filmed(spans)
    explanations = Explanation.objects.filter(checkout__in=outs).select_related("by")
    told = _by_checkout(explanations.order_by("at", "pk"))
    passages = Passage.objects.filter(checkout__in=outs).select_related("footage__org", "by")
    placed = _by_checkout(passages.prefetch_related("consents").order_by("begun", "pk"))
    closings = ShiftClose.objects.filter(checkout__in=outs).select_related("by")
    closed = {closing.checkout_id: closing for closing in closings}
    return [
        _shift(out, until, of_each[out.pk], told[out.pk], placed[out.pk], closed.get(out.pk), every)
        for out, until in spans
    ]


def _shift(
    out: Checkout,
    until: datetime,
    found: Sequence[Footage],
    told: Sequence[Explanation],
    passages: Sequence[Passage],
    closing: ShiftClose | None,
    every: Marks,
) -> Shift:
    pieces = [piece for piece in found if piece.captured is not None]
    timeline = [taken(piece) for piece in pieces]
    left = gaps(out.out_at, until, timeline, every, running=is_running(out))
    return Shift(
        checkout=out,
        until=until,
        pieces=tuple(pieces),
        unmeasured=sum(1 for piece in found if piece.captured is None or piece.duration_ms is None),
        asked=tuple(Asked(gap, explained(gap, told)) for gap in left),
        passages=tuple(passages),
        closing=closing,
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
    rows = rows.select_related("camera__org", "wearer").order_by("-out_at", "pk")
    open_ = list(rows.filter(closing=None)[:LISTED])  # however old: they still ask for something
    known = {row.pk for row in open_}
    return shifts([*open_, *(row for row in rows[:LISTED] if row.pk not in known)][:LISTED])


def to_explain(wearer: Person) -> list[Shift]:
    """The latest shifts of one wearer that have ended and still lack words for a gap."""
    mine = Checkout.objects.filter(wearer=wearer, closing=None)
    ended = mine.exclude(returned_at=None, lost_at=None)
    rows = ended.select_related("camera__org", "wearer").order_by("-out_at", "pk")[:LATEST]
    return [found for found in shifts(list(rows)) if found.unexplained]


def unclosed(orgs: Sequence[str]) -> QuerySet[Checkout]:
    """The shifts of these organisations that have ended and are not closed."""
    rows = Checkout.objects.filter(camera__org__in=orgs, closing=None)
    return rows.exclude(returned_at=None, lost_at=None)


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


def _by_checkout(rows: Iterable[OfCheckout]) -> dict[UUID, list[OfCheckout]]:
    found: dict[UUID, list[OfCheckout]] = defaultdict(list)
    for row in rows:
        found[row.checkout_id].append(row)
    return found
