"""The page of the promise meter: days held against days promised, and what the disk allows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hokanko.footage.space import outlook
from hokanko.people.door import actor_at, person_at
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.retention.proved import proofs
from hokanko.retention.queries import rule
from hokanko.rules.decide import adopted_book, require


@require_GET
def meter(request: HttpRequest, code: str = "") -> HttpResponse:
    """What is promised, what is held, when the disk breaks it, and what would mend it."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(actor, "footage.list", thing_of_org(org))
    book = adopted_book(org.pk)
    row = book.parameter("retention.days")
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "outlook": outlook(org),
        "rule": rule(org.pk),
        "settable": row.status != "fixed",
        "proofs": proofs(org.pk),
        "clause": book.clause(row.clauses[0]) if row.clauses else None,
    }
    return render(request, "retention/html/space.html", page)
