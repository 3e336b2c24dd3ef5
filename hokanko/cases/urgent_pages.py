"""Pages of urgent reports (即報): every unit's incidents with their clocks, and what is done."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hokanko.casebook.models import Case
from hokanko.casebook.reports import chained, stages
from hokanko.cases import queries, urgent
from hokanko.cases.pages import page_of
from hokanko.cases.urgent_forms import ReportForm
from hokanko.cases.urgent_paper import paper_of
from hokanko.cases.words import STATES, matter
from hokanko.errors import Missing, Refusal
from hokanko.people.door import actor_at, person_at
from hokanko.people.queries import thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.decide import may, require


@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """The incidents of every organisation within reach, the newest first, each leg with its due."""
    by = actor_at(request)
    require(by, "case.list", thing_of_org(person_at(request).org))
    orgs = [org.pk for org in within_reach(by) if may(by, "case.list", thing_of_org(org))]
    rows = [
        {"case": case, "matter": matter(case), "state": STATES[case.state], "stages": stages(case)}
        for case in chained(orgs)
    ]
    return render(request, "cases/html/incidents.html", {"rows": rows})


@require_POST
def report(request: HttpRequest, case: UUID) -> HttpResponse:
    """Record the next report along the chain. What is refused stays on the screen."""
    found, me, by = _case(request, case), person_at(request), actor_at(request)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return page_of(request, found, reporting=form)
    try:
        urgent.report(found, **form.cleaned_data, person=me, by=by)
    except Refusal as no:
        return page_of(request, found, reporting=form, refusal=no)
    return redirect("cases.show", found.pk)


@require_POST
def receive(request: HttpRequest, case: UUID) -> HttpResponse:
    """Record at headquarters that the unit's report was taken."""
    found, me, by = _case(request, case), person_at(request), actor_at(request)
    try:
        urgent.receive(found, person=me, by=by)
    except Refusal as no:
        return page_of(request, found, refusal=no)
    return redirect("cases.show", found.pk)


@require_GET
def paper(request: HttpRequest, case: UUID, leg: int) -> HttpResponse:
    """The report of one leg as a paper: drafted from the facts, complete once it was made."""
    found = _case(request, case)
    stage = next((each for each in stages(found) if each.leg.number == leg), None)
    if found.kind != "incident" or stage is None:
        raise Missing("この事案に、その即報はありません。", "This case has no such report.")
    name = f"report-{found.number}-{leg}.pdf"
    shown = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(paper_of(found, stage), content_type="application/pdf", headers=shown)


def _case(request: HttpRequest, pk: UUID) -> Case:
    found = queries.case(str(pk))
    require(actor_at(request), "case.list", thing_of_org(found.org))
    return found
