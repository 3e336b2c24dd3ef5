"""Pages of stretches: the day of all cameras, and asking to view a time of up to four of them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.coverage.month import WORDS, of_one_day
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.decide import may, require
from hokanko.viewing import queries, stretch, timeline
from hokanko.viewing.actions import ask_stretch
from hokanko.viewing.onward import small
from hokanko.viewing.pages import ask_for
from hokanko.viewing.stretch_forms import StretchForm
from hokanko.viewing.weighing import may_ask

DAY = timedelta(days=1)
OFFERED = timedelta(hours=1)  # so much of a recorded time is proposed, its last part


@require_GET
def timeline_page(request: HttpRequest, code: str = "") -> HttpResponse:
    """A day of an organisation's cameras, a row each, and the form that asks for some of it."""
    by = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(by, "footage.list", thing_of_org(org))
    day = _day(request.GET.get("day", "")) or timeline.latest_day(org.pk) or clock.today()
    sites = list(org.sites.order_by("name", "pk"))
    site = next((each for each in sites if str(each.pk) == request.GET.get("site")), None)
    rows = timeline.rows(org.pk, day, site.pk if site else None)
    here = {
        "org": org,
        "orgs": list(within_reach(by)),
        "sites": sites,
        "site": site,
        "day": day,
        "before": day - DAY,
        "after": day + DAY if day < clock.today() else None,
        "rows": rows,
        "ribbons": of_one_day([(row.camera, row.found) for row in rows], day),
        "form": _proposed(rows, request.GET.get("camera", "")),
        "words": WORDS,
    }
    return render(request, "viewing/html/timeline.html", here)


@require_http_methods(["GET", "POST"])
def ask_page(request: HttpRequest) -> HttpResponse:
    """Ask to view a time of one to four cameras, named in the address."""
    by, own = actor_at(request), thing_of_org(person_at(request).org)
    orgs = [each for each in within_reach(by) if may(by, "footage.list", thing_of_org(each))]
    if not orgs:
        require(by, "footage.list", own)
    choice = StretchForm(orgs, request.GET or None)
    films: list[Footage] = []
    if choice.is_valid():
        with told_on(choice):
            films = stretch.films(*choice.told())
    if not films:
        return render(
            request, "viewing/html/choose.html", {"form": choice}, status=status_of(choice)
        )
    may_ask(films[0], by)
    cameras, whole = choice.told()
    ask = partial(ask_stretch, cameras, whole)
    return ask_for(request, films, ask, cameras=cameras, whole=whole, count=len(films))


@require_GET
def small_picture(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """One small picture of a stretch, inside its open room."""
    viewing = queries.own(viewing_id, person_at(request))
    camera, start = (request.GET.get(name, "") for name in ("camera", "start"))
    if not (start + camera).isascii() or not start.isdigit() or not camera.isdigit():
        raise Conflict("開始位置を読めません。", "The start is malformed.")
    picture = small(viewing, int(camera), int(start), by=actor_at(request))
    return HttpResponse(picture, "image/jpeg", headers={"Cache-Control": "no-store"})


def _proposed(rows: list[timeline.Row], wanted: str) -> StretchForm | None:
    """The form, with the last recorded hour of the camera wanted, or of the first, filled in."""
    held = [row for row in rows if row.recorded]
    if not held:
        return None
    row = next((each for each in held if str(each.camera.pk) == wanted), held[0])
    last = row.recorded[-1]
    begun = max(last.begun, last.ended - OFFERED)
    initial = {"camera": [row.camera.pk], "begun": begun, "ended": last.ended}
    form = StretchForm([row.camera.org], initial=initial)
    shown = Camera.objects.filter(pk__in=[each.camera.pk for each in held])
    form.fields["camera"].queryset = shown.order_by("number", "pk")  # type: ignore[attr-defined]
    return form


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
