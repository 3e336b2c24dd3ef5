"""The pages of sheets (図面): added, named and scaled, their base maps laid, given up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hokanko.cameras import laying as actions
from hokanko.cameras import signs as asked
from hokanko.cameras.drawing import PICKED, Drawing, drawing
from hokanko.cameras.models import Site
from hokanko.cameras.sheets import sheet, sheets, shown_sheet
from hokanko.cameras.site_forms import AddSheetForm, MapForm, SheetForm
from hokanko.errors import Missing
from hokanko.people.attach import with_paper
from hokanko.people.door import actor_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import thing_of_org
from hokanko.rules.decide import require

TURNING = "turning"  # the button of another sheet, in a form half filled in
PLACE = ("left", "top")


def drawn_for(request: HttpRequest, site: Site, own: UUID | None = None) -> Drawing | None:
    """The sheet on which a place is picked: the address's, a mark's own, the first, or none."""
    here = shown_sheet(site, request.GET.get("sheet", ""), own)
    return drawing(here) if here else None


def pick_from(site: Site, sheet: Drawing | None) -> dict[str, Any]:
    """What a page needs to have a place picked on a sheet, and to go to another."""
    return {"map": sheet, "picked": PICKED, "sheets": list(sheets(site)), "turning": TURNING}


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is made of: what was posted, or nothing where only another sheet is wanted."""
    if request.method != "POST" or TURNING in request.POST:
        return None, None
    return request.POST, request.FILES


def keep_typed(
    request: HttpRequest, form: forms.Form, *, elsewhere: bool = False
) -> dict[str, Any]:
    """Put back what was typed before another sheet was chosen, but for a place on the old one.

    `elsewhere`: the mark's own place is not on the sheet now shown. Says as `lost` whether a
    picture or a password was among it: a browser is given neither again.
    """
    if TURNING not in request.POST:
        return {}
    boxes = {name: box.widget for name, box in form.fields.items() if name not in PLACE}
    told = {name: box.value_from_datadict(request.POST, {}, name) for name, box in boxes.items()}
    form.initial = {**form.initial, **told, **(dict.fromkeys(PLACE) if elsewhere else {})}
    secrets = [name for name, box in boxes.items() if isinstance(box, forms.PasswordInput)]
    return {"lost": bool(request.FILES) or any(told[name] for name in secrets)}


@require_POST
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a sheet to a site."""
    actor, site = actor_at(request), asked.site(pk)
    require(actor, "site.map", thing_of_org(site.org))
    form = AddSheetForm(request.POST)
    if form.is_valid():
        with told_on(form):
            made = actions.add_sheet(site, form.cleaned_data["name"], by=actor)
            return redirect("cameras.lay_map", pk=made.pk)
    page = {"form": form, "site": site}
    return render(request, "cameras/html/sheet.html", page, status=status_of(form))


def describe(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name a sheet, and say how wide it is."""
    actor, here = actor_at(request), sheet(pk)
    require(actor, "site.map", thing_of_org(here.site.org))
    known = {"name": here.name, "metres_across": here.metres_across}
    form = SheetForm(request.POST or None, initial=known)
    if form.is_valid():
        with told_on(form):
            actions.describe_sheet(here, **form.cleaned_data, by=actor)
            return redirect("cameras.site", pk=here.site_id)
    page = {"form": form, "site": here.site, "here": here}
    return render(request, "cameras/html/sheet.html", page, status=status_of(form))


def base_map(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The base map as a picture."""
    here = sheet(pk)
    require(actor_at(request), "camera.list", thing_of_org(here.site.org))
    if here.map_png is None:
        raise Missing("下図がありません。", "There is no base map.")
    return HttpResponse(bytes(here.map_png), content_type="image/png")


@with_paper
def lay_map(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Upload a base map."""
    actor, here = actor_at(request), sheet(pk)
    require(actor, "site.map", thing_of_org(here.site.org))
    form = MapForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        picture = form.cleaned_data["picture"]
        actions.lay_map(here, picture, by=actor)
        there = reverse("cameras.site", args=[here.site_id])
        return redirect(f"{there}?unwritten={picture.unwritten}" if picture.unwritten else there)
    page = {"form": form, "site": here.site, "here": here}
    return render(request, "cameras/html/map_form.html", page, status=status_of(form))


@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give up a sheet on which nothing is drawn."""
    here = sheet(pk)
    actions.drop_sheet(here, by=actor_at(request))
    return redirect("cameras.site", pk=here.site_id)
