"""Pages of paperwork about a whole organisation: reviewing accounts, positions, reminders."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hokanko.people import paperwork
from hokanko.people.attach import scan_of, with_paper
from hokanko.people.door import actor_at
from hokanko.people.forms import RemindForm, SucceedForm, status_of, told_on
from hokanko.people.pages import one
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import row
from hokanko.rules.decide import require


@require_POST
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Record that the list of people was looked through as it stands."""
    paperwork.review(organisation(code), by=actor_at(request))
    return redirect("people.roster_at", code=code)


@require_POST
@with_paper
def remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that somebody who left was told that secrecy goes on, with the paper if it is sent."""
    form = RemindForm(request.POST, request.FILES)
    if form.is_valid():
        with told_on(form):
            scan = scan_of(form.cleaned_data["scan"])
            paperwork.remind(row(pk).person, scan=scan, by=actor_at(request))
            return redirect("people.one", pk=pk)
    return one(request, pk, remind_form=form)


def succeed(request: HttpRequest, code: str) -> HttpResponse:
    """A change of holder of a position: its posts follow on the day."""
    org, actor = organisation(code), actor_at(request)
    require(actor, "post.succeed", thing_of_org(org))
    form = SucceedForm(org, request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        with told_on(form):
            successor = row(UUID(said["successor"])).person
            paperwork.succeed(org, said["position"], successor, said["on"], by=actor)
            return redirect("people.roster_at", code=code)
    page = {"form": form, "org": org}
    return render(request, "people/html/succeed.html", page, status=status_of(form))
