"""The page of remote access: whether it is on, what it takes, who could come in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hokanko.people.door import actor_at, person_at
from hokanko.people.models import Person
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.remote import close_remote, open_remote
from hokanko.people.roster import within_reach
from hokanko.rules.decide import may, require


@require_GET
def shown(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whether the organisation's people come in from outside, and which of them could."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(actor, "person.list", thing_of_org(org))
    here = Person.objects.filter(org=org, retired_at=None).order_by("login")
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "people": here.select_related("factor"),
        "lacking": here.filter(factor=None).count(),
        "encrypted": _encrypted(request),
        "may_turn": may(actor, "remote.open", thing_of_org(org)),
    }
    return render(request, "people/html/remote.html", page)


@require_POST
def turn_on(request: HttpRequest, code: str) -> HttpResponse:
    """Allow it."""
    open_remote(organisation(code), encrypted=_encrypted(request), by=actor_at(request))
    return redirect("people.remote_at", code=code)


@require_POST
def turn_off(request: HttpRequest, code: str) -> HttpResponse:
    """Allow it no more."""
    close_remote(organisation(code), by=actor_at(request))
    return redirect("people.remote_at", code=code)


def _encrypted(request: HttpRequest) -> bool:
    """Whether this very page came by HTTPS, and logins are sent by nothing else."""
    return request.is_secure() and settings.SESSION_COOKIE_SECURE
