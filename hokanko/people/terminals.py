"""Terminals (管理用パソコン): preparing one, turning a browser into it, moving it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hokanko.errors import Refusal
from hokanko.people.attach import as_answer, scan_of, with_paper
from hokanko.people.door import SEAT_COOKIE, actor_at, person_at, seat_at
from hokanko.people.enrol import (
    enrol_terminal,
    move_terminal,
    prepare_terminal,
    retire_terminal,
)
from hokanko.people.forms import status_of, told_on
from hokanko.people.models import Person
from hokanko.people.queries import organisation, thing_of_org, thing_of_terminal
from hokanko.people.roster import terminal, terminals, within_reach
from hokanko.people.terminal_forms import MoveForm, TerminalForm
from hokanko.rules.actor import Actor, Thing, machine
from hokanko.rules.decide import may, parameter, require, why_not
from hokanko.rules.spoken import spoken

IN_ORDER = {"place_allowed": True, "wire": True, "photo": True}
FIELDS = {"place_allowed": "place", "wire": "wire_checked_on", "photo": "photo"}
SEAT_LIFE_S = 5 * 365 * 24 * 3600  # the machine's own life; it ends when the terminal is retired


@with_paper
def shelf(request: HttpRequest, code: str = "") -> HttpResponse:
    """The terminals of an organisation; preparing one shows its link, this once."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(actor, "terminal.list", thing_of_org(org))
    thing = thing_of_org(org)
    free = _elsewhere(actor, "terminal.prepare", thing)
    form = TerminalForm(org.pk, request.POST or None, request.FILES or None, elsewhere=free)
    link, places = "", parameter(org.pk, "storage.places")
    if form.is_valid():
        said = form.cleaned_data
        with told_on(form), _told_beside(form, "terminal.prepare", thing, actor):
            made, secret = prepare_terminal(org, **said | _photo(said), by=actor)
            link = request.build_absolute_uri(reverse("people.enrol", args=[made.pk, secret]))
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "terminals": terminals(org),
        "form": form,
        "link": link,
        "places": places,
        "may_move": free or len(places) > 1,
        "may_prepare": may(actor, "terminal.prepare", thing, **IN_ORDER),
    }
    return render(request, "people/html/terminals.html", page, status=_status(form))


@with_paper
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a terminal to another place, with its wire shown anew."""
    found, actor = terminal(pk), actor_at(request)
    require(actor, "terminal.move", thing_of_terminal(found), **IN_ORDER)
    thing, sent = thing_of_terminal(found), (request.POST or None, request.FILES or None)
    free = _elsewhere(actor, "terminal.move", thing)
    form = MoveForm(found, *sent, initial={"charger": found.charger}, elsewhere=free)
    if form.is_valid():
        said = form.cleaned_data
        with told_on(form), _told_beside(form, "terminal.move", thing, actor):
            move_terminal(found, **said | _photo(said), by=actor)
            return redirect("people.terminals_at", code=found.org_id)
    page = {"terminal": found, "form": form}
    return render(request, "people/html/move.html", page, status=_status(form))


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


def _elsewhere(by: Actor, verb: str, thing: Thing) -> bool:
    """Whether a place that the rules do not name may be recorded: the board tells of it then."""
    return may(by, verb, thing, **IN_ORDER | {"place_allowed": False})


def _photo(said: dict[str, Any]) -> dict[str, Any]:
    return {"photo": scan_of(said["photo"])}


@contextmanager
def _told_beside(form: Form, verb: str, thing: Thing, by: Actor) -> Iterator[None]:
    """A refusal for what the form lacks is told at each field; what was typed still stands."""
    try:
        yield
    except Refusal:
        lacking = [fact for fact, field in FIELDS.items() if not form.cleaned_data.get(field)]
        whys = {fact: why_not(by, verb, thing, **IN_ORDER | {fact: False}) for fact in lacking}
        if not any(whys.values()):
            raise
        if form.files:
            form["photo"].help_text = _("写真は、もう一度選んでください。")
        for fact, why in whys.items():
            if why is not None:
                words = spoken(why)
                cited = f"{words} {why.article} [{why.clause}]" if why.clause else words
                form.add_error(FIELDS[fact], ValidationError(cited, code="refused"))


def _status(form: Form) -> int:
    refused = any(form.has_error(field, "refused") for field in FIELDS.values())
    return 403 if refused else status_of(form)
