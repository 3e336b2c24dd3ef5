"""The set-up wizard: who operates, what the place is, which rulebook that calls for; founding."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hokanko.editions.setup_forms import AnswersForm, FoundingForm
from hokanko.errors import Missing
from hokanko.people.actions import add_organisation
from hokanko.people.door import actor_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.models import Organisation
from hokanko.people.queries import HOME_THING, thing_of_org
from hokanko.rules import book as books
from hokanko.rules.actor import HOME
from hokanko.rules.decide import may, require
from hokanko.rules.scope import answers, offers

ADD = "org.add"


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Two questions, and every rulebook with the article by which it applies or does not."""
    require(actor_at(request), ADD, HOME_THING)
    form = AnswersForm(request.GET or None)
    found = offers(**form.cleaned_data) if form.is_valid() else []
    page = {
        "form": form,
        "offered": [offer for offer in found if offer.applies],
        "others": [offer for offer in found if not offer.applies],
        "answered": bool(found),
        "query": request.GET.urlencode(),
        "orgs": Organisation.objects.exclude(pk=HOME).order_by("code"),
    }
    return render(request, "editions/html/setup.html", page)


@require_http_methods(["GET", "POST"])
def found(request: HttpRequest, rulebook: str) -> HttpResponse:
    """Register the organisation under the rulebook chosen; the answers stand in its edition."""
    by = actor_at(request)
    require(by, ADD, HOME_THING)
    if rulebook not in books.codes():
        raise Missing("規程を選んでください。", "Choose a rulebook.")
    book, asked = books.load(rulebook), AnswersForm(request.GET)
    if not asked.is_valid():
        return redirect("editions.setup")
    values = answers(book, **asked.cleaned_data)
    form = FoundingForm(book, request.POST or None)
    if form.is_valid():
        with told_on(form):
            org = add_organisation(**form.cleaned_data, rulebook=rulebook, values=values, by=by)
            drafts = may(by, "rulebook.draft", thing_of_org(org))
            return redirect("editions.draft" if drafts else "editions.list_at", org.pk)
    page = {"form": form, "book": book, "query": request.GET.urlencode()}
    return render(request, "editions/html/found.html", page, status=status_of(form))
