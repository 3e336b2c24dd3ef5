"""The rack (カメラ台帳): which cameras there are, and who has taken which out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hokanko.cameras import actions, checkout
from hokanko.cameras.forms import CameraForm, FixedCameraForm, IssueForm
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import has_sites, issuing, one, removed, setting, thing
from hokanko.cameras.siting import SHOWN
from hokanko.people.attach import with_paper
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may, require


def rack(request: HttpRequest, code: str = "") -> HttpResponse:
    """The cameras of an organisation."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(actor, "camera.list", thing_of_org(org))
    mine = Camera.objects.filter(org=org, retired_at=None).select_related("holder", "org__parent")
    cameras = list(mine.order_by("number"))
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "cameras": cameras,
        "count": len(cameras),
        "may_issue": bool(cameras)
        and may(actor, "camera.issue", thing(cameras[0]), **issuing(org)),
        "may_register": may(actor, "camera.register", thing_of_org(org), **SHOWN),
        **_setting_up(actor, cameras),
        "has_sites": has_sites(org.pk),
        "removed": removed(org.pk),
    }
    return render(request, "cameras/html/rack.html", page)


def _setting_up(actor: Actor, cameras: list[Camera]) -> dict[str, bool]:
    """Whether he may set cameras up here, or only at a management PC (police-2.3)."""
    if not cameras:
        return {}
    about, here = thing(cameras[0]), setting(cameras[0], actor)
    may_here = may(actor, "camera.profile", about, **here)
    at_the_pc = may(actor, "camera.profile", about, **here | {"seat_enrolled": True})
    return {"may_set_up": may_here, "set_up_elsewhere": at_the_pc and not may_here}


@with_paper
def register(request: HttpRequest, code: str) -> HttpResponse:
    """Register a camera: only footage of registered ones is accepted."""
    actor, org = actor_at(request), organisation(code)
    sent = (request.POST or None, request.FILES or None)
    form = FixedCameraForm(org.pk, *sent) if has_sites(org.pk) else CameraForm(*sent)
    if form.is_valid():
        with told_on(form):
            actions.register(org, **form.cleaned_data, by=actor)
            # who registers for a unit need not belong to those who may look at its rack
            listed = may(actor, "camera.list", thing_of_org(org))
            return redirect("cameras.rack_at", org.pk) if listed else redirect("web.home")
    require(actor, "camera.register", thing_of_org(org), **SHOWN)
    page = {"form": form, "org": org}
    return render(request, "cameras/html/register.html", page, status=status_of(form))


def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that somebody takes a camera out: who, worn where, and what was seen to."""
    camera, actor = one(pk), actor_at(request)
    form = IssueForm(camera.org_id, request.POST or None)
    if form.is_valid():
        with told_on(form):
            worn, until = form.worn()
            checkout.issue(camera, form.cleaned_data["holder"], worn, until=until, by=actor)
            return redirect("cameras.rack_at", code=camera.org_id)
    require(actor, "camera.issue", thing(camera), **issuing(camera.org))
    page = {"form": form, "camera": camera}
    return render(request, "cameras/html/issue.html", page, status=status_of(form))
