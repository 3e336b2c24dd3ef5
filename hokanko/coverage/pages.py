"""Pages of recording: all fixed cameras over a month, one camera day by day, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hokanko import clock
from hokanko.cameras import planned, planning
from hokanko.cameras.models import Camera, PlannedOff
from hokanko.cameras.outages import REASONS
from hokanko.cameras.queries import one, one_ever, thing
from hokanko.coverage.actions import account
from hokanko.coverage.forms import AccountForm, PlanForm
from hokanko.coverage.month import WORDS, of_cameras, of_days
from hokanko.coverage.queries import (
    OFF,
    OWED,
    PENDING,
    RECORDED,
    RECOVERED,
    SHORT,
    TOLD,
    Stretch,
    cameras,
    day_span,
    recorded_until,
    share,
    stretches,
)
from hokanko.coverage.spans import total
from hokanko.coverage.words import cause_in_words, said
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.decide import may, require

DAY = timedelta(days=1)


MOST_SHORT = 10  # a day with more is one row; the register has each


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table under a ribbon; `number` stands at its block.

    A row of many short ones has the first one's `stretch`, and its `count`.
    """

    number: int
    stretch: Stretch
    until: datetime
    seconds: float
    count: int
    kind: Promise
    reason: Promise | str
    cause: Promise | str
    words: str


@require_GET
def listing(request: HttpRequest, code: str = "") -> HttpResponse:
    """The fixed cameras of an organisation over one month, a line each."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(actor, "camera.list", thing_of_org(org))
    first, last = month_of(request.GET.get("month", ""))
    frame = day_span(first, last)
    known = [(camera, stretches(camera, frame)) for camera in cameras(org.pk)]
    found = [(camera, mine) for camera, mine in known if mine or camera.retired_at is None]
    month = f"?month={first:%Y-%m}"
    hrefs = [reverse("coverage.camera", args=[camera.pk]) + month for camera, _ in found]
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "ribbons": of_cameras(found, first, last, hrefs),
        "rows": [
            (camera, href, _percent(mine), _counted(mine, OWED), recorded_until(camera))
            for (camera, mine), href in zip(found, hrefs, strict=True)
        ],
        "open_tab": "recording",
        "words": WORDS,
        **around(first),
    }
    return render(request, "coverage/html/months.html", page)


@require_http_methods(["GET", "POST"])
def one_camera(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One camera's month: its ribbon, the same as a table, and accounting for what is missing."""
    actor, camera = actor_at(request), one_ever(pk)
    require(actor, "camera.list", thing_of_org(camera.org))
    first, last = month_of(request.GET.get("month", ""))
    frame = day_span(first, last)
    found = stretches(camera, frame)
    rows = [_row(n, each) for n, each in enumerate(_together(found), start=1)]
    asked = [(row.number, row.stretch) for row in rows if row.stretch.kind == OWED]
    may_account = may(actor, "camera.account", thing(camera))
    form = AccountForm(asked, request.POST if request.method == "POST" else None)
    if form.is_valid():
        said_of = form.cleaned_data
        with told_on(form):
            account(
                camera,
                frame,
                said_of["gaps"],
                said_of["reason"],
                words=said_of["words"],
                teller=person_at(request),
                by=actor,
            )
            return redirect(f"{request.path}?month={first:%Y-%m}")
    return _page(request, camera, first, last, found, rows, form if may_account and asked else None)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is planned off for a camera, and planning more."""
    actor, camera = actor_at(request), one(pk)
    require(actor, "camera.plan_off", thing(camera))
    form = PlanForm(request.POST or None)
    if form.is_valid():
        begun, ended, reason, last_day = form.told()
        with told_on(form):
            planning.plan_off(
                camera,
                begun,
                ended,
                reason,
                last_day=last_day,
                planner=person_at(request),
                by=actor,
            )
            return redirect("coverage.plan", pk)
    page = {
        "camera": camera,
        "form": form,
        "plans": [(row, planned.REASONS[row.reason]) for row in planned.plans(camera)],
    }
    return render(request, "coverage/html/plan.html", page, status=status_of(form))


@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From now on the camera is to record again."""
    row: PlannedOff = planned.plan(pk)
    planning.drop_plan(row, by=actor_at(request))
    return redirect("coverage.plan", row.camera_id)


def month_of(text: str) -> tuple[date, date]:
    """The first and the last day of a month like 2026-11; this month for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = clock.today().replace(day=1)
    return first, (first + 31 * DAY).replace(day=1) - DAY


def around(first: date) -> dict[str, date | None]:
    """The month with its neighbours; none after this one."""
    later = (first + 31 * DAY).replace(day=1)
    return {
        "first": first,
        "before": (first - DAY).replace(day=1),
        "after": later if later <= clock.today() else None,
    }


def _page(
    request: HttpRequest,
    camera: Camera,
    first: date,
    last: date,
    found: Sequence[Stretch],
    rows: Sequence[Row],
    form: AccountForm | None,
) -> HttpResponse:
    numbers = {row.stretch.key: row.number for row in rows}
    page = {
        "camera": camera,
        "org": camera.org,
        "ribbons": of_days(found, numbers, day_span(first, min(last, clock.today()))),
        "rows": rows,
        "percent": _percent(found),
        "until": recorded_until(camera),
        "form": form,
        "may_plan": not camera.retired_at
        and may(actor_at(request), "camera.plan_off", thing(camera)),
        "words": WORDS,
        **around(first),
    }
    return render(
        request, "coverage/html/camera.html", page, status=status_of(form) if form else 200
    )


def _together(found: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """What is not simply recorded, one by one; the short ones of a day that has many, as one."""
    days = Counter(clock.day_of(each.span.begun) for each in found if each.kind == SHORT)
    many: dict[date, list[Stretch]] = {}
    for each in found:
        day = clock.day_of(each.span.begun)
        if each.kind == RECORDED:
            continue
        if each.kind != SHORT or days[day] <= MOST_SHORT:
            yield [each]
            continue
        mine = many.setdefault(day, [])
        mine.append(each)
        if len(mine) == days[day]:
            yield mine


def _row(number: int, mine: Sequence[Stretch]) -> Row:
    each = mine[0]
    cause = Counter(one.cause for one in mine).most_common(1)[0][0]
    told = each.told if each.kind == TOLD else None
    return Row(
        number,
        each,
        mine[-1].span.ended,
        total(one.span for one in mine).total_seconds(),
        len(mine),
        WORDS[each.kind],
        REASONS.get(told.reason, told.reason) if told else "",
        "" if each.kind in (OFF, RECOVERED, PENDING) else cause_in_words(cause),
        said(told) if told else "",
    )


def _percent(found: Sequence[Stretch]) -> str:
    """As a text, rounded down: what is not whole is not told as 100."""
    part = share(found)
    return "" if part is None else f"{int(part * 1000) / 10:g}"


def _counted(found: Sequence[Stretch], kind: str) -> int:
    return sum(1 for each in found if each.kind == kind)
