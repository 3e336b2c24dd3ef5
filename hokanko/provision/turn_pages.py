"""Pages of a request's turns: sent back with a question, answered on the form, withdrawn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.footage.turn_forms import AnswerForm, QuestionForm
from hokanko.people.attach import with_paper
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.provision import turning
from hokanko.provision.counter import admitted
from hokanko.provision.fields import MOST
from hokanko.provision.forms import AskForm
from hokanko.provision.models import Provision
from hokanko.provision.moments import moment_in_parts
from hokanko.provision.outside import TakeDownForm
from hokanko.provision.pages import show_page
from hokanko.provision.papers import addressee
from hokanko.provision.queries import thing, whose
from hokanko.provision.taker import to_outsiders
from hokanko.provision.turns import turning as turns_of
from hokanko.rules.decide import require
from hokanko.rules.duty import is_night


@require_POST
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Send a request back with a question."""
    provision, me, by = admitted(request, number), person_at(request), actor_at(request)
    form, refusal = QuestionForm(request.POST), None
    told = {"night": is_night(provision.org_id, clock.now()), "question_missing": False}
    require(by, "provision.send_back", thing(provision), **told)
    if form.is_valid():
        try:
            with told_on(form):
                turning.send_back(provision, me, **form.cleaned_data, by=by)
                return redirect("provision.show", number)
        except Refusal as no:
            refusal = no
    status = 403 if refusal else status_of(form)
    return show_page(request, provision, status=status, sends_back=form, refusal=refusal)


@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take a request back."""
    provision = admitted(request, number)
    reason = request.POST.get("reason", "")[:MOST]
    turning.withdraw(provision, person_at(request), reason, by=actor_at(request))
    return redirect("provision.show", number)


@require_http_methods(["GET", "POST"])
@with_paper
def revise(request: HttpRequest, number: str) -> HttpResponse:
    """The form as it stands, to be amended, with the answer to the question."""
    provision, me, by = admitted(request, number), person_at(request), actor_at(request)
    outside, refusal = to_outsiders(provision.org_id), None
    if provision.state != "returned":
        return redirect("provision.show", number)
    told = whose(provision, by) | {"spoken": False, "answer_missing": False}
    require(by, "provision.resubmit", thing(provision), **told)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = _form(provision, sent)
    answer = AnswerForm(request.POST or None)
    if answer.is_valid() and form.is_valid():
        try:
            with told_on(form):
                said = answer.cleaned_data["answer"]
                turning.resubmit(provision, form.filled(), me, said, by=by)
                return redirect("provision.show", number)
        except Refusal as no:
            refusal = no
    here = turns_of(provision, by) | {
        "provision": provision,
        "form": form,
        "answering": answer,
        "refusal": refusal,
        "requester": provision.requester,
        "addressee": addressee(provision.org),
        "today": clock.today(),
        "spoken": provision.is_spoken,
    }
    page = "provision/html/take_down.html" if outside else "provision/html/ask.html"
    return render(request, page, here, status=403 if refusal else status_of(form))


def _form(provision: Provision, sent: tuple[object, ...]) -> AskForm | TakeDownForm:
    """The rulebook's form, filled in as the request stands."""
    stands: dict[str, object] = {
        "outline": provision.outline,
        "wants": provision.wants,
        "purposes": provision.purposes,
        "purpose_note": provision.purpose_note,
        "telephone": provision.telephone,
        "remarks": provision.remarks,
        "paper_title": provision.paper_named,
    }
    if to_outsiders(provision.org_id):
        counter = TakeDownForm(*sent, org=provision.org)
        counter.initial = {**counter.initial, **stands} | {
            "from": provision.happened_from,
            "until": provision.happened_until,
            "content": provision.wants,
            "purpose": provision.purposes,
            "contact": provision.telephone,
            "recipient": provision.recipient,
            "body_kind": provision.details.get("body_kind", ""),
            "consents": [row.pk for row in provision.rests_on.all()],
        }
        return counter
    form = AskForm(*sent, org=provision.org, requester=provision.requester)
    for end, at in (("from", provision.happened_from), ("until", provision.happened_until)):
        stands |= moment_in_parts(end, at)
    form.initial = {**form.initial, **stands, "wearer": str(provision.wearer_id or "")}
    return form
