"""Pages for those who publish: the notices of each site, and the numbers of each year."""

from __future__ import annotations

import csv
import io
import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hokanko import clock
from hokanko.cameras.models import Site
from hokanko.errors import Missing, Refusal
from hokanko.people.door import actor_at, person_at
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org, with_units
from hokanko.people.roster import within_reach
from hokanko.public import actions, queries
from hokanko.public.content import Facts, is_stale, joint_of
from hokanko.public.forms import ConsultForm, NoticeForm
from hokanko.public.models import Notice, NoticeDraft
from hokanko.public.notices import page
from hokanko.rules.decide import may, require

LOOK = "notice.draft"  # who may prepare a page may also look at what would be published
FIRST_YEAR = 2000  # no ledger is older
WORDS: dict[str, Promise] = {
    "recordings": _("作成した映像ファイル"),
    "viewings": _("閲覧"),
    "provisions": _("提供"),
    "declined": _("認めなかった提供"),
    "erasures": _("消去した映像ファイル"),
    "complaints": _("苦情"),
    "enquiries": _("問い合わせ"),
    "subject_requests": _("本人からの請求"),
    "objections": _("撮影への疑念・拒絶"),
    "incidents": _("事案"),
    "refused": _("認めなかった操作"),
}


@require_GET
def listing(request: HttpRequest, code: str = "") -> HttpResponse:
    """The sites of an organisation, and whether each has its notice."""
    org, by = _org(request, code, LOOK), actor_at(request)
    facts = Facts(org)
    rows = [
        (site, notice, notice is not None and is_stale(facts, notice))
        for site, notice in queries.sites(org.pk)
    ]
    here = {
        "org": org,
        "orgs": [each for each in within_reach(by) if may(by, LOOK, thing_of_org(each))],
        "rows": rows,
        "whole": not rows or queries.whole(org) is not None,
        "consults": facts.values.get("publicity.consult"),
    }
    return render(request, "public/html/list.html", here)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, site: UUID) -> HttpResponse:
    """Write and publish a site's notice. What is refused stays on the screen, with its article."""
    found = _site(request, site)
    return _publishing(request, found.org, found)


@require_http_methods(["GET", "POST"])
def publish_whole(request: HttpRequest, code: str) -> HttpResponse:
    """The same for a whole organisation, whose cameras stand nowhere."""
    org = _org(request, code, LOOK)
    return _publishing(request, org, queries.whole(org))


def _publishing(request: HttpRequest, org: Organisation, site: Site | None) -> HttpResponse:
    facts, said = Facts(org), queries.notice(site) if site else None
    prepared = queries.draft(org, site)
    source = prepared or said
    first = {"contact": source.contact, "words": source.words} if source else _offered(facts)
    form = NoticeForm(request.POST or None, joint=facts.is_on("joint.enabled"), initial=first)
    refusal = None
    if form.is_valid():
        told = form.cleaned_data | {"publisher": person_at(request), "by": actor_at(request)}
        try:
            actions.publish(org, site, **told)
            return redirect("public.notices_at", org.pk)
        except Refusal as no:
            refusal = no
            prepared = _kept(request, org, site, form.cleaned_data)
    here = {"org": org, "site": site, "form": form, "refusal": refusal, "draft": prepared}
    return render(request, "public/html/publish.html", here, status=403 if refusal else 200)


def _kept(
    request: HttpRequest, org: Organisation, site: Site | None, told: dict[str, str]
) -> NoticeDraft | None:
    """What may not be published is left as a draft, for who may (police-notice-4.2.b)."""
    by = actor_at(request)
    if not may(by, "notice.draft", thing_of_org(org)):
        return None
    words = {"contact": told["contact"], "words": told["words"]}
    return actions.keep(org, site, **words, author=person_at(request), by=by)


@require_GET
def preview(request: HttpRequest, site: UUID) -> HttpResponse:
    """The page as a passer-by would see it, published or not."""
    found = _site(request, site)
    facts, said = Facts(found.org), queries.notice(found)
    if said is None:
        offered = _offered(facts)
        said = Notice(site=found, published_at=clock.now(), joint=joint_of(facts, "—"), **offered)
    return render(request, "public/html/notice.html", page(found, said) | {"preview": True})


@require_POST
def withdraw(request: HttpRequest, site: UUID) -> HttpResponse:
    """Take a site's notice down."""
    found = _site(request, site)
    actions.withdraw(found, by=actor_at(request))
    return redirect("public.notices_at", found.org_id)


@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, code: str) -> HttpResponse:
    """Record the consultation that comes before publishing."""
    org = _org(request, code, "notice.consult")
    form = ConsultForm(request.POST or None)
    if form.is_valid():
        actions.consult(org, **form.cleaned_data, by=actor_at(request))
        return redirect("public.notices_at", org.pk)
    return render(request, "public/html/consult.html", {"org": org, "form": form})


@require_GET
def numbers(request: HttpRequest, code: str = "", year: int = 0) -> HttpResponse:
    """A year in numbers, from the ledger."""
    org = _org(request, code, "ledger.read")
    orgs = with_units(org)
    year = _year(year or clock.today().year)
    counted = queries.numbers(orgs, year).as_json()
    here = {
        "org": org,
        "orgs": list(within_reach(actor_at(request))),
        "year": year,
        "years": queries.years(orgs),
        "rows": [(WORDS[name], count) for name, count in counted.items()],
    }
    return render(request, "public/html/numbers.html", here)


@require_GET
def table(request: HttpRequest, code: str, year: int, form: str) -> HttpResponse:
    """The same numbers for a machine (JSON) or a spreadsheet (CSV)."""
    org = _org(request, code, "ledger.read")
    counted = queries.numbers(with_units(org), _year(year)).as_json()
    if form == "json":
        body = json.dumps({"org": org.pk, "year": year, "numbers": counted}, indent=1)
        kind = "application/json"
    elif form == "csv":
        body, kind = _csv(counted), "text/csv; charset=utf-8"
    else:
        raise Missing("その形の表はありません。", "There is no such form of it.")
    shown = {"Content-Disposition": f'attachment; filename="numbers-{org.pk}-{year}.{form}"'}
    return HttpResponse(body, content_type=kind, headers=shown)


def _year(year: int) -> int:
    """A year that a ledger could have. Raises Missing."""
    if not FIRST_YEAR <= year <= clock.today().year:
        raise Missing("その年の件数はありません。", "There are no numbers for that year.")
    return year


def _csv(counted: dict[str, int]) -> str:
    """With a byte order mark, by which spreadsheets know that it is UTF-8."""
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow([str(_("項目")), str(_("件数"))])
    rows.writerows([str(WORDS[name]), count] for name, count in counted.items())
    return "\ufeff" + sheet.getvalue()


def _offered(facts: Facts) -> dict[str, str]:
    """What the rulebook already knows of the page's own texts."""
    return {"contact": "\n".join(facts.texts("org.contact")), "words": ""}


def _org(request: HttpRequest, code: str, verb: str) -> Organisation:
    org = organisation(code or person_at(request).org_id)
    require(actor_at(request), verb, thing_of_org(org))
    return org


def _site(request: HttpRequest, pk: UUID) -> Site:
    """A site, for somebody who may publish there."""
    found = queries.site(pk)
    require(actor_at(request), LOOK, thing_of_org(found.org))
    return found
