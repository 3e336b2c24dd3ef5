"""The ledger (台帳) to read, newest line first; that it was read is itself written."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hokanko.footage.telling import tell
from hokanko.ledger.kinds import KINDS
from hokanko.ledger.models import Entry
from hokanko.ledger.read import acts
from hokanko.ledger.turn import write_turn
from hokanko.people.door import actor_at, person_at
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.decide import require

PAGE = 50


def lines(request: HttpRequest, code: str = "") -> HttpResponse:
    """A page of lines of one organisation, of one kind if one is chosen."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    permit = require(actor, "ledger.read", thing_of_org(org))
    kind = request.GET.get("kind", "")
    wanted = {"org": org.pk} | ({"kind": kind} if kind in KINDS else {})
    rows = Entry.objects.filter(**wanted).order_by("-id").prefetch_related("openings")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = tell(acts(page.object_list), org.pk, private=False)
    with write_turn():
        permit.write(
            "ledger.read", facts={"what": f"{kind if kind in KINDS else 'all'}, page {page.number}"}
        )
    context = {"org": org, "orgs": list(within_reach(actor)), "page": page, "lines": shown}
    context |= {"kinds": KINDS, "kind": kind}
    return render(request, "web/html/ledger.html", context)
