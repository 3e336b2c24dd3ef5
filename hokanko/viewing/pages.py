"""Pages of viewing before the room: what waits, asking, deciding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from hokanko import clock
from hokanko.errors import Missing, Refusal
from hokanko.footage.models import Footage
from hokanko.footage.queries import footage as find_footage
from hokanko.people.door import actor_at, person_at
from hokanko.people.queries import thing_of_org
from hokanko.rules.decide import may, require
from hokanko.viewing import actions, inbox, queries
from hokanko.viewing.forms import AskForm, DecideForm, DeclineForm
from hokanko.viewing.models import Viewing
from hokanko.viewing.steps import route
from hokanko.viewing.stretch import thing_of
from hokanko.viewing.turns import turning
from hokanko.viewing.weighing import chosen, may_ask, purposes_for

RECENT = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """One's own viewings, and those that wait for one's approval."""
    mine = queries.mine(person_at(request))[:RECENT]
    by = actor_at(request)
    here = {
        "to_answer": inbox.to_answer(by.id),
        "waiting": queries.to_decide(by),
        "to_attend": inbox.to_attend(by),
        "returned": inbox.of_the_desk(by, "returned"),
        "ended": inbox.of_the_desk(by, "withdrawn", "lapsed"),
        "today": clock.today(),
        "may_list": may(by, "footage.list", thing_of_org(person_at(request).org)),
        "me": person_at(request),
        "mine": mine,
        "route": route(person_at(request).org_id),
    }
    return render(request, "viewing/html/list.html", here)


def ask(request: HttpRequest) -> HttpResponse:
    """Ask to view one piece of footage, named by its number in the address."""
    number = request.GET.get("footage", "").strip()
    if not number:
        return render(request, "viewing/html/which.html", {"example": _example(request)})
    try:
        footage, by = find_footage(number), actor_at(request)
    except Missing as unknown:
        here = {"number": number, "unknown": unknown, "example": _example(request)}
        return render(request, "viewing/html/which.html", here, status=404)
    may_ask(footage, by)
    return ask_for(request, [footage], partial(actions.ask, footage), footage=footage)


def ask_for(
    request: HttpRequest, films: Sequence[Footage], ask: Callable[..., Viewing], **named: object
) -> HttpResponse:
    """The purposes for which these films may be looked at, and the law's answer once some are sent.

    `ask` is the verb, told already what is to be viewed; `named` shows it on the page.
    """
    form = AskForm(films[0].org_id, request.POST or None)
    ticked, refusal = request.POST.getlist("purposes"), None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        consents = list(told.get("consents", ()))
        try:
            viewing = ask(
                person_at(request), ticked, told["note"], consents=consents, by=actor_at(request)
            )
            return redirect("viewing.room", viewing.pk)
        except Refusal as said:
            refusal = said
    here = {"form": form, "purposes": purposes_for(films), "ticked": ticked, "refusal": refusal}
    return render(request, "viewing/html/ask.html", named | here, status=403 if refusal else 200)


def decide(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """Approve or decline a viewing by other staff."""
    viewing, by = queries.viewing(viewing_id), actor_at(request)
    require(by, "viewing.decide", thing_of(viewing))
    if request.POST.get("answer") == "decline":
        return _decline(request, viewing)
    form = DecideForm(viewing, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.approve(viewing, person_at(request), **form.cleaned_data, by=by)
        return redirect("viewing.list")
    return decide_page(request, viewing, form)


def _decline(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return decide_page(request, viewing, DecideForm(viewing), declining=form)
    reason, by = form.cleaned_data["reason"], actor_at(request)
    actions.decline(viewing, person_at(request), reason, by=by)
    return redirect("viewing.list")


def decide_page(
    request: HttpRequest, viewing: Viewing, form: DecideForm, **bound: object
) -> HttpResponse:
    """A request as whoever decides it sees it; with what was just sent, if that failed."""
    here = {"viewing": viewing, "form": form, "chosen": chosen(viewing)}
    here["declining"] = DeclineForm()
    here |= {"route": route(viewing.org_id), **turning(viewing, actor_at(request)), **bound}
    status = 400 if bound else 200
    return render(request, "viewing/html/decide.html", here, status=status)


def _example(request: HttpRequest) -> str:
    """What a number looks like at this person's organisation."""
    return f"{person_at(request).org_id}-{clock.today():%Y%m%d}-0001"
