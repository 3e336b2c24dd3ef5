"""Whether the disk keeps what the rules promise: free space against what each day brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min, Q, QuerySet, Sum

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.people.models import Organisation
from hokanko.rules.decide import adoption, rules_at
from hokanko.vault import cabinet

WEEK = 7
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Room:
    """Free space against what will be held when each day's footage is kept to its last day."""

    free: int
    days: int
    needed: int

    @property
    def short(self) -> int:
        """Bytes that are lacking; 0 when the promise can be kept at this pace."""
        return max(0, self.needed - self.free)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The promise of one organisation: what it is, what is held, and when the disk breaks it.

    Sizes in bytes. The disk is everybody's: `breaks_on` and `short` are told of all footage on it.
    """

    days: int
    held_days: int
    held: int
    daily: int
    free: int
    breaks_on: date | None
    short: int
    begun: datetime | None  # when what is held began to come

    @property
    def is_young(self) -> bool:
        """Whether less than a day has come: no pace to go by yet."""
        return self.begun is not None and clock.now() - self.begun < DAY

    @property
    def fits_days(self) -> int | None:
        """For how many days the room here would do at this pace; None while nothing comes."""
        return (self.held + self.free) // self.daily if self.daily else None

    @property
    def keeps_percent(self) -> int:
        """To how much of today's pace it would have to fall to be kept; at most 100."""
        needed = self.daily * self.days
        return min(100, 100 * (self.held + self.free) // needed) if needed else 100


@dataclass(frozen=True, slots=True)
class Flow:
    """What the footage of one organisation does to the disk: what comes daily, what ends when."""

    daily: int
    days: int
    ends: Counter[date]


def room(org: Organisation) -> Room | None:
    """Whether the disk can keep what this pace will bring; None where no days are fixed."""
    days = promised(org.pk)
    if days is None:
        return None
    held, daily, _ = _weighed(org.pk)
    return Room(cabinet.free_bytes(), days, max(0, daily * days - held))


def outlook(org: Organisation) -> Outlook | None:
    """The promise meter; None where no days are fixed."""
    days = promised(org.pk)
    if days is None:
        return None
    held, daily, begun = _weighed(org.pk)
    breaks_on, short = breaking()
    free = max(0, cabinet.room_left())
    return Outlook(days, _held_days(org.pk), held, daily, free, breaks_on, short, begun)


def is_breaking(org: str) -> bool:
    """Whether footage comes here, and the disk does not keep all of it as long as promised."""
    if promised(org) is None or not _held(org).filter(created__gte=_a_week_ago()).exists():
        return False
    return breaking()[0] is not None


def breaking() -> tuple[date | None, int]:
    """The first day on which the disk is full, if there is one, and how much is lacking at most."""
    return _breaking(cabinet.room_left(), [_flow(each) for each in _everybody()])


def promised(org: str) -> int | None:
    """The days of the edition in force; None where it fixes none."""
    rules = rules_at(org)
    days = rules.book.effective(rules.values)["retention.days"]
    return days if isinstance(days, int) else None


def _weighed(org: str) -> tuple[int, int, datetime | None]:
    """Bytes held, bytes a day as the last week brought them, and since when they come."""
    told = _held(org).aggregate(whole=Sum("bytes"), week=_last_week(), first=Min("created"))
    return int(told["whole"] or 0), _daily(told["week"] or 0, told["first"]), told["first"]


def _daily(week: int, first: datetime | None) -> int:
    """Bytes a day: of the week, or of the days, begun ones counted, since the oldest held came."""
    days = (clock.now() - first).days + 1 if first else WEEK
    return week // min(days, WEEK)


def _last_week() -> Sum:
    """Of what is summed, the bytes that the last week brought."""
    return Sum("bytes", filter=Q(created__gte=_a_week_ago()))


def _a_week_ago() -> datetime:
    return clock.now() - WEEK * DAY


def _everybody() -> Iterator[str]:
    codes = Footage.objects.filter(state="held").values_list("org", flat=True)
    return (code for code in codes.distinct().order_by("org") if adoption(code))


def _flow(org: str) -> Flow:
    ends: Counter[date] = Counter()
    week, first = 0, clock.now()
    each_day = _held(org).values("last_day")
    for row in each_day.annotate(size=Sum("bytes"), week=_last_week(), first=Min("created")):
        ends[row["last_day"]] += row["size"]
        week += row["week"] or 0
        first = min(first, row["first"])
    return Flow(_daily(week, first), promised(org) or 0, ends)


def _breaking(free: int, flows: Iterable[Flow]) -> tuple[date | None, int]:
    """The first day on which the disk is full, and how much is lacking at the worst."""
    flows, today = list(flows), clock.today()
    horizon = max((flow.days for flow in flows), default=0)
    breaks_on, short, left = None, 0, free
    for ahead in range(1, horizon + 1):
        day = today + ahead * DAY
        for flow in flows:
            left += flow.ends[day - DAY] - flow.daily
            if ahead > flow.days:
                left += flow.daily  # what came first in this reckoning ends again
        if left < 0:
            breaks_on, short = breaks_on or day, max(short, -left)
    return breaks_on, short


def _held_days(org: str) -> int:
    """How far back footage is held, in days, this one counted."""
    oldest = _held(org).aggregate(first=Min("created"))["first"]
    return (clock.today() - clock.day_of(oldest)).days + 1 if oldest else 0


def _held(org: str) -> QuerySet[Footage]:
    return Footage.objects.filter(org=org, state="held")
