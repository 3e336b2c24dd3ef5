"""Pages of a viewing's turns: sent back with a question, answered on the form, withdrawn."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hokanko.errors import Refusal
from hokanko.footage.turn_forms import MOST, AnswerForm, QuestionForm
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import told_on
from hokanko.rules.decide import require
from hokanko.viewing import queries, turning
from hokanko.viewing.forms import AskForm, DecideForm
from hokanko.viewing.pages import decide_page
from hokanko.viewing.stretch import cameras_of, films_of, leading, span_of, thing_of
from hokanko.viewing.turns import turning as turns_of
from hokanko.viewing.weighing import purposes_for


@require_POST
def send_back(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """Send a request back with a question."""
    viewing, me, by = queries.viewing(viewing_id), person_at(request), actor_at(request)
    form = QuestionForm(request.POST, last_day=leading(viewing).last_day)
    require(by, "viewing.send_back", thing_of(viewing), question_missing=False)
    if form.is_valid():
        with told_on(form):
            turning.send_back(viewing, me, **form.cleaned_data, by=by)
            return redirect("viewing.decide", viewing.pk)
    return decide_page(request, viewing, DecideForm(viewing), sends_back=form)


@require_POST
def withdraw(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """Take a request back."""
    viewing = queries.own(viewing_id, person_at(request))
    turning.withdraw(viewing, request.POST.get("reason", "")[:MOST], by=actor_at(request))
    return redirect("viewing.room", viewing.pk)


@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The request as it stands, to be amended, with the answer to the question."""
    viewing, by = queries.own(viewing_id, person_at(request)), actor_at(request)
    if viewing.state != "returned":
        return redirect("viewing.room", viewing.pk)
    require(by, "viewing.resubmit", thing_of(viewing), own=True, answer_missing=False)
    posted, refusal = request.POST if request.method == "POST" else None, None
    stands = {"note": viewing.note, "consents": viewing.rests_on.all()}
    form = AskForm(viewing.org_id, posted, initial=stands)
    answer = AnswerForm(posted)
    ticked = viewing.purposes if posted is None else posted.getlist("purposes")
    if form.is_valid() and answer.is_valid():
        told = form.cleaned_data
        try:
            turning.resubmit(
                viewing,
                ticked,
                told["note"],
                answer.cleaned_data["answer"],
                consents=list(told.get("consents", ())),
                by=by,
            )
            return redirect("viewing.room", viewing.pk)
        except Refusal as no:
            refusal = no
    films = films_of(viewing)
    here = turns_of(viewing, by) | {
        "footage": viewing.footage,
        "whole": span_of(viewing),
        "cameras": cameras_of(viewing),
        "count": len(films),
        "form": form,
        "answering": answer,
        "purposes": purposes_for(films),
        "ticked": ticked,
        "refusal": refusal,
    }
    return render(request, "viewing/html/ask.html", here, status=403 if refusal else 200)
