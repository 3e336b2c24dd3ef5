"""Pages of the dock wall: the whole wall for a big screen, and what keeps it moving."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from hokanko import clock
from hokanko.cameras.out import still_out
from hokanko.dock.wall import panels
from hokanko.footage.space import room
from hokanko.people.door import actor_at
from hokanko.people.fresh import stream
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.rules.decide import require

SEEN_BY = "footage.list"


@require_GET
def wall(request: HttpRequest, code: str) -> HttpResponse:
    """The wall; without JavaScript it is as fresh as its last loading."""
    org = _shown(request, code)
    return render(request, "dock/html/wall.html", {"org": org, **_told(org)})


@require_GET
def live(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same as server-sent events: the wall drawn anew whenever something on it moved."""
    org = _shown(request, code)
    return stream(request, org, SEEN_BY, partial(drawn, org))


def drawn(org: Organisation) -> str:
    """The wall's bays as they stand now."""
    return render_to_string("dock/html/bays.html", _told(org))


def _shown(request: HttpRequest, code: str) -> Organisation:
    org = organisation(code)
    require(actor_at(request), SEEN_BY, thing_of_org(org))
    return org


def _told(org: Organisation) -> dict[str, object]:
    out, now = list(still_out(org.pk)), clock.now()
    return {
        "panels": panels(org),
        "out": out,
        "late": {taken.pk for taken in out if taken.due_at < now},
        "room": room(org),
    }
