"""Terminals (管理用パソコン): preparing one, and turning a browser into it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hokanko.people.attach import as_answer, scan_of, with_paper
from hokanko.people.door import SEAT_COOKIE, actor_at, person_at, seat_at
from hokanko.people.enrol import enrol_terminal, prepare_terminal, retire_terminal
from hokanko.people.forms import TerminalForm, status_of, told_on
from hokanko.people.models import Person
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import terminal, terminals, within_reach
from hokanko.rules.actor import machine
from hokanko.rules.decide import may, require

SEAT_LIFE_S = 5 * 365 * 24 * 3600  # the machine's own life; it ends when the terminal is retired


@with_paper
def shelf(request: HttpRequest, code: str = "") -> HttpResponse:
    """The terminals of an organisation; preparing one shows its link, this once."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(actor, "terminal.list", thing_of_org(org))
    form, link = TerminalForm(org.pk, request.POST or None, request.FILES or None), ""
    if form.is_valid():
        said = form.cleaned_data
        with told_on(form):
            photo = scan_of(said.pop("photo"))
            made, secret = prepare_terminal(org, **said, photo=photo, by=actor)
            link = request.build_absolute_uri(reverse("people.enrol", args=[made.pk, secret]))
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "terminals": terminals(org),
        "form": form,
        "link": link,
        "may_prepare": may(
            actor, "terminal.prepare", thing_of_org(org), place_allowed=True, wire=True, photo=True
        ),
    }
    return render(request, "people/html/terminals.html", page, status=status_of(form))


@require_GET
def wire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The photograph of a terminal's security wire."""
    found = terminal(pk)
    require(actor_at(request), "terminal.list", thing_of_org(found.org))
    return as_answer(found)


@require_POST
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = terminal(pk)
    retire_terminal(found, by=actor_at(request))
    return redirect("people.terminals_at", code=found.org_id)


@login_not_required
def enrol(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Open at the machine itself: the code in the address is what it is allowed by."""
    found = terminal(pk)
    if request.method != "POST":
        page = {"terminal": found, "seat": seat_at(request)}
        return render(request, "people/html/enrol.html", page)
    known = isinstance(request.user, Person)
    by = actor_at(request) if known else machine("terminal", found.org_id, via="web")
    secret = enrol_terminal(found, code, by=by)
    answer = render(request, "people/html/enrol.html", {"terminal": found, "done": True})
    answer.set_cookie(
        SEAT_COOKIE,
        secret,
        max_age=SEAT_LIFE_S,
        httponly=True,
        samesite="Strict",
        secure=request.is_secure(),
    )
    return answer
