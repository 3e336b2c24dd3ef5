"""Pages of doubts (疑義): raised at a clause, listed, and taken through the consultation."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hokanko import clock
from hokanko.casebook.doubts import asked, doubt, said
from hokanko.casebook.models import Doubt
from hokanko.casebook.reports import MEANS
from hokanko.cases import doubts
from hokanko.cases.urgent_forms import AnswerForm, RaiseForm, ToldForm
from hokanko.errors import Missing, Refusal
from hokanko.people.door import actor_at, person_at
from hokanko.people.queries import thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.decide import adopted_book, may, require


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The doubts of every organisation within reach, what is unanswered first."""
    by, me = actor_at(request), person_at(request)
    require(by, "doubt.list", thing_of_org(me.org))
    orgs = [org.pk for org in within_reach(by) if may(by, "doubt.list", thing_of_org(org))]
    rows = [(row, _clause(row)) for row in asked(orgs)]
    return render(request, "cases/html/doubts.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, clause: str) -> HttpResponse:
    """Raise a doubt about a clause of one's own organisation's document."""
    me, by = person_at(request), actor_at(request)
    require(by, "doubt.raise", thing_of_org(me.org))
    book = adopted_book(me.org_id)
    found = next((each for each in book.clauses if each.id == clause), None)
    if found is None:
        raise Missing("この条はこの規程にありません。", "This rulebook has no such clause.")
    form = RaiseForm(request.POST or None)
    if not form.is_valid():
        return render(request, "cases/html/ask_doubt.html", {"form": form, "clause": found})
    raised = doubts.raise_doubt(me.org, clause, form.cleaned_data["question"], person=me, by=by)
    return redirect("cases.doubt", raised.pk)


@require_GET
def show(request: HttpRequest, doubt_id: UUID) -> HttpResponse:
    """One doubt: its clause, the question, the report, the answer."""
    return _page(request, _doubt(request, doubt_id))


@require_POST
def tell(request: HttpRequest, doubt_id: UUID) -> HttpResponse:
    """Record the report to the office above. What is refused stays on the screen."""
    found, form = _doubt(request, doubt_id), ToldForm(request.POST)
    if not form.is_valid():
        return _page(request, found, telling=form)
    try:
        doubts.tell(found, **form.cleaned_data, by=actor_at(request))
    except Refusal as no:
        return _page(request, found, telling=form, refusal=no)
    return redirect("cases.doubt", found.pk)


@require_POST
def answer(request: HttpRequest, doubt_id: UUID) -> HttpResponse:
    """Record the answer and the interpretation. What is refused stays on the screen."""
    found, form = _doubt(request, doubt_id), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, answering=form)
    try:
        doubts.answer(found, **form.cleaned_data, by=actor_at(request))
    except Refusal as no:
        return _page(request, found, answering=form, refusal=no)
    return redirect("cases.doubt", found.pk)


def _doubt(request: HttpRequest, pk: UUID) -> Doubt:
    found = doubt(pk)
    require(actor_at(request), "doubt.list", thing_of_org(found.org))
    return found


def _clause(row: Doubt) -> object:
    """The clause as the document in force has it; None where an edition since has it no more."""
    every = adopted_book(row.org_id).clauses
    return next((each for each in every if each.id == row.clause), None)


def _page(
    request: HttpRequest,
    found: Doubt,
    *,
    telling: ToldForm | None = None,
    answering: AnswerForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    by, org = actor_at(request), thing_of_org(found.org)
    mine = may(by, "doubt.consult", org, answering=False, untold=True)
    texts = said(found)
    now = clock.now().astimezone(clock.TOKYO)
    here = {
        "doubt": found,
        "clause": _clause(found),
        "texts": texts,
        "means": MEANS.get(texts.means, ""),
        "telling": telling or ToldForm(initial={"at": now.strftime("%Y-%m-%dT%H:%M")})
        if mine and found.told_at is None
        else None,
        "answering": answering or AnswerForm(initial={"on": clock.today()})
        if mine and found.told_at and found.answered_on is None
        else None,
        "refusal": refusal,
    }
    return render(request, "cases/html/doubt.html", here, status=403 if refusal else 200)
