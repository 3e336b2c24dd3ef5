"""Pages of watching live: cameras to choose, and the page that shows up to four."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from hokanko.cameras.models import Camera
from hokanko.cameras.queries import one as camera_of
from hokanko.cameras.queries import thing
from hokanko.errors import Conflict, HokankoError, Missing, Refusal
from hokanko.footage.telling import REASONS
from hokanko.live import actions, queries
from hokanko.live.models import LiveWatch
from hokanko.live.pictures import KIND, Feed
from hokanko.people.door import actor_at, person_at, still_at
from hokanko.people.inside import insist_admitted, is_inside
from hokanko.people.models import Person
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.people.waiting import PROVED
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may, require


@require_GET
def choose(request: HttpRequest, code: str = "") -> HttpResponse:
    """The cameras of an organisation that can be watched, and what is watched already."""
    org, actor = organisation(code or person_at(request).org_id), actor_at(request)
    require(actor, "camera.list", thing_of_org(org))
    cameras = list(queries.streaming(org.pk))
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "open_tab": "live",
        "cameras": cameras,
        "refusal": _refusal(cameras[0], actor) if cameras else None,
        "going_on": queries.of_this_browser(person_at(request), actor),
        "most": queries.AT_ONCE,
        "minutes": round(queries.longest(org.pk).total_seconds() / 60) if cameras else 0,
    }
    return render(request, "live/html/choose.html", page)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin with the cameras ticked: the line is on the ledger before the first picture."""
    try:
        named = [UUID(text) for text in dict.fromkeys(request.POST.getlist("camera"))]
    except ValueError as odd:
        raise Missing("このカメラは登録されていません。", "There is no such camera.") from odd
    cameras = [camera_of(pk) for pk in named[: queries.AT_ONCE + 1]]
    sitting = actions.begin(cameras, person_at(request), by=actor_at(request))
    return redirect("live.room", sitting)


@require_GET
def room(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """The pictures, or what became of them."""
    actor = actor_at(request)
    mine = queries.own(sitting, person_at(request), actor)
    camera = mine[0].camera
    page = {
        "watches": [(watch, REASONS.get(watch.reason, watch.reason)) for watch in mine],
        "first": mine[0],
        "org": camera.org,
        "sitting": sitting,
        "is_on": any(watch.ended_at is None for watch in mine),
        "may_again": may(actor, "live.watch", thing(camera), **queries.told(camera, actor)),
        "viewer": person_at(request),
    }
    return render(request, "live/html/room.html", page)


@require_GET
def pictures(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """One camera's pictures, for as long as they may be seen."""
    watch = queries.one(pk, person_at(request), actor_at(request))
    feed = Feed(watch, lambda: is_withdrawn(request, watch), get_language() or "ja")
    answer = StreamingHttpResponse(feed.pictures(), content_type=KIND)
    answer["X-Accel-Buffering"] = "no"
    return answer


@require_POST
def end(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """Stop watching, by the button."""
    actor = actor_at(request)
    mine = queries.own(sitting, person_at(request), actor)
    for watch in mine:
        if watch.ended_at is None:
            with suppress(Conflict):  # its pictures ended in this very moment
                actions.end(watch, "button", by=actor)
    return redirect("live.room", sitting)


def _refusal(camera: Camera, by: Actor) -> Refusal | None:
    """Why this person may not watch, as the page tells it; as nothing was tried, no line does."""
    try:
        require(by, "live.watch", thing(camera), **queries.told(camera, by))
    except Refusal as refusal:
        return refusal
    return None


def is_withdrawn(request: HttpRequest, watch: LiveWatch) -> bool:
    """Whether what was allowed at the beginning is so no more: the login, the posts, the place."""
    actor = still_at(request)
    if actor is None:
        return True
    try:
        if not is_inside(request):
            person = Person.objects.select_related("org").get(pk=watch.person_id)
            insist_admitted(person, proved=bool(request.session.get(PROVED)))
        told = queries.told(watch.camera, actor)
        return not may(actor, "live.watch", thing(watch.camera), **told)
    except HokankoError:  # or no rulebook is in force any more by which it could be asked
        return True
