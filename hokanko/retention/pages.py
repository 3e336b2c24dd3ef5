"""Pages of retention: what dies when, the certificates, and the requests for early erasure."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hokanko import clock
from hokanko.errors import Missing, Refusal
from hokanko.footage.queries import footage as find_footage
from hokanko.footage.queries import thing
from hokanko.people.door import actor_at, person_at
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.retention import actions, queries
from hokanko.retention.erase import carry_out
from hokanko.retention.forms import ErasureForm
from hokanko.retention.proof import paper_of
from hokanko.rules.decide import adopted_book, may, parameter, require

EXCEPTION = "police-7.2.6-exception"
LEADERS = ("police-7.1.2", "police-7.1.2-auto", "police-7.2.6-erase", EXCEPTION)


@require_GET
def calendar(request: HttpRequest, code: str = "") -> HttpResponse:
    """What ends on each of the next days, as a calendar and as a table."""
    org, today = _org(request, code, "footage.list"), clock.today()
    ends = queries.endings(org.pk, today)
    book = adopted_book(org.pk)
    return render(
        request,
        "retention/html/calendar.html",
        _units(request, org)
        | {
            "today": ends[0],
            "soon": ends[1 : queries.SOON + 1],
            "months": queries.months(ends),
            "busy": [end for end in ends if end.count],
            "days": parameter(org.pk, "retention.days"),
            "clauses": [book.clause(name) for name in LEADERS],
        },
    )


@require_GET
def certificates(request: HttpRequest, code: str = "") -> HttpResponse:
    """The certificates of erasure of one organisation."""
    org = _org(request, code, "ledger.read")
    rows = [(row, len(row.footage)) for row in queries.certified(org.pk)]
    return render(
        request, "retention/html/certificates.html", _units(request, org) | {"rows": rows}
    )


@require_GET
def certificate(request: HttpRequest, erasure: UUID, form: str) -> HttpResponse:
    """One certificate: the signed JSON itself, or its print."""
    found = queries.erasure(erasure)
    require(actor_at(request), "ledger.read", thing_of_org(found.org))
    name = f"certificate-{found.org_id}-{found.day}.{form}"
    if form == "json":
        data, kind = found.certificate.encode(), "application/json"
    elif form == "pdf":
        data, kind = paper_of(found), "application/pdf"
    else:
        raise Missing("その形の証明書はありません。", "There is no such form of it.")
    shown = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=kind, headers=shown)


@require_GET
def cases(request: HttpRequest, code: str = "") -> HttpResponse:
    """The requests for exceptional erasure, of one unit or of every unit of a headquarters."""
    org = _org(request, code, "footage.list")
    context = _units(request, org) | {"rows": queries.cases(org.pk)}
    return render(request, "retention/html/cases.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an exceptional erasure. What is refused stays on the screen, with its article."""
    me, by = person_at(request), actor_at(request)
    require(by, "footage.list", thing_of_org(me.org))
    form = ErasureForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    refusal = None
    if form.is_valid():
        told = dict(form.cleaned_data)
        footage = find_footage(told.pop("number"))
        require(by, "footage.list", thing_of_org(footage.org))
        try:
            case = actions.ask_erasure(footage, **told, asker=me, by=by)
            return redirect("retention.case", case.pk)
        except Refusal as no:
            refusal = no
    return render(
        request,
        "retention/html/ask.html",
        {
            "form": form,
            "refusal": refusal,
            "clause": adopted_book(me.org_id).clause(EXCEPTION),
        },
        status=403 if refusal else 200,
    )


@require_GET
def case(request: HttpRequest, case: UUID) -> HttpResponse:
    """One request, with what is known of the footage but never its picture."""
    found, by = queries.case(case), actor_at(request)
    require(by, "footage.list", thing_of_org(found.org))
    return render(
        request,
        "retention/html/case.html",
        {
            "case": found,
            "mine": found.state == "asked" and may(by, "erasure.decide", thing(found.footage)),
            "clause": adopted_book(found.org_id).clause(EXCEPTION),
            "certificate": queries.certified(found.org_id).filter(case=found).first(),
        },
    )


@require_POST
def decide(request: HttpRequest, case: UUID) -> HttpResponse:
    """Grant or decline a request; what is granted is gone when the answer comes."""
    found, me, by = queries.case(case), person_at(request), actor_at(request)
    if request.POST.get("decision") == "grant":
        carry_out(found, me, by=by)
    else:
        actions.decline_erasure(found, me, by=by)
    return redirect("retention.case", found.pk)


def _org(request: HttpRequest, code: str, verb: str) -> Organisation:
    """The organisation that the page is about: one's own, or a unit under it."""
    org = organisation(code or person_at(request).org_id)
    require(actor_at(request), verb, thing_of_org(org))
    return org


def _units(request: HttpRequest, org: Organisation) -> dict[str, object]:
    every = queries.units(person_at(request).org)
    return {"org": org, "units": every if len(every) > 1 else []}
