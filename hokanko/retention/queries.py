"""Questions about the ends of footage: what dies when, what is certified, who asks for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from hokanko import clock
from hokanko.errors import Missing
from hokanko.footage.flags import OUTSIDE
from hokanko.footage.models import Footage
from hokanko.ledger import read
from hokanko.ledger.models import Entry
from hokanko.ledger.read import Act
from hokanko.people.models import Organisation
from hokanko.people.queries import with_units
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.retention.texts import said, word
from hokanko.rules.decide import adopted_book, parameter
from hokanko.rules.rows import Clause, Purpose

HORIZON = 90  # days that the calendar looks ahead
SOON = 7
SETTLED = ("handed", "declined", "withdrawn", "lapsed")  # of a provision: nothing is owed any more
RULING = (
    "retention.days",
    "retention.automatic",
    "retention.tolerance_days",
    "retention.extension.allowed",
    "erase.manual",
    "erase.early.decider",
)


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends with one civil day: how many pieces, how many bytes."""

    day: date
    count: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a grid of weeks from Monday; None where nothing is asked of a day."""

    first: date
    weeks: tuple[tuple[Ending | None, ...], ...]


def units(org: Organisation) -> list[Organisation]:
    """An organisation and the units under it."""
    return [org, *Organisation.objects.filter(parent=org).order_by("code")]


def endings(org: str, start: date, days: int = HORIZON) -> list[Ending]:
    """Every day from `start` on, with what ends at its close."""
    last = start + timedelta(days=days - 1)
    held = Footage.objects.filter(org=org, state="held", last_day__range=(start, last))
    rows = held.values("last_day").annotate(count=Count("pk"), total=Sum("bytes"))
    found = {row["last_day"]: Ending(row["last_day"], row["count"], row["total"]) for row in rows}
    every = (start + timedelta(days=offset) for offset in range(days))
    return [found.get(day, Ending(day)) for day in every]


def months(ends: Iterable[Ending]) -> list[Month]:
    """The same days as calendar sheets."""
    by_day = {end.day: end for end in ends}
    firsts = sorted({day.replace(day=1) for day in by_day})
    return [Month(first, _weeks(first, by_day)) for first in firsts]


def _weeks(first: date, by_day: dict[date, Ending]) -> tuple[tuple[Ending | None, ...], ...]:
    monday, weeks = first - timedelta(days=first.weekday()), []
    while monday < first or monday.month == first.month:
        days = [monday + timedelta(days=offset) for offset in range(7)]
        if any(day in by_day and day.month == first.month for day in days):
            weeks.append(tuple(by_day.get(d) if d.month == first.month else None for d in days))
        monday += timedelta(days=7)
    return tuple(weeks)


@dataclass(frozen=True, slots=True)
class Extended:
    """One extension, as the ledger has it: which piece, from when until when, by whom and why."""

    footage: Footage
    before: date | None
    until: date
    act: Act


def extended(org: str, start: date) -> list[Extended]:
    """Extensions of footage held on `start` or later, the earliest end first."""
    lines = Entry.objects.filter(org=org, kind="retention.extended").order_by("at", "id")
    acts = read.acts(lines.prefetch_related("openings"))
    ids = {act.about.partition(":")[2] for act in acts}
    held = Footage.objects.filter(pk__in=ids, state="held", last_day__gte=start)
    pieces = {f"footage:{piece.pk}": piece for piece in held}
    found = [_extended(act, pieces[act.about]) for act in acts if act.about in pieces]
    return sorted(found, key=lambda one: one.until)


def _extended(act: Act, piece: Footage) -> Extended:
    before, until = act.facts.get("before"), date.fromisoformat(act.facts["until"])
    return Extended(piece, date.fromisoformat(before) if before else None, until, act)


@dataclass(frozen=True, slots=True)
class Rule:
    """How an organisation's rulebook lets footage end."""

    days: int
    counts: str
    first_day: bool
    tolerance: int
    extends: bool
    by_hand: bool
    asked: bool
    deciders: tuple[str, ...]
    clauses: tuple[Clause, ...]


def rule(org: str) -> Rule:
    """The parameters of retention, and the clauses that fix them, each once."""
    book = adopted_book(org)
    names = [name for name in RULING if book.parameter(name).applies]
    ids = dict.fromkeys(clause for name in names for clause in book.parameter(name).clauses)
    by_hand = bool(parameter(org, "erase.manual"))
    deciders = tuple(parameter(org, "erase.early.decider"))
    return Rule(
        days=parameter(org, "retention.days"),
        counts=parameter(org, "retention.clock_start"),
        first_day=bool(parameter(org, "retention.count_first_day")),
        tolerance=parameter(org, "retention.tolerance_days"),
        extends=bool(parameter(org, "retention.extension.allowed")),
        by_hand=by_hand,
        asked=bool(deciders) and not by_hand,
        deciders=deciders,
        clauses=tuple(book.clause(name) for name in ids),
    )


def exception(org: str) -> Clause | None:
    """The clause under which an early erasure is asked for; None where nobody asks."""
    book = adopted_book(org)
    clauses = book.parameter("erase.early.decider").clauses
    return book.clause(clauses[0]) if clauses else None


def days_late(erasure: Erasure) -> int:
    """Days by which an erasure came after its day, beyond what the rulebook tolerates."""
    if erasure.single_id or erasure.certified_at is None:
        return 0
    done = clock.day_of(erasure.certified_at) - erasure.day - timedelta(days=1)
    return max(0, done.days - int(parameter(erasure.org_id, "retention.tolerance_days")))


def certified(org: str) -> QuerySet[Erasure]:
    """Erasures with a certificate, newest first."""
    rows = Erasure.objects.filter(org=org, stage="certified").select_related("org", "case")
    return rows.order_by("-certified_at", "pk")


def erasure(name: str | UUID) -> Erasure:
    """The certified erasure of that id. Raises Missing."""
    rows = Erasure.objects.filter(stage="certified")
    found = rows.select_related("org", "case__decided_by").filter(pk=name).first()
    if found is None:
        raise Missing("この消去証明書はありません。", "There is no such certificate of erasure.")
    return found


def is_owed(name: str) -> bool:
    """Whether the ledger says that the sealed original of that name should be held."""
    try:
        about = f"footage:{UUID(name)}"
    except ValueError:
        return False
    kinds = set(Entry.objects.filter(about=about).values_list("kind", flat=True))
    return "intake.taken_in" in kinds and "retention.erased" not in kinds


def purposes(org: str) -> tuple[Purpose, ...]:
    """The closed list of purposes."""
    return adopted_book(org).purposes


def cases(org: Organisation) -> QuerySet[ErasureCase]:
    """Requests for exceptional erasure here and in the units, undecided first, then the newest."""
    rows = ErasureCase.objects.filter(org__in=with_units(org))
    return rows.select_related("footage", "asked_by", "org").order_by("state", "-asked_at", "pk")


def case(name: str | UUID) -> ErasureCase:
    """The request of that id. Raises Missing."""
    found = (
        ErasureCase.objects.select_related(
            "org__parent",
            "footage__org",
            "footage__camera",
            "footage__wearer",
            "asked_by",
            "seconded_by",
            "decided_by",
        )
        .filter(pk=name)
        .first()
    )
    if found is None:
        raise Missing("この消去の申請はありません。", "There is no such request for erasure.")
    return found


def told(case: ErasureCase) -> dict[str, object]:
    """What a request says, opened; the clause that the filming departs from; what is open besides.

    Raises Unsound for a text that was altered.
    """
    book = adopted_book(case.org_id)
    row = next((each for each in book.clauses if each.id == case.departs), None)
    return {
        "said": said(case),
        "checked": word(case, "second"),
        "decision": word(case, "decision"),
        "departs": row,
        "flagged": OUTSIDE in case.footage.flags,
        "open_cases": case.footage.cases.exclude(state="closed").order_by("number"),
        "provisions": case.footage.provided.exclude(provision__state__in=SETTLED)
        .select_related("provision")
        .order_by("provision__number"),
    }
