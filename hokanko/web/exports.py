"""Papers and registers to take away: PDF to file, Excel and CSV to go on working with."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from hokanko import clock
from hokanko.cameras import plan
from hokanko.cameras.signs import sites
from hokanko.errors import Missing
from hokanko.ledger.turn import write_turn
from hokanko.papers import commas, register, report, workbook
from hokanko.people.door import actor_at, person_at
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.decide import may, require
from hokanko.rules.permit import Permit
from hokanko.web import yearly
from hokanko.web.registers import arising, paper

FISCAL_YEAR_BEGINS = (4, 1)  # 年度
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
SIZE_WORDS = {"a4": "A4", "a3": "A3", "small": _("小（100×70mm）")}


class PeriodForm(forms.Form):
    """From which day to which, both counted."""

    since = forms.DateField(
        label=_("いつから"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    until = forms.DateField(
        label=_("いつまで"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )


@require_GET
def index(request: HttpRequest, code: str = "") -> HttpResponse:
    """Every paper of an organisation on one page, with the period to draw registers from."""
    actor, org = actor_at(request), _org(request, code)
    require(actor, "ledger.read", thing_of_org(org))
    since, until = period(request)
    may_map = may(actor, "camera.list", thing_of_org(org))
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "form": PeriodForm(initial={"since": since, "until": until}),
        "period": urlencode({"since": since.isoformat(), "until": until.isoformat()}),
        "registers": arising(org.pk),
        "forms": list(TYPES),
        "sites": list(sites(org.pk)) if may_map else [],
        "sizes": {size: SIZE_WORDS[size] for size in plan.sign_sizes(org.pk)},
        "may_map": may_map,
        "has_maps": may_map and bool(plan.maps(org.pk)),
    }
    return render(request, "web/html/papers.html", page)


@require_GET
def register_of(request: HttpRequest, code: str, which: str, form: str) -> HttpResponse:
    """One register over a period, as PDF, Excel or CSV; that it was taken is written."""
    org = organisation(code)
    permit = require(actor_at(request), "ledger.read", thing_of_org(org))
    since, until = period(request)
    made = _made(org, which, form, since, until)
    _write(permit, f"register {which} {since}–{until} {form}")
    return _file(made, form, f"{which}-{org.pk}")


@require_GET
def yearly_report(request: HttpRequest, code: str) -> HttpResponse:
    """年次の管理状況報告 over a period, as PDF."""
    org = organisation(code)
    permit = require(actor_at(request), "ledger.read", thing_of_org(org))
    since, until = period(request)
    body = report.render(yearly.report(org, since, until))
    _write(permit, f"report {since}–{until}")
    return _file(body, "pdf", f"report-{org.pk}")


def period(request: HttpRequest) -> tuple[date, date]:
    """The days asked for; without them, this fiscal year until today."""
    asked = PeriodForm(request.GET)
    said = asked.cleaned_data if asked.is_valid() else {}
    until = said.get("until") or clock.today()
    since = said.get("since") or fiscal_year(until)
    return min(since, until), until


def fiscal_year(day: date) -> date:
    """The first day of the 年度 that a day falls in."""
    begins = date(day.year, *FISCAL_YEAR_BEGINS)
    return begins if day >= begins else date(day.year - 1, *FISCAL_YEAR_BEGINS)


def _made(org: Organisation, which: str, form: str, since: date, until: date) -> bytes:
    """A register in one of three forms, in Japanese whatever the reader's language."""
    if form not in TYPES:
        raise Missing("この形式はありません。", f"There is no form {form}.")
    with override("ja"):
        made = paper(org, which, since, until)
    if form == "pdf":
        return register.render(made)
    return workbook.render(made) if form == "xlsx" else commas.render(made)


def _write(permit: Permit, what: str) -> None:
    with write_turn():
        permit.write("ledger.read", facts={"what": what})


def _org(request: HttpRequest, code: str) -> Organisation:
    return organisation(code or person_at(request).org_id)


def _file(body: bytes, form: str, name: str) -> HttpResponse:
    shown = "inline" if form == "pdf" else "attachment"
    answer = HttpResponse(body, content_type=TYPES[form])
    answer["Content-Disposition"] = f'{shown}; filename="{name}.{form}"'
    return answer
