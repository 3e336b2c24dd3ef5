"""The pages of sites (設置場所), with the placement map drawn over its base."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hokanko.cameras import plan
from hokanko.cameras import signs as asked
from hokanko.cameras import sites as actions
from hokanko.cameras.arranging import marks_of
from hokanko.cameras.drawing import drawing, unplaced
from hokanko.cameras.queries import FIXED, count_mismatch
from hokanko.cameras.sealed import closing_of
from hokanko.cameras.sheets import is_bare, sheets
from hokanko.cameras.site_forms import (
    AddSheetForm,
    ClosingForm,
    EntrancesForm,
    SiteForm,
    entrances_text,
)
from hokanko.people.attach import with_paper
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.decide import may, require


def listing(request: HttpRequest, code: str = "") -> HttpResponse:
    """The sites of an organisation, and the form for another."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(actor, "camera.list", thing_of_org(org))
    form = SiteForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            made = actions.open_site(org, **form.cleaned_data, by=actor)
            return redirect("cameras.site", pk=made.pk)
    standing = Q(cameras__kind=FIXED, cameras__retired_at=None)
    hanging = Q(signs__removed_on=None, signs__posted_on__isnull=False)
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "sites": asked.sites(org.pk).annotate(
            camera_count=Count("cameras", filter=standing, distinct=True),
            sign_count=Count("signs", filter=hanging, distinct=True),
        ),
        "closed": asked.closed(org.pk),
        "mismatch": count_mismatch(org.pk),
        "form": form,
        "may_open": may(actor, "site.open", thing_of_org(org)),
        "open_tab": "sites",
    }
    return render(request, "cameras/html/sites.html", page, status=status_of(form))


def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One site: its placement map, its cameras, its signs, its entrances."""
    actor, site = actor_at(request), asked.site(pk)
    about = thing_of_org(site.org)
    require(actor, "camera.list", about)
    drawn = [
        {"sheet": each, "map": drawing(each), "is_bare": is_bare(each)} for each in sheets(site)
    ]
    page = {
        "site": site,
        "sheets": drawn,
        "has_base": any(each.has_base for each in sheets(site)),
        "unplaced": unplaced(site),
        "unwritten": request.GET.get("unwritten", "").isdecimal(),
        "has_marks": bool(marks_of(site)),
        "cameras": site.cameras.filter(kind=FIXED, retired_at=None).order_by("number"),
        "signs": asked.posted(site.org_id).filter(site=site),
        "planned": asked.planned(site.org_id).filter(site=site),
        "bare": [name for place, name in asked.bare_entrances(site.org_id) if place == site],
        "sheet_form": AddSheetForm(),
        "entrances_form": EntrancesForm(initial={"entrances": entrances_text(site)}),
        "may_map": may(actor, "site.map", about),
        "may_post": may(actor, "sign.post", about),
        "may_close": may(actor, "site.close", about, left=[]),
        "left": asked.left(site),
        "sizes": list(plan.sign_sizes(site.org_id)),
        "addressed": bool(plan.address(site)),
    }
    return render(request, "cameras/html/site.html", page)


def closed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A site that is in use no more: when, what stood there, and how it was left."""
    actor, site = actor_at(request), asked.closed_site(pk)
    require(actor, "camera.list", thing_of_org(site.org))
    page = {
        "site": site,
        "cameras": site.cameras.filter(kind=FIXED).order_by("number"),
        "may_see": may(actor, "site.close", thing_of_org(site.org), left=[]),
    }
    return render(request, "cameras/html/closed.html", page)


def closing_photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The site as it was left, for those who close sites."""
    site = asked.closed_site(pk)
    require(actor_at(request), "site.close", thing_of_org(site.org), left=[])
    return HttpResponse(closing_of(site), content_type="image/jpeg")


@require_POST
def entrances(request: HttpRequest, pk: UUID) -> HttpResponse:
    site, form = asked.site(pk), EntrancesForm(request.POST)
    if form.is_valid():
        actions.state_entrances(site, form.cleaned_entrances(), by=actor_at(request))
    return redirect("cameras.site", pk=pk)


@with_paper
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a site where nothing is left."""
    actor, site = actor_at(request), asked.site(pk)
    require(actor, "site.close", thing_of_org(site.org), left=asked.left(site))
    form = ClosingForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with told_on(form):
            actions.close_site(site, **form.cleaned_data, by=actor)
            return redirect("cameras.closed", pk=pk)
    page = {"form": form, "site": site}
    return render(request, "cameras/html/closing.html", page, status=status_of(form))
