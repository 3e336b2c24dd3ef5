"""The pages of signs (表示板): planned, hung, photographed, moved, taken down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hokanko.cameras import posting as actions
from hokanko.cameras import signs as asked
from hokanko.cameras.drawing import Drawing
from hokanko.cameras.sealed import photograph_of, removal_of
from hokanko.cameras.sheet_pages import drawn_for, keep_typed, pick_from, sent
from hokanko.cameras.site_forms import (
    HungForm,
    MovedForm,
    PlannedForm,
    SignForm,
    SignRemovalForm,
)
from hokanko.cameras.untold import untold_without
from hokanko.people.attach import with_paper
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.decide import may, require


def listing(request: HttpRequest, code: str = "") -> HttpResponse:
    """The signs that hang, those to be hung or taken down, and the entrances that lack one."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(actor, "camera.list", thing_of_org(org))
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "signs": asked.posted(org.pk),
        "planned": asked.planned(org.pk),
        "to_remove": asked.to_remove(org.pk),
        "removed": asked.removed(org.pk),
        "bare": asked.bare_entrances(org.pk),
        "unsigned": asked.without_sign(org.pk),
        "may_post": may(actor, "sign.post", thing_of_org(org)),
        "open_tab": "signs",
    }
    return render(request, "cameras/html/signs.html", page)


@with_paper
def post_sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a sign that hangs; the map itself is a button that picks its place."""
    actor, site = actor_at(request), asked.site(pk)
    require(actor, "sign.post", thing_of_org(site.org))
    form = SignForm(site, *sent(request))
    lost = keep_typed(request, form)
    sheet = drawn_for(request, site)
    if form.is_valid():
        said = form.cleaned_data
        with told_on(form):
            actions.post_sign(
                site,
                **_where(form, sheet),
                cameras=list(said["cameras"]),
                on=said["posted_on"],
                photo=said["photo"],
                by=actor,
            )
            return redirect("cameras.site", pk=pk)
    page = {"form": form, "site": site, **pick_from(site, sheet), **lost}
    return render(request, "cameras/html/sign.html", page, status=status_of(form))


def plan_sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan a sign before it hangs."""
    actor, site = actor_at(request), asked.site(pk)
    require(actor, "sign.plan", thing_of_org(site.org))
    form = PlannedForm(site, *sent(request))
    lost = keep_typed(request, form)
    sheet = drawn_for(request, site)
    if form.is_valid():
        told = list(form.cleaned_data["cameras"])
        with told_on(form):
            actions.plan_sign(site, **_where(form, sheet), cameras=told, by=actor)
            return redirect("cameras.site", pk=pk)
    page = {"form": form, "site": site, **pick_from(site, sheet), **lost, "planning": True}
    return render(request, "cameras/html/sign.html", page, status=status_of(form))


@with_paper
def hang(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A planned sign hangs now, or one that hangs is photographed."""
    actor, sign = actor_at(request), asked.sign(pk)
    require(actor, "sign.post", thing_of_org(sign.site.org))
    form = HungForm(sign, request.POST or None, request.FILES or None)
    if form.is_valid():
        with told_on(form):
            actions.hang_sign(sign, **form.cleaned_data, by=actor)
            return redirect("cameras.site", pk=sign.site_id)
    page = {"form": form, "sign": sign}
    return render(request, "cameras/html/sign_hung.html", page, status=status_of(form))


@with_paper
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that a sign hangs elsewhere now."""
    actor, sign = actor_at(request), asked.sign(pk)
    require(actor, "sign.move", thing_of_org(sign.site.org))
    form = MovedForm(sign, *sent(request))
    lost = keep_typed(request, form)
    sheet = drawn_for(request, sign.site, sign.sheet_id)
    if form.is_valid():
        said = form.cleaned_data
        where = _where(form, sheet)
        with told_on(form):
            actions.move_sign(sign, **where, on=said["on"], photo=said["photo"], by=actor)
            return redirect("cameras.site", pk=sign.site_id)
    page = {"form": form, "sign": sign, "site": sign.site, **pick_from(sign.site, sheet), **lost}
    return render(request, "cameras/html/sign_moved.html", page, status=status_of(form))


@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give up a plan."""
    sign = asked.sign(pk)
    actions.drop_plan(sign, by=actor_at(request))
    return redirect("cameras.site", pk=sign.site_id)


def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The photograph of a sign, for those who keep the signs."""
    sign = asked.sign(pk)
    require(actor_at(request), "sign.post", thing_of_org(sign.site.org))
    return HttpResponse(photograph_of(sign), content_type="image/jpeg")


@require_GET
def removal_photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a sign was taken down, for those who see the cameras."""
    sign = asked.sign(pk)
    require(actor_at(request), "camera.list", thing_of_org(sign.site.org))
    return HttpResponse(removal_of(sign), content_type="image/jpeg")


@with_paper
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that a sign was taken down."""
    actor, sign = actor_at(request), asked.sign(pk)
    require(actor, "sign.remove", thing_of_org(sign.site.org))
    untold = untold_without(sign)
    form = SignRemovalForm(untold, request.POST or None, request.FILES or None)
    if form.is_valid():
        with told_on(form):
            actions.remove_sign(sign, **form.cleaned_data, by=actor)
            return redirect("cameras.signs_at", code=sign.site.org_id)
    page = {"form": form, "sign": sign, "untold": untold}
    return render(request, "cameras/html/sign_removal.html", page, status=status_of(form))


def _where(form: PlannedForm | MovedForm, sheet: Drawing | None) -> dict[str, Any]:
    said = form.cleaned_data
    return {"place": said["place"], "entrance": said["entrance"], "spot": form.spot(sheet)}
