"""Pages of retention: what dies when, the certificates, and the requests for early erasure."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hokanko import clock
from hokanko.errors import Conflict, Missing, Refusal
from hokanko.footage.queries import any_footage, thing
from hokanko.footage.queries import footage as find_footage
from hokanko.people.door import actor_at, person_at
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.retention import actions, queries
from hokanko.retention.erase import erase_now
from hokanko.retention.forms import EraseForm, ExtendForm
from hokanko.retention.proof import paper_of
from hokanko.rules.decide import require, who_may
from hokanko.rules.verb import write_refusal

EXTENDING = {
    "range_missing": False,
    "unfit_purpose": False,
    "until_missing": False,
    "reason_missing": False,
}


@require_GET
def calendar(request: HttpRequest, code: str = "") -> HttpResponse:
    """What ends on each of the next days, as a calendar and as a table."""
    org, today = org_at(request, code, "footage.list"), clock.today()
    ends = queries.endings(org.pk, today)
    return render(
        request,
        "retention/html/calendar.html",
        units_of(request, org)
        | {
            "today": ends[0],
            "soon": ends[1 : queries.SOON + 1],
            "months": queries.months(ends),
            "busy": [end for end in ends if end.count],
            "extended": queries.extended(org.pk, today),
            "extenders": who_may(org.pk, "retention.extend"),
        },
    )


@require_GET
def certificates(request: HttpRequest, code: str = "") -> HttpResponse:
    """The certificates of erasure of one organisation."""
    org = org_at(request, code, "ledger.read")
    found = queries.certified(org.pk)
    rows = [(row, len(row.footage), queries.days_late(row)) for row in found]
    return render(
        request, "retention/html/certificates.html", units_of(request, org) | {"rows": rows}
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


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest) -> HttpResponse:
    """Extend the retention of some footage, where the rulebook knows that, with the reason."""
    me, by = person_at(request), actor_at(request)
    require(by, "retention.extend", any_footage(me.org), **EXTENDING)
    form = ExtendForm(request.POST or None, initial={"numbers": request.GET.get("number", "")})
    ticked, refusal = request.POST.getlist("purposes"), None
    if form.is_valid():
        told = form.cleaned_data
        try:
            if not told["numbers"]:
                require(
                    by,
                    "retention.extend",
                    any_footage(me.org),
                    **EXTENDING | {"range_missing": True},
                )
            for piece in [find_footage(number) for number in told["numbers"]]:
                actions.extend(piece, told["until"], told["reason"], ticked, by=by)
            return redirect("retention.calendar")
        except (Refusal, Conflict, Missing) as no:
            refusal = no
            if isinstance(no, Refusal):
                write_refusal(no, by)
    here = {"form": form, "ticked": ticked, "purposes": queries.purposes(me.org_id)}
    here |= {"refusal": refusal, "rule": queries.rule(me.org_id)}
    status = refusal.status if refusal else 200
    return render(request, "retention/html/extend.html", here, status=status)


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, number: str) -> HttpResponse:
    """Erase one piece by hand, where the rulebook lets somebody; its certificate is the answer."""
    footage, me, by = find_footage(number), person_at(request), actor_at(request)
    require(by, "retention.erase_by_hand", thing(footage), reason_missing=False)
    form, refusal = EraseForm(footage.number, request.POST or None), None
    if form.is_valid():
        try:
            erase_now(footage, form.cleaned_data["reason"], me, by=by)
            return redirect("retention.certificates_at", footage.org_id)
        except Refusal as no:
            refusal = no
    here = {"form": form, "footage": footage, "refusal": refusal}
    return render(request, "retention/html/erase.html", here, status=403 if refusal else 200)


def org_at(request: HttpRequest, code: str, verb: str) -> Organisation:
    """The organisation that the page is about: one's own, or a unit under it."""
    org = organisation(code or person_at(request).org_id)
    require(actor_at(request), verb, thing_of_org(org))
    return org


def units_of(request: HttpRequest, org: Organisation) -> dict[str, object]:
    every = queries.units(person_at(request).org)
    rule = queries.rule(org.pk)
    return {"org": org, "units": every if len(every) > 1 else [], "rule": rule}
