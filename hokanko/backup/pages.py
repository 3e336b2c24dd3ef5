"""保管場所: which folders lie at the storage places of the rules, and declaring one."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hokanko.backup import actions, places
from hokanko.backup.forms import PlaceForm
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.decide import adopted_book, may, require


@require_http_methods(["GET", "POST"])
def shelf(request: HttpRequest, code: str = "") -> HttpResponse:
    """The places and their folders; whoever may, declares another."""
    by = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(by, "terminal.list", thing_of_org(org))
    form = PlaceForm(org.pk, request.POST or None)
    if form.is_valid():
        with told_on(form):
            told = form.cleaned_data
            actions.declare_place(org, told["place"], Path(told["where"]), by=by)
            return redirect("backup.places_at", org.pk)
    book = adopted_book(org.pk)
    here = {
        "org": org,
        "orgs": list(within_reach(by)),
        "named": places.named(org.pk),
        "listed": places.listed(org),
        "limits": places.limiting(org.pk),
        "clauses": [book.clause(name) for name in book.parameter("storage.places").clauses],
        "form": form,
        "may_declare": may(by, "storage.declare", thing_of_org(org), place_allowed=True),
    }
    return render(request, "backup/html/places.html", here, status=status_of(form))


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw a declaration."""
    row = places.place(pk)
    actions.withdraw_place(row, by=actor_at(request))
    return redirect("backup.places_at", row.org_id)
