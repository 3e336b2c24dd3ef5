"""The check-out desk (持ち出し簿): what is out, what is late, what is missing, and the count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hokanko import clock
from hokanko.cameras import checkout, out
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import issuing, one, thing
from hokanko.casebook.loss import lose
from hokanko.ledger.read import acts
from hokanko.ledger.tally import between
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may, require
from hokanko.shifts.counting import close_count
from hokanko.shifts.desk_forms import NORMAL, CountForm, LossForm, RemarkForm, ReturnForm

LATELY = 10  # counts shown, of a week at most
WEEK = timedelta(days=7)


def register(request: HttpRequest, code: str = "") -> HttpResponse:
    """Today's register at the top: cameras out and late, cameras at hand, then what went before."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(actor, "camera.list", thing_of_org(org))
    cameras = list(out.worn(org.pk))
    some = cameras[0] if cameras else None
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "count": out.count(org.pk),
        "unrecorded": out.taken_unrecorded(org.pk),
        "overdue": list(out.overdue(org.pk)),
        "out": list(out.still_out(org.pk)),
        "today": [each for each in out.of_day(org.pk) if each.returned_at or each.lost_at],
        "now": clock.now(),
        "may_issue": some is not None and may(actor, "camera.issue", thing(some), **issuing(org)),
        "may_return": some is not None and may(actor, "camera.return", thing(some)),
        "may_count": _may_count(actor, org),
        "open_tab": "desk",
    }
    return render(request, "shifts/html/desk.html", page)


def bring_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record by hand that a camera is on the charger."""
    camera, form = one(pk), ReturnForm(request.POST or None)

    def act(said: dict[str, Any], by: Actor) -> None:
        checkout.bring_back(camera, **said, by=by)

    return _about(request, camera, "camera.return", form, act, "return")


def report_lost(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Report a camera lost: an incident is opened with it."""
    camera, form = one(pk), LossForm(request.POST or None)

    def act(said: dict[str, Any], by: Actor) -> None:
        lose(camera, **said, by=by)

    own = out.wears(camera, actor_at(request))
    return _about(request, camera, "camera.lose", form, act, "lose", own=own)


def found_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a lost camera as found."""
    camera, form = one(pk), RemarkForm(request.POST or None)

    def act(said: dict[str, Any], by: Actor) -> None:
        checkout.find_again(camera, **said, by=by)

    return _about(request, camera, "camera.find", form, act, "find")


@require_POST
def repair(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a camera to repair, or take it back from there."""
    camera, by = one(pk), actor_at(request)
    if camera.repair_since is None:
        checkout.send_away(camera, by=by)
    else:
        checkout.take_back(camera, by=by)
    return redirect("shifts.desk_at", code=camera.org_id)


def shift_check(request: HttpRequest, code: str = "") -> HttpResponse:
    """The count at the end of a shift: every camera on the charger, out, away, or accounted for."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(actor, "camera.list", thing_of_org(org))
    form = CountForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        with told_on(form):
            normal = said["outcome"] == NORMAL
            close_count(org, normal=normal, remark=said["remark"], by=actor)
            return redirect("shifts.count_at", code=org.pk)
    mine = between(org.pk, clock.today() - WEEK, clock.today())
    lines = mine.filter(kind="camera.counted").order_by("-at", "-id")[:LATELY]
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "count": out.count(org.pk),
        "form": form,
        "may_count": _may_count(actor, org),
        "open_tab": "count",
        "past": acts(lines.prefetch_related("openings")),
    }
    return render(request, "shifts/html/count.html", page, status=status_of(form))


def _about(
    request: HttpRequest,
    camera: Camera,
    name: str,
    form: forms.Form,
    act: Callable[[dict[str, Any], Actor], None],
    which: str,
    **context: object,
) -> HttpResponse:
    """One form about one camera, and back to the register; a wearer has his shifts instead."""
    by = actor_at(request)
    listed = may(by, "camera.list", thing_of_org(camera.org))
    back = reverse("shifts.desk_at", args=[camera.org_id]) if listed else reverse("shifts.list")
    if form.is_valid():
        with told_on(form):
            act(form.cleaned_data, by)
            return redirect(back)
    require(by, name, thing(camera), **context)
    page = {
        "form": form,
        "camera": camera,
        "out": out.running(camera),
        "which": which,
        "back": back,
    }
    return render(request, "shifts/html/camera.html", page, status=status_of(form))


def _may_count(actor: Actor, org: Organisation) -> bool:
    return may(actor, "camera.count", thing_of_org(org), normal=False, unaccounted=False)
