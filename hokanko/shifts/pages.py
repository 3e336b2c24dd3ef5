"""Pages of shifts: the list, one shift with its ribbon, the month's pauses, facilities."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hokanko import clock
from hokanko.cameras.models import Checkout
from hokanko.cameras.queries import thing
from hokanko.errors import Missing, Refusal
from hokanko.people.door import actor_at, person_at
from hokanko.people.queries import organisation, thing_of_org
from hokanko.retention.asking import may_ask
from hokanko.rules.decide import may, require
from hokanko.shifts import actions, queries, terms
from hokanko.shifts.forms import ConsentForm, ExplainForm, MarkForm, PremisesForm
from hokanko.shifts.ribbon import ribbon
from hokanko.shifts.texts import read
from hokanko.shifts.told import rows_of

CLOSING = {"out": False, "unexplained": [], "consent_missing": False}


@require_GET
def listing(request: HttpRequest, code: str = "") -> HttpResponse:
    """The shifts of one's unit for who looks after them; for anybody else one's own."""
    me, by = person_at(request), actor_at(request)
    org = organisation(code or me.org_id)
    everybody = may(by, "shift.read", thing_of_org(org), own=False)
    require(by, "shift.read", thing_of_org(org), own=not (everybody or code))
    here = {
        "org": org,
        "everybody": everybody,
        "shifts": queries.listing(org.pk, wearer=None if everybody else me),
    }
    return render(request, "shifts/html/list.html", here)


@require_GET
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One shift: its ribbon, what is asked, where it was filmed, what managers said."""
    return _page(request, _checkout(request, pk))


@require_POST
def explain(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Explain one gap. What is refused stays on the screen, with its article."""
    out, me = _checkout(request, pk), person_at(request)
    wanted = request.POST.get("gap", "")
    found = (gap for gap in queries.shift(out).unexplained if gap.key == wanted)
    gap = next(found, None)
    if gap is None:
        raise Missing("この時間は、もう説明されています。", "This time has been explained already.")
    form = ExplainForm(gap, terms.grounds(out.camera.org_id), request.POST)
    if not form.is_valid():
        return _page(request, out, bound={gap.key: form})
    told = {name: form.cleaned_data.get(name, "") for name in ("ground", "words")}
    try:
        actions.explain(out, gap, **told, teller=me, by=actor_at(request))
    except Refusal as no:
        return _page(request, out, bound={gap.key: form}, refusal=no)
    return redirect("shifts.show", out.pk)


@require_POST
def mark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say at what class of place something was filmed."""
    out, me = _checkout(request, pk), person_at(request)
    form = _marking(out, queries.shift(out), request)
    if not form.is_valid():
        return _page(request, out, marking=form)
    piece, begun, ended = form.stretch()
    place = form.cleaned_data["place"]
    actions.mark(out, piece, begun=begun, ended=ended, place=place, marker=me, by=actor_at(request))
    return redirect("shifts.show", out.pk)


@require_POST
def consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter what the manager of the premises said about one stretch."""
    passage, me = queries.one_passage(pk), person_at(request)
    out = _checkout(request, passage.checkout_id)
    form = ConsentForm(out.camera.org_id, passage.pk, request.POST)
    if not form.is_valid():
        return _page(request, out, bound={str(passage.pk): form})
    actions.consent(passage, **form.cleaned_data, teller=me, by=actor_at(request))
    return redirect("shifts.show", out.pk)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a shift. What is refused stays on the screen, with its article."""
    out, me = _checkout(request, pk), person_at(request)
    try:
        actions.close(out, closer=me, by=actor_at(request))
    except Refusal as no:
        return _page(request, out, refusal=no)
    return redirect("shifts.show", out.pk)


@require_http_methods(["GET", "POST"])
def premises(request: HttpRequest, code: str = "") -> HttpResponse:
    """The facilities that have agreed once and for all, and entering one."""
    by = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(by, "premises.read", thing_of_org(org))
    keeps = may(by, "premises.enter", thing_of_org(org))
    form = PremisesForm(request.POST or None)
    if form.is_valid():
        actions.enter_premises(org, **form.cleaned_data, by=by)
        return redirect("shifts.premises")
    rows = [(row, read("standing", row.pk, row.manager)) for row in queries.standing(org.pk)]
    here = {"org": org, "rows": rows, "form": form if keeps else None, "keeps": keeps}
    return render(request, "shifts/html/premises.html", here)


@require_POST
def end_premises(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A facility has taken its consent back."""
    actions.end_premises(queries.one_standing(pk), by=actor_at(request))
    return redirect("shifts.premises")


@require_GET
def month(request: HttpRequest, code: str = "") -> HttpResponse:
    """The pauses of one month by ground, for the whole unit and for each wearer."""
    by = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(by, "shift.read", thing_of_org(org), own=False)
    first = _month(request.GET.get("month", ""))
    following = (first + timedelta(days=31)).replace(day=1)
    last = following - timedelta(days=1)
    grounds = terms.grounds(org.pk)
    counted = queries.pauses_by_ground(org.pk, first, last)
    by_wearer = queries.pauses_by_wearer(org.pk, first, last)
    here = {
        "org": org,
        "first": first,
        "before": first - timedelta(days=1),
        "after": following if following <= clock.today() else None,
        "grounds": [(each, counted[each.id]) for each in grounds],
        "whole": sum(counted.values()),
        "wearers": [
            (name, [(g.id, row[g.id]) for g in grounds], sum(row.values()))
            for name, row in by_wearer.items()
        ],
    }
    return render(request, "shifts/html/month.html", here)


def _month(text: str) -> date:
    """The first day of the month asked for, "2026-11"; of this month for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return clock.today().replace(day=1)


def _checkout(request: HttpRequest, pk: UUID) -> Checkout:
    """The check-out, for somebody who may see its shift."""
    out, by = queries.checkout(pk), actor_at(request)
    require(by, "shift.read", thing_of_org(out.camera.org), own=queries.is_own(out, by))
    return out


def _marking(out: Checkout, shift: queries.Shift, request: HttpRequest | None = None) -> MarkForm:
    given = request.POST if request else None
    return MarkForm(shift.pieces, terms.places(out.camera.org_id), given)


def _page(
    request: HttpRequest,
    out: Checkout,
    *,
    bound: dict[str, ExplainForm | ConsentForm] | None = None,
    marking: MarkForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    by, found = actor_at(request), queries.shift(out)
    org = thing_of_org(out.camera.org)
    explaining = {"gap": "pause", "ground": "ア", "long": False, "words_missing": False}
    writes = may(by, "shift.explain", org, own=queries.is_own(out, by), **explaining)
    writes = writes and found.closing is None
    here = {
        "org": out.camera.org,
        "out": out,
        "running": queries.is_running(out),
        "shift": found,
        "ribbon": ribbon(found),
        **rows_of(found, bound or {}, writes=writes),
        "marking": (marking or _marking(out, found)) if writes and found.pieces else None,
        "closes": found.closing is None and may(by, "shift.close", org, **CLOSING),
        "loses": queries.is_running(out)
        and may(by, "camera.lose", thing(out.camera), own=queries.is_own(out, by)),
        "asks_erasure": may_ask(out.camera.org, by),
        "objection": may(by, "case.open", org),
        "refusal": refusal,
    }
    return render(request, "shifts/html/show.html", here, status=403 if refusal else 200)
