"""Pages of footage: the list, and the whole life of one piece."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hokanko import clock
from hokanko.footage import search
from hokanko.footage.clocks import error_in_words, shown_by_recorder
from hokanko.footage.flags import in_words
from hokanko.footage.forms import FilterForm
from hokanko.footage.models import Footage
from hokanko.footage.noted import noted
from hokanko.footage.queries import footage as find
from hokanko.footage.queries import has_wearers, thing
from hokanko.footage.queries import life as whole_life
from hokanko.footage.telling import tell
from hokanko.people.door import actor_at, person_at
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, lived_under, may, require
from hokanko.rules.purpose import weigh

EXTENDING = {
    "range_missing": False,
    "unfit_purpose": False,
    "until_missing": False,
    "reason_missing": False,
}


@require_GET
def listing(request: HttpRequest, code: str = "") -> HttpResponse:
    """An organisation's footage, newest first, by day, camera, wearer or flag."""
    org = organisation(code or person_at(request).org_id)
    require(actor_at(request), "footage.list", thing_of_org(org))
    form = FilterForm(org.pk, request.GET or None)
    found, last = search.page(search.find(org.pk, form.wanted()), request.GET.get("after", ""))
    older = request.GET.copy()
    older["after"] = last
    here = {
        "org": org,
        "orgs": within_reach(actor_at(request)),
        "form": form,
        "rows": [(f, in_words(f.flags), days_left(f)) for f in found],
        "older": older.urlencode() if last else "",
        "later": "after" in request.GET,
        "wearers": has_wearers(org.pk),
        "column": _("カメラ・装着者") if has_wearers(org.pk) else _("カメラ"),
        "narrowed": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "footage/html/list.html", here)


@require_GET
def life(request: HttpRequest, footage_id: UUID) -> HttpResponse:
    """保管の経過: everything that ever happened to one piece of footage, from the ledger."""
    footage, by = find(str(footage_id)), actor_at(request)
    org = thing_of_org(footage.org)
    require(by, "ledger.read", org)
    acts, shown = whole_life(footage), shown_by_recorder(footage)
    here = {
        "footage": footage,
        "shown": shown,
        "clock_error": error_in_words(shown.offset_s) if shown else "",
        "acts": tell(acts, footage.org_id),
        "noted": noted(acts),
        "may_list_cases": may(by, "case.list", org),
        "edition": lived_under(footage.org_id, footage.edition, footage.created),
        "book": adopted_book(footage.org_id),
        "flags": in_words(footage.flags),
        "days_left": days_left(footage),
        "may_settle": footage.state == "held" and may(by, "intake.settle", thing(footage)),
        "may_view": footage.state == "held" and (not footage.quarantined or _may_ask(footage, by)),
        "wearers": has_wearers(footage.org_id),
        "may_extend": may(by, "retention.extend", thing(footage), **EXTENDING),
        "may_erase": may(by, "retention.erase_by_hand", thing(footage), reason_missing=False),
        "may_list": may(by, "footage.list", org),
    }
    return render(request, "footage/html/life.html", here)


def days_left(footage: Footage) -> int | None:
    """Days that follow until its last one, which is 0; None once it is gone."""
    if footage.state != "held":
        return None
    return max(0, (footage.last_day - clock.today()).days)


def _may_ask(footage: Footage, by: Actor) -> bool:
    """Whether the law would hear a proper request to view it."""
    first = next(p.id for p in adopted_book(footage.org_id).purposes if not p.needs_text)
    return may(by, "viewing.ask", thing(footage), **weigh(footage.org_id, [first], ""))
