"""The page of a household's set-up: five questions, sent once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hokanko.editions.household import settle
from hokanko.editions.household_forms import EyeForms, HouseholdForm, answers
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import HOME_THING
from hokanko.rules.decide import require

ADD = "org.add"


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Five questions; the answers found the household, all of it or nothing."""
    by = actor_at(request)
    require(by, ADD, HOME_THING)
    form, eyes = HouseholdForm(request.POST or None), EyeForms(request.POST or None)
    if all([form.is_valid(), eyes.is_valid()]):  # a list: both are to say what is wrong
        with told_on(form):
            made = settle(person_at(request), answers(form, eyes), by=by)
            return redirect("cameras.coming", made.pk)
    page = {"form": form, "eyes": eyes}
    return render(request, "editions/html/household.html", page, status=status_of(form))
