"""The page that tells what each camera does at this moment, and keeps itself fresh."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from hokanko.cameras.curing import cure_in_words
from hokanko.coverage.words import cause_in_words
from hokanko.people.door import actor_at, person_at
from hokanko.people.fresh import stream
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.recorder.hours import last_hours
from hokanko.recorder.now import states
from hokanko.rules.decide import may, require

SEEN_BY = "camera.list"
EVERY_S = 3.0


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own organisation."""
    return redirect("recorder.now_at", code=person_at(request).org_id)


@require_GET
def now(request: HttpRequest, code: str) -> HttpResponse:
    """Each camera's state; without JavaScript it is as fresh as its last loading."""
    org = _shown(request, code)
    actor = actor_at(request)
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "open_tab": "now",
        "hours": last_hours(org),
        "may_watch": may(actor, "intake.watch", thing_of_org(org)),
        **_told(org),
    }
    return render(request, "recorder/html/now.html", page)


@require_GET
def live(request: HttpRequest, code: str) -> HttpResponseBase:
    """The table drawn anew whenever something in it moved."""
    org = _shown(request, code)
    return stream(request, org, SEEN_BY, partial(drawn, org), every_s=EVERY_S)


def drawn(org: Organisation) -> str:
    """The states of its cameras as they stand now."""
    return render_to_string("recorder/html/states.html", _told(org))


def _shown(request: HttpRequest, code: str) -> Organisation:
    org = organisation(code)
    require(actor_at(request), SEEN_BY, thing_of_org(org))
    return org


def _told(org: Organisation) -> dict[str, object]:
    found = states(org)
    return {"states": [(s, cause_in_words(s.cause), cure_in_words(s.cause)) for s in found]}
