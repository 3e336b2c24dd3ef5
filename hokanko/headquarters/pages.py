"""Pages of headquarters: statistics of all units, the project's days, and its reports."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hokanko import clock
from hokanko.errors import Conflict, Missing, Refusal
from hokanko.formats.statistics import Statistics, write
from hokanko.headquarters import actions, papers, queries
from hokanko.headquarters.forms import PeriodForm, ReportForm
from hokanko.headquarters.kinds import KINDS
from hokanko.headquarters.models import ProjectReport
from hokanko.headquarters.shown import figures
from hokanko.headquarters.words import DAYS, STATES, lines
from hokanko.people.door import actor_at, person_at
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.decide import may, require

READ = "statistics.read"
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@require_GET
def numbers(request: HttpRequest, code: str = "") -> HttpResponse:
    """The statistics of a headquarters and its units, as charts and tables."""
    org, told = _told(request, code)
    by = actor_at(request)
    days = {"since": told.since.isoformat(), "until": told.until.isoformat()}
    here = {
        "org": org,
        "orgs": [each for each in within_reach(by) if may(by, READ, thing_of_org(each))],
        "form": PeriodForm(initial=days),
        "told": told,
        "figures": figures(org, told),
        "period": urlencode(days),
        "forms": list(TYPES),
    }
    return render(request, "headquarters/html/numbers.html", here)


@require_GET
def table(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The same to take away: PDF, Excel, CSV, or JSON to be merged with other forces'."""
    org, told = _told(request, code)
    if form not in TYPES:
        raise Missing("この形式はありません。", f"There is no form {form}.")
    body = write(told) if form == "json" else papers.in_form(org, told, form)
    return _file(body, form, f"statistics-{org.pk}")


@require_GET
def days(request: HttpRequest, code: str) -> HttpResponse:
    """What the project owes, and when."""
    org = _org(request, code)
    rows = [
        (DAYS[duty.name], duty.day, duty.state, STATES[duty.state])
        for duty in queries.calendar(org)
    ]
    here = {
        "org": org,
        "rows": rows,
        "project": queries.project(org),
        "by_notice": queries.notices(org),
        "register": queries.NOTICES,
    }
    return render(request, "headquarters/html/project.html", here)


@require_GET
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """The reports of an organisation, and what may be drafted."""
    org = _org(request, code)
    here = {
        "org": org,
        "rows": [(each, KINDS[each.kind].words) for each in queries.reports(org)],
        "kinds": {name: kind.words for name, kind in KINDS.items()},
        "may_draft": may(actor_at(request), "report.draft", thing_of_org(org)),
    }
    return render(request, "headquarters/html/reports.html", here)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Begin a report."""
    org = organisation(code)
    by = actor_at(request)
    require(by, "report.draft", thing_of_org(org))
    if kind not in KINDS:
        raise Missing("この報告書はありません。", f"There is no report {kind}.")
    begins, ends = queries.period(org)
    form = ReportForm(request.POST or None, kind=kind, initial={"begins": begins, "ends": ends})
    refusal = None
    if form.is_valid():
        try:
            made = actions.draft(org, kind, **form.cleaned_data, author=person_at(request), by=by)
            return redirect("headquarters.report", made.pk)
        except Conflict as no:
            refusal = no
    here = {"org": org, "words": KINDS[kind].words, "form": form, "refusal": refusal}
    return render(request, "headquarters/html/draft.html", here, status=409 if refusal else 200)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One report: a draft is written on, an issued one is read."""
    found = _report(request, pk)
    first = {
        name: getattr(found, name) for name in ("begins", "ends", "effects", "problems", "url")
    }
    form = ReportForm(request.POST or None, kind=found.kind, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"author": person_at(request), "by": actor_at(request)}
        try:
            actions.revise(found, **told)
            return redirect("headquarters.report", found.pk)
        except Conflict as no:
            return _show(request, found, form, no)
    return _show(request, found, form)


@require_POST
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Issue a report; what is refused is left as a draft, with the article that says why."""
    found = _report(request, pk)
    try:
        actions.issue(found, issuer=person_at(request), by=actor_at(request))
        return redirect("headquarters.report", found.pk)
    except (Refusal, Conflict) as no:
        first = {name: getattr(found, name) for name in ("begins", "ends", "effects", "problems")}
        form = ReportForm(kind=found.kind, initial=first | {"url": found.url})
        return _show(request, queries.report(pk), form, no)


@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A report as PDF."""
    found = _report(request, pk)
    return _file(papers.report_pdf(found), "pdf", found.number or f"draft-{found.kind}")


def _show(
    request: HttpRequest,
    found: ProjectReport,
    form: ReportForm,
    refusal: Refusal | Conflict | None = None,
) -> HttpResponse:
    may_draft = may(actor_at(request), "report.draft", thing_of_org(found.org))
    here = {
        "org": found.org,
        "report": found,
        "words": KINDS[found.kind].words,
        "kind": KINDS[found.kind],
        "counts": lines(found.org_id, found.counts),
        "form": form if may_draft and found.issued_at is None else None,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "headquarters/html/report.html", here, status=status)


def _told(request: HttpRequest, code: str) -> tuple[Organisation, Statistics]:
    """The organisation's statistics over the days asked for; without them, the project's."""
    org = _org(request, code)
    asked = PeriodForm(request.GET)
    said = asked.cleaned_data if asked.is_valid() else {}
    first, last = queries.period(org)
    until = min(said.get("until") or last, clock.today())
    return org, queries.statistics(org, min(said.get("since") or first, until), until)


def _org(request: HttpRequest, code: str) -> Organisation:
    org = organisation(code or person_at(request).org_id)
    require(actor_at(request), READ, thing_of_org(org))
    return org


def _report(request: HttpRequest, pk: UUID) -> ProjectReport:
    found = queries.report(pk)
    require(actor_at(request), READ, thing_of_org(found.org))
    return found


def _file(body: bytes, form: str, name: str) -> HttpResponse:
    shown = "inline" if form == "pdf" else "attachment"
    headers = {"Content-Disposition": f'{shown}; filename="{name}.{form}"'}
    return HttpResponse(body, content_type=TYPES[form], headers=headers)
