"""Pages of attending from one's own phone: the code on the room's screen, and the page it opens."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.papers.code import svg
from hokanko.people.door import actor_at, person_at, seat_at
from hokanko.people.forms import status_of
from hokanko.people.knocking import place_of
from hokanko.people.login import authenticate
from hokanko.people.second import factor_of
from hokanko.rules.decide import require
from hokanko.viewing import actions, phone, presence, queries
from hokanko.viewing.forms import AttendForm, ProofForm
from hokanko.viewing.models import Viewing
from hokanko.viewing.room_pages import room_page
from hokanko.viewing.steps import has_attendants
from hokanko.viewing.stretch import thing_of
from hokanko.viewing.weighing import chosen


@require_POST
def code(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The room with a fresh code, for the attendant's phone."""
    viewing = queries.own(viewing_id, person_at(request))
    if viewing.state not in ("approved", "open") or not has_attendants(viewing.org_id):
        raise Conflict("いま、立会いは要りません。", "No attendance is needed now.")
    address = reverse("viewing.scan", args=[viewing.pk, phone.offer(viewing)])
    drawn = SafeString(svg(request.build_absolute_uri(address), sized=False))
    return room_page(request, viewing, AttendForm(), drawn)


@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest, viewing_id: UUID, code: str) -> HttpResponse:
    """What the code leads to: whose viewing it is, and one's password to begin the attendance."""
    viewing, me, by = queries.viewing(viewing_id), person_at(request), actor_at(request)
    require(by, "viewing.attend", thing_of(viewing), **presence.attending(viewing, me))
    if not phone.is_offered(viewing, code):
        raise phone.no_longer_good()
    form = ProofForm(request.POST or None)
    if factor_of(me) is None:
        del form.fields["code"]
    if form.is_valid():
        password, code_typed = form.cleaned_data["password"], form.cleaned_data.get("code", "")
        seat, place = seat_at(request), place_of(request)
        if authenticate(me.login, password, code_typed, seat=seat, place=place) == me:
            actions.attend(viewing, me, code=code, by=by)
            return redirect("viewing.phone", viewing.pk)
        form.add_error("password", _("パスワードが違います。"))
    here = {"viewing": viewing, "chosen": chosen(viewing), "form": form}
    return render(request, "viewing/html/scan.html", here, status=status_of(form))


@require_GET
def held(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The page that stays open on the phone; while it does, it asks again every two seconds."""
    viewing, by = _attended_by(request, viewing_id), actor_at(request)
    there = phone.beat(viewing, person_at(request), by.browser)
    now = clock.now()
    here = {
        "viewing": viewing,
        "there": there and presence.attended(queries.viewing(viewing_id), now),
        "confirm_in": presence.confirm_in(viewing, now),
    }
    return render(request, "viewing/html/phone.html", here)


@require_POST
def confirm(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The attendant is still there."""
    viewing = _attended_by(request, viewing_id)
    presence.confirm(viewing, actor_at(request).browser)
    return redirect("viewing.phone", viewing.pk)


@require_POST
def leave(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The attendant goes: the picture is hidden until he comes in again."""
    viewing = _attended_by(request, viewing_id)
    phone.leave(viewing, person_at(request), actor_at(request).browser)
    return redirect("viewing.phone", viewing.pk)


def _attended_by(request: HttpRequest, viewing_id: UUID) -> Viewing:
    """A viewing that this person attends or attended; another one does not exist for him."""
    viewing = queries.viewing(viewing_id)
    if viewing.attendant_id != person_at(request).pk:
        raise queries.closed_to(viewing, person_at(request))
    return viewing
