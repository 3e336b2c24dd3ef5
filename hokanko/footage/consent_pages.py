"""Pages of consents of persons filmed: the list, recording one, its withdrawal and its scan."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.footage.consent_forms import RecordForm, WithdrawForm, subject
from hokanko.footage.consenting import record, withdraw
from hokanko.footage.consents import consent, consents_at
from hokanko.footage.models import PersonConsent
from hokanko.people.attach import as_answer, with_paper
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import thing_of_org
from hokanko.rules.decide import require


@require_http_methods(["GET", "POST"])
@with_paper
def listing(request: HttpRequest) -> HttpResponse:
    """The consents of one's own organisation, and recording one."""
    me, by = person_at(request), actor_at(request)
    require(by, "consent.record", thing_of_org(me.org), day_ahead=False)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form, refusal = RecordForm(*sent, org=me.org_id), None
    if form.is_valid():
        try:
            with told_on(form):
                made = record(me.org, form.given(), me, by=by)
                return redirect("footage.consent", made.pk)
        except Refusal as no:
            refusal = no
    rows = [(row, subject(row)) for row in consents_at(me.org_id)]
    here = {"rows": rows, "form": form, "refusal": refusal}
    status = 403 if refusal else status_of(form)
    return render(request, "footage/html/consents.html", here, status=status)


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One consent: to what, how it was given, what rests on it, and its withdrawal."""
    given = _admitted(request, pk)
    form = WithdrawForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid():
        with told_on(form):
            withdraw(given, form.cleaned_data["on"], form.cleaned_data["how"], by=actor_at(request))
            return redirect("footage.consent", pk)
    here = {
        "given": given,
        "subject": subject(given),
        "form": form if given.withdrawn_on is None else None,
        "provisions": given.provisions.order_by("submitted_at", "number"),
        "viewings": given.viewings.select_related("viewer", "footage").order_by("asked_at", "pk"),
    }
    return render(request, "footage/html/consent.html", here, status=status_of(form))


@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The scan of the signed paper."""
    return as_answer(_admitted(request, pk))


def _admitted(request: HttpRequest, pk: UUID) -> PersonConsent:
    given = consent(pk)
    require(actor_at(request), "consent.record", thing_of_org(given.org), day_ahead=False)
    return given
