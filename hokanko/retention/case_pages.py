"""Pages of requests for an exceptional erasure: asked, checked by a colleague, decided."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hokanko.errors import Conflict, Missing, Refusal
from hokanko.footage.queries import any_footage, has_wearers, thing
from hokanko.people.door import actor_at, person_at
from hokanko.people.queries import thing_of_org
from hokanko.retention import early, queries
from hokanko.retention.asking import STATED, may_ask
from hokanko.retention.erase import carry_out
from hokanko.retention.forms import DEPARTED, DecisionForm, ErasureForm, SecondForm
from hokanko.retention.models import ErasureCase
from hokanko.retention.pages import org_at, units_of
from hokanko.rules.decide import may, require, who_may

FINDING = {"granting": True, "own": False, "seconded": True, "confirmed": True}
FINDING |= {"reason_missing": False}


@require_GET
def cases(request: HttpRequest, code: str = "") -> HttpResponse:
    """The requests for exceptional erasure, of one unit or of every unit of a headquarters."""
    org = org_at(request, code, "footage.list")
    context = units_of(request, org) | {
        "rows": queries.cases(org),
        "askers": who_may(org.pk, "erasure.ask"),
        "may_ask": may_ask(org, actor_at(request)),
        "clause": queries.exception(org.pk),
    }
    return render(request, "retention/html/cases.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an exceptional erasure. What is refused stays on the screen, with its article."""
    me, by = person_at(request), actor_at(request)
    require(by, "footage.list", thing_of_org(me.org))
    require(by, "erasure.ask", any_footage(me.org), **STATED)  # before a long form is filled in
    if not queries.rule(me.org_id).asked:
        raise Missing("消去の申請という手続はありません。", "There is nothing to ask for here.")
    form = ErasureForm(by, me.org_id, request.POST or None, initial=_flagged(request))
    refusal = None
    if form.is_valid():
        told = form.cleaned_data
        try:
            case = early.ask_erasure(
                told["number"], limb=told["limb"], request=form.request(), asker=me, by=by
            )
            return redirect("retention.case", case.pk)
        except (Refusal, Conflict) as no:
            refusal = no
    return render(
        request,
        "retention/html/ask.html",
        {
            "form": form,
            "refusal": refusal,
            "clause": queries.exception(me.org_id),
        },
        status=refusal.status if refusal else 200,
    )


@require_GET
def case(request: HttpRequest, case: UUID) -> HttpResponse:
    """One request, with what is known of the footage but never its picture."""
    return _case(request, queries.case(case))


@require_POST
def second(request: HttpRequest, case: UUID) -> HttpResponse:
    """Somebody else of the unit has checked what the request states."""
    found, me, by = queries.case(case), person_at(request), actor_at(request)
    require(by, "erasure.second", thing(found.footage), own=by.id == str(found.asked_by_id))
    form = SecondForm(request.POST)
    if form.is_valid():
        try:
            early.second_erasure(found, form.cleaned_data["text"], me, by=by)
            return redirect("retention.case", found.pk)
        except (Refusal, Conflict) as no:
            return _case(request, found, refusal=no, seconding=form)
    return _case(request, found, seconding=form)


@require_POST
def decide(request: HttpRequest, case: UUID) -> HttpResponse:
    """Grant or decline a request; what is granted is gone when the answer comes."""
    found, me, by = queries.case(case), person_at(request), actor_at(request)
    require(by, "erasure.decide", thing(found.footage), limb=found.limb, **FINDING)
    form = DecisionForm(found.limb, request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if request.POST.get("decision") == "grant":
                carry_out(found, me, confirmed=form.confirmed, reason=reason, by=by)
            else:
                early.decline_erasure(found, me, reason=reason, by=by)
            return redirect("retention.case", found.pk)
        except (Refusal, Conflict) as no:
            return _case(request, found, refusal=no, deciding=form)
    return _case(request, found, deciding=form)


def _case(
    request: HttpRequest,
    found: ErasureCase,
    *,
    refusal: Refusal | Conflict | None = None,
    seconding: SecondForm | None = None,
    deciding: DecisionForm | None = None,
) -> HttpResponse:
    """The page of one request; a form that was refused stands where it was."""
    by, about = actor_at(request), thing(found.footage)
    require(by, "footage.list", thing_of_org(found.org))
    asked = found.state == "asked"
    own = by.id == str(found.asked_by_id)
    checks = asked and found.seconded_by_id is None and may(by, "erasure.second", about, own=own)
    decides = asked and may(by, "erasure.decide", about, limb=found.limb, **FINDING)
    here = queries.told(found) | {
        "case": found,
        "refusal": refusal,
        "seconding": (seconding or SecondForm()) if checks else None,
        "deciding": (deciding or DecisionForm(found.limb)) if decides else None,
        "clause": queries.exception(found.org_id),
        "rule": queries.rule(found.org_id),
        "wearers": has_wearers(found.org_id),
        "certificate": queries.certified(found.org_id).filter(case=found).first(),
    }
    return render(
        request, "retention/html/case.html", here, status=refusal.status if refusal else 200
    )


def _flagged(request: HttpRequest) -> dict[str, str]:
    """What a link to the form has told already: a stretch that was flagged, or only the piece."""
    given = request.GET
    told = {name: given[name] for name in ("number", "departs", "begun", "ended") if name in given}
    return told | ({"limb": DEPARTED} if "begun" in told else {})
