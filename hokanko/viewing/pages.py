"""Pages of viewing: asking, deciding, and the room in which the picture is shown."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hokanko import clock
from hokanko.errors import Conflict, Missing, Refusal
from hokanko.footage.flags import in_words
from hokanko.footage.models import Scene
from hokanko.footage.queries import footage as find_footage
from hokanko.footage.queries import offered_purposes, thing
from hokanko.footage.scenes import marked_in, place
from hokanko.people.door import LOGIN_COOKIE, SEAT_COOKIE, actor_at, person_at, seat_at
from hokanko.people.login import authenticate
from hokanko.people.queries import actor, thing_of_org
from hokanko.rules.decide import may, require
from hokanko.viewing import actions, inbox, presence, queries
from hokanko.viewing.forms import AskForm, AttendForm, DecideForm
from hokanko.viewing.models import Viewing
from hokanko.viewing.onward import part_of_stretch
from hokanko.viewing.parts import part
from hokanko.viewing.screens import on_show, watched_in_words
from hokanko.viewing.serve import ticket
from hokanko.viewing.stages import WAITING
from hokanko.viewing.stretch import span_of, under
from hokanko.viewing.turns import turning

RECENT = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """One's own viewings, and those that wait for one's approval."""
    mine = queries.mine(person_at(request))[:RECENT]
    by = actor_at(request)
    here = {
        "to_answer": inbox.to_answer(by.id),
        "waiting": queries.to_decide(by),
        "to_attend": inbox.to_attend(by),
        "returned": inbox.of_the_desk(by, "returned"),
        "ended": inbox.of_the_desk(by, "withdrawn", "lapsed"),
        "today": clock.today(),
        "may_list": may(by, "footage.list", thing_of_org(person_at(request).org)),
        "me": person_at(request),
        "mine": mine,
        "route": queries.route(person_at(request).org_id),
    }
    return render(request, "viewing/html/list.html", here)


def ask(request: HttpRequest) -> HttpResponse:
    """Ask to view one piece of footage, named by its number in the address."""
    number = request.GET.get("footage", "").strip()
    if not number:
        return render(request, "viewing/html/which.html", {"example": _example(request)})
    try:
        footage, by = find_footage(number), actor_at(request)
    except Missing as unknown:
        here = {"number": number, "unknown": unknown, "example": _example(request)}
        return render(request, "viewing/html/which.html", here, status=404)
    queries.may_ask(footage, by)
    form = AskForm(footage.org_id, request.POST or None)
    ticked = request.POST.getlist("purposes")
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            viewing = actions.ask(
                footage,
                person_at(request),
                ticked,
                told["note"],
                consents=list(told.get("consents", ())),
                by=by,
            )
            return redirect("viewing.room", viewing.pk)
        except Refusal as said:
            refusal = said
    purposes = offered_purposes(footage.org_id, footage)
    here = {"footage": footage, "form": form, "purposes": purposes, "ticked": ticked}
    status = 403 if refusal else 200
    return render(request, "viewing/html/ask.html", here | {"refusal": refusal}, status=status)


def decide(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """Approve or decline a viewing by other staff."""
    viewing, by = queries.viewing(viewing_id), actor_at(request)
    require(by, "viewing.decide", thing(viewing.footage))
    form = DecideForm(viewing, request.POST or None)
    if request.method == "POST" and request.POST.get("answer") == "decline":
        actions.decline(viewing, person_at(request), by=by)
        return redirect("viewing.list")
    if request.method == "POST" and form.is_valid():
        actions.approve(viewing, person_at(request), **form.cleaned_data, by=by)
        return redirect("viewing.list")
    return decide_page(request, viewing, form)


def decide_page(
    request: HttpRequest, viewing: Viewing, form: DecideForm, **bound: object
) -> HttpResponse:
    """A request as whoever decides it sees it; with the question just sent, if that failed."""
    here = {"viewing": viewing, "form": form, "chosen": queries.chosen(viewing)}
    here |= {"route": queries.route(viewing.org_id), **turning(viewing, actor_at(request)), **bound}
    status = 400 if bound else 200
    return render(request, "viewing/html/decide.html", here, status=status)


@require_GET
def room(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The room: what is still missing, then the picture, then what became of it."""
    return room_page(request, queries.own(viewing_id, person_at(request)), AttendForm())


@require_POST
def attend(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The attendant comes in, on the same screen, with his own credentials."""
    viewing, form = queries.own(viewing_id, person_at(request)), AttendForm(request.POST)
    if form.is_valid():
        person = authenticate(**form.cleaned_data, seat=seat_at(request))
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
        actions.drop_scene(viewing, scene, by=actor_at(request))
        return redirect("viewing.room", viewing.pk)
    try:
        at_ms = round(float(request.POST.get("at_s", "")) * 1000)
    except (OverflowError, ValueError) as odd:
        raise Conflict("位置を読めません。", "The position is malformed.") from odd
    marked = {(row.footage_id, row.at_ms) for row in marked_in(viewing.pk, viewing.viewer)}
    if marked.isdisjoint((footage.pk, at) for footage, at in under(viewing, at_ms)):
        actions.mark_scene(viewing, at_ms, by=actor_at(request))
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
    here = {"viewing": viewing, "form": form, "chosen": queries.chosen(viewing), "code": code}
    here |= {"route": queries.route(viewing.org_id), "ranges": watched_in_words(viewing)}
    here["scenes"] = [(row, _place(viewing, row)) for row in marked_in(viewing.pk, viewing.viewer)]
    if viewing.state != "open":
        here |= turning(viewing, by)
    if viewing.state in WAITING:
        steps = queries.steps(viewing, by)
        here |= {"steps": steps, "ready": all(step.done for step in steps)}
        return render(request, "viewing/html/before.html", here)
    if viewing.state != "open" or queries.problem(viewing, by) in ("closed", "elsewhere"):
        return render(request, "viewing/html/after.html", here)
    footage = viewing.footage
    here |= on_show(viewing) | {
        "src": _ticket(request, viewing),
        "flags": in_words(footage.flags),
        "marks": may(
            by, "provision.ask", thing_of_org(viewing.org), **queries.requesting(viewing.org_id)
        ),
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


def _example(request: HttpRequest) -> str:
    """What a number looks like at this person's organisation."""
    return f"{person_at(request).org_id}-{clock.today():%Y%m%d}-0001"


def _said(request: HttpRequest) -> dict[str, object]:
    try:
        said = json.loads(request.body or b"{}")
    except ValueError as odd:
        raise Conflict("送信内容を読めません。", "The body is not JSON.") from odd
    if not isinstance(said, dict):
        raise Conflict("送信内容を読めません。", "The body is not a JSON object.")
    return said
