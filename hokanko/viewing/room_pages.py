"""Pages of the room in which a picture is shown: what is still missing, the picture, its end."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.flags import in_words
from hokanko.footage.models import Scene
from hokanko.footage.scenes import marked_in, place
from hokanko.people.door import LOGIN_COOKIE, SEAT_COOKIE, actor_at, person_at, seat_at
from hokanko.people.idle import note_used
from hokanko.people.knocking import place_of
from hokanko.people.login import authenticate
from hokanko.people.queries import actor, thing_of_org
from hokanko.rules.decide import may
from hokanko.viewing import actions, presence, queries
from hokanko.viewing.forms import AttendForm
from hokanko.viewing.looking import drop_scene, mark_scene
from hokanko.viewing.models import Viewing
from hokanko.viewing.onward import part_of_stretch
from hokanko.viewing.parts import part
from hokanko.viewing.screens import on_show, watched_in_words
from hokanko.viewing.serve import ticket
from hokanko.viewing.stages import WAITING
from hokanko.viewing.steps import route, steps
from hokanko.viewing.stretch import leading, span_of, under
from hokanko.viewing.turns import turning
from hokanko.viewing.weighing import chosen, requesting


@require_GET
def room(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The room: what is still missing, then the picture, then what became of it."""
    return room_page(request, queries.own(viewing_id, person_at(request)), AttendForm())


@require_POST
def attend(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The attendant comes in, on the same screen, with his own credentials."""
    viewing, form = queries.own(viewing_id, person_at(request)), AttendForm(request.POST)
    if form.is_valid():
        person = authenticate(**form.cleaned_data, seat=seat_at(request), place=place_of(request))
        if person is not None:
            actions.attend(viewing, person, by=actor(person, seat=seat_at(request)))
            return redirect("viewing.room", viewing.pk)
        wrong = _("ログイン名かパスワードが違います（二段階認証を設定した人は、数字も要ります）。")
        form.add_error(None, wrong)
    return room_page(request, viewing, form)


@require_POST
def open_room(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """Begin: the line is on the ledger before the first picture."""
    viewing = queries.own(viewing_id, person_at(request))
    actions.open_room(viewing, by=actor_at(request))
    return redirect("viewing.room", viewing.pk)


@require_POST
def beat(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The page's sign of life, and the answer whether it may show the picture."""
    viewing, by = queries.own(viewing_id, person_at(request)), actor_at(request)
    said = _said(request)
    whole = span_of(viewing)
    length = timedelta(milliseconds=viewing.footage.duration_ms or 0) if not whole else whole.length
    longest = length.total_seconds() + 1
    try:
        watched = presence.read_ranges(said.get("watched", []), longest)
    except (TypeError, ValueError) as odd:
        raise Conflict("再生範囲を読めません。", "The ranges are malformed.") from odd
    seat = by.seat.id if by.seat else None
    presence.beat(viewing, watched, terminal=seat, browser=by.browser)
    why = queries.problem(viewing, by)
    if watched and not why:  # who watches uses the login, though he presses nothing
        note_used(request)
    if why == "absent" and viewing.confirmed_at is not None:
        actions.note_absence(viewing, by=by)
    if said.get("tell") and viewing.state == "open":
        actions.tell_watched(viewing, by=by)
    answer = {
        "show": not why,
        "why": why,
        "confirm_in": presence.confirm_in(viewing, clock.now()),
        "ledger": queries.ledger_number(viewing),
        "src": _ticket(request, viewing) if said.get("renew") and not why else "",
    }
    return JsonResponse(answer)


@require_POST
def confirm(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The attendant is still there."""
    viewing = queries.own(viewing_id, person_at(request))
    return JsonResponse({"confirmed": presence.confirm(viewing)})


@require_POST
def leave(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The attendant goes: the picture is hidden until he comes in again."""
    viewing = queries.own(viewing_id, person_at(request))
    actions.note_absence(viewing, by=actor_at(request))
    return redirect("viewing.room", viewing.pk)


@require_POST
def mark(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """Mark the moment at which the seek bar stands, to ask for it as a still; or take one off."""
    viewing = queries.own(viewing_id, person_at(request))
    if "drop" in request.POST:
        dropped = request.POST["drop"]
        scene = int(dropped) if dropped.isascii() and dropped.isdigit() else 0
        drop_scene(viewing, scene, by=actor_at(request))
        return redirect("viewing.room", viewing.pk)
    try:
        at_ms = round(float(request.POST.get("at_s", "")) * 1000)
    except (OverflowError, ValueError) as odd:
        raise Conflict("位置を読めません。", "The position is malformed.") from odd
    marked = {(row.footage_id, row.at_ms) for row in marked_in(viewing.pk, viewing.viewer)}
    if marked.isdisjoint((footage.pk, at) for footage, at in under(viewing, at_ms)):
        mark_scene(viewing, at_ms, by=actor_at(request))
    return redirect("viewing.room", viewing.pk)


@require_POST
def close(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """End the viewing, by the button or because the page is left."""
    viewing = queries.own(viewing_id, person_at(request))
    reason = "button" if request.POST.get("reason") == "button" else "left"
    actions.close(viewing, reason, by=actor_at(request))
    return redirect("viewing.room", viewing.pk)


@require_GET
def part_of(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """One part of footage that the browser cannot play as it is."""
    viewing = queries.own(viewing_id, person_at(request))
    start, camera = request.GET.get("start", "0"), request.GET.get("camera", "0")
    if not (start + camera).isascii() or not start.isdigit() or not camera.isdigit():
        raise Conflict("開始位置を読めません。", "The start is malformed.")
    if viewing.begun is None:
        made = part(viewing, int(start), by=actor_at(request))
    else:
        made = part_of_stretch(viewing, int(camera), int(start), by=actor_at(request))
    headers = {
        "X-Part-Start": str(made.start_ms),
        "X-Part-End": str(made.end_ms),
        "X-Part-Last": str(int(made.last)),
    }
    return HttpResponse(made.body, content_type=made.mime, headers=headers)


def room_page(
    request: HttpRequest, viewing: Viewing, form: AttendForm, code: str = ""
) -> HttpResponse:
    """The room as it stands; with a code for the attendant's phone, where one was asked for."""
    by = actor_at(request)
    here = {"viewing": viewing, "form": form, "chosen": chosen(viewing), "code": code}
    here |= {"route": route(viewing.org_id), "ranges": watched_in_words(viewing)}
    here["scenes"] = [(row, _place(viewing, row)) for row in marked_in(viewing.pk, viewing.viewer)]
    if viewing.state != "open":
        here |= turning(viewing, by)
    if viewing.state in WAITING:
        before = steps(viewing, by)
        here |= {"steps": before, "ready": all(step.done for step in before)}
        return render(request, "viewing/html/before.html", here)
    if viewing.state != "open" or queries.problem(viewing, by) in ("closed", "elsewhere"):
        return render(request, "viewing/html/after.html", here)
    here |= on_show(viewing) | {
        "src": _ticket(request, viewing),
        "flags": in_words(leading(viewing).flags),
        "marks": may(by, "provision.ask", thing_of_org(viewing.org), **requesting(viewing.org_id)),
        "ledger": queries.ledger_number(viewing),
        "why": queries.problem(viewing, by),
        "confirm_in": presence.confirm_in(viewing, clock.now()),
        "confirm_max": int(presence.CONFIRM_MAX.total_seconds()),
    }
    return render(request, "viewing/html/room.html", here)


def _place(viewing: Viewing, scene: Scene) -> str:
    """Where a scene stands: in a whole piece, or on which camera at what time of the day."""
    taken = scene.footage.captured
    if viewing.begun is None or taken is None:
        return place(scene.at_ms)
    moment = (taken + timedelta(milliseconds=scene.at_ms)).astimezone(clock.TOKYO)
    return f"{scene.footage.camera.number} {moment:%H:%M:%S}"


def _ticket(request: HttpRequest, viewing: Viewing) -> str:
    bound = viewing.terminal_id is not None
    return ticket(viewing, request.COOKIES.get(SEAT_COOKIE if bound else LOGIN_COOKIE, ""))


def _said(request: HttpRequest) -> dict[str, object]:
    try:
        said = json.loads(request.body or b"{}")
    except ValueError as odd:
        raise Conflict("送信内容を読めません。", "The body is not JSON.") from odd
    if not isinstance(said, dict):
        raise Conflict("送信内容を読めません。", "The body is not a JSON object.")
    return said
