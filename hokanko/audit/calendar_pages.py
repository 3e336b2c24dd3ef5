"""The page of 点検・保守の予定: late, due within a month, later; each with the way to record it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hokanko import clock
from hokanko.audit.calendar import SOON, plans
from hokanko.people.door import actor_at, person_at
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.decide import may, require


@require_GET
def calendar(request: HttpRequest, code: str = "") -> HttpResponse:
    """What is due when, at one organisation."""
    org, actor = organisation(code or person_at(request).org_id), actor_at(request)
    require(actor, "board.read", thing_of_org(org))
    found, until = plans(org), clock.today() + SOON
    late = [plan for plan in found if plan.is_late]
    soon = [plan for plan in found if not plan.is_late and plan.due <= until]
    later = [plan for plan in found if not plan.is_late and plan.due > until]
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "groups": [(_("期限を過ぎたもの"), late), (_("30日以内"), soon), (_("そのあと"), later)],
        "any": bool(found),
        "reads": may(actor, "evidence.read", thing_of_org(org)),
    }
    return render(request, "audit/html/calendar.html", page)
