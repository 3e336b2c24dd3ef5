"""委託先: the firms that touch cameras or footage, their papers, their people, their work."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hokanko import clock
from hokanko.errors import Missing
from hokanko.people import contracts
from hokanko.people.attach import as_answer, scan_of, with_paper
from hokanko.people.door import actor_at, person_at
from hokanko.people.firm_forms import KINDS, EngageForm, FirmForm, OrderForm, PaperForm
from hokanko.people.forms import status_of, told_on
from hokanko.people.models import Contractor, ContractorDocument
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import row, within_reach
from hokanko.people.standing import papers_missing
from hokanko.rules.decide import parameter, require


def listing(request: HttpRequest, code: str = "") -> HttpResponse:
    """The contractors of an organisation, and the form for another."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(actor, "contractor.list", thing_of_org(org))
    form = FirmForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            made = contracts.register_contractor(org, **form.cleaned_data, by=actor)
            return redirect("people.firm", pk=made.pk)
    firms = Contractor.objects.filter(org=org).order_by("since", "name", "pk")
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "firms": [(firm, papers_missing(firm, clock.today())) for firm in firms],
        "form": form,
    }
    return render(request, "people/html/firms.html", page, status=status_of(form))


def one(request: HttpRequest, pk: UUID, wrong: dict[str, forms.Form] | None = None) -> HttpResponse:
    """One contractor; a form that was filled in wrongly comes back here."""
    found = firm(pk)
    require(actor_at(request), "contractor.list", thing_of_org(found.org))
    needed = parameter(found.org_id, "outsource.needs")
    blank = {"paper": PaperForm(), "order": OrderForm(), "engage": EngageForm(found)}
    page = {
        "firm": found,
        "missing": papers_missing(found, clock.today()),
        "needed": KINDS.get(needed, ""),
        "papers": [
            (paper, KINDS[paper.kind]) for paper in found.documents.order_by("signed_on", "pk")
        ],
        "people": found.people.filter(retired_at=None).order_by("registered_at", "login"),
        "orders": found.orders.order_by("-opened_at", "pk"),
        "forms": blank | (wrong or {}),
    }
    status = max((status_of(form) for form in (wrong or {}).values()), default=200)
    return render(request, "people/html/firm.html", page, status=status)


@require_POST
@with_paper
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """File a paper, with its scan."""
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data | {"scan": scan_of(form.cleaned_data["scan"])}
        with told_on(form):
            contracts.file_document(firm(pk), **said, by=actor_at(request))
            return redirect("people.firm", pk=pk)
    return one(request, pk, {"paper": form})


@require_POST
def engage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make somebody registered one of the contractor's people."""
    form = EngageForm(firm(pk), request.POST)
    if form.is_valid():
        with told_on(form):
            person = row(UUID(form.cleaned_data["person"])).person
            contracts.engage(person, firm(pk), by=actor_at(request))
            return redirect("people.firm", pk=pk)
    return one(request, pk, {"engage": form})


@require_POST
def order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call the contractor for work."""
    form = OrderForm(request.POST)
    if form.is_valid():
        contracts.order(firm(pk), form.cleaned_data["what"], by=actor_at(request))
        return redirect("people.firm", pk=pk)
    return one(request, pk, {"order": form})


@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End the engagement."""
    contracts.end_engagement(firm(pk), by=actor_at(request))
    return redirect("people.firm", pk=pk)


def scanned(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The scan of a paper: a photograph to look at, anything else to keep."""
    paper = ContractorDocument.objects.select_related("contractor__org__parent").filter(pk=pk)
    found = paper.first()
    if found is None:
        raise Missing("この書類はありません。", "There is no such paper.")
    require(actor_at(request), "contractor.list", thing_of_org(found.contractor.org))
    return as_answer(found)


def firm(pk: UUID) -> Contractor:
    """One contractor. Raises Missing."""
    found = Contractor.objects.select_related("org__parent").filter(pk=pk).first()
    if found is None:
        raise Missing("この委託先は登録されていません。", "There is no such contractor.")
    return found
