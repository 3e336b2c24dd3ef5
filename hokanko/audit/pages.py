"""The registers (簿冊) on screen: all, one, one entry; entering, withdrawing, downloading."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hokanko import clock
from hokanko.audit import actions
from hokanko.audit.arising import permitted
from hokanko.audit.attested import CONFIRMED
from hokanko.audit.certificates import is_certified
from hokanko.audit.daily import facts
from hokanko.audit.disposals import number_of
from hokanko.audit.forms import EntryForm, WithdrawForm
from hokanko.audit.handed import handed_as
from hokanko.audit.models import Evidence
from hokanko.audit.queries import attachment, media_gone, one, opened, replaced, rows
from hokanko.audit.registers import ALL, BY_CODE, Register
from hokanko.audit.scope import Scope
from hokanko.audit.things import named
from hokanko.audit.weigh import names, told, unaccounted, unmeasured
from hokanko.casebook.models import Case
from hokanko.errors import Missing, Refusal
from hokanko.people.attach import with_paper
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.people.sniff import PICTURES, UNKNOWN
from hokanko.rules.book import Clause
from hokanko.rules.decide import may, parameter, require

SHUT = "default-src 'none'; sandbox"  # a picture opened by itself runs nothing


@require_GET
def shelf(request: HttpRequest, code: str = "") -> HttpResponse:
    """Every register of an organisation, with how many entries stand in it."""
    org = _org(request, code)
    counts: dict[str, int] = {}
    for kind in rows(org.pk).filter(withdrawn_at=None).values_list("kind", flat=True):
        counts[kind] = counts.get(kind, 0) + 1
    book = Scope(org).book
    asked = {c.evidence.form for c in book.clauses if c.evidence}
    asked |= {c.evidence.dated_by for c in book.clauses if c.evidence}
    page = {
        "org": org,
        "orgs": list(within_reach(actor_at(request))),
        "registers": [(r, counts.get(r.code, 0), r.code in asked) for r in ALL],
    }
    return render(request, "audit/html/shelf.html", page)


@require_GET
def register(request: HttpRequest, code: str, register: str) -> HttpResponse:
    """One register: its entries, newest first, the withdrawn ones struck through."""
    org, form = _org(request, code), _register(register)
    page = {
        "org": org,
        "register": form,
        "gone": media_gone(org.pk) if form.code == "medium" else set(),
        "entries": [
            (entry, named(entry.row.about, org.pk)) for entry in opened(rows(org.pk, form.code))
        ],
        "clauses": [
            c
            for c in Scope(org).book.clauses
            if c.evidence and form.code in (c.evidence.form, c.evidence.dated_by)
        ],
    }
    return render(request, "audit/html/register.html", page)


@with_paper
def enter(request: HttpRequest, code: str, register: str) -> HttpResponse:
    """Enter evidence. What is refused stays on the screen, with its article."""
    kind = _register(register)
    org, actor = _entered_at(request, code, kind), actor_at(request)
    scope = Scope(org)
    clause = _clause(scope, request.GET.get("clause", ""))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    given = request.GET
    initial = {"about": given.get("about", "")} | ({"clauses": [clause.id]} if clause else {})
    if kind.about == "medium":
        initial["serial"] = number_of(org.pk, given.get("about", ""))
    form, refusal = EntryForm(scope, kind, clause, *sent, initial=initial), None
    if form.is_valid():
        try:
            with told_on(form):
                row = actions.enter(org, register=kind.code, **form.told(), by=actor)
                return redirect("audit.entry", row.pk)
        except Refusal as no:
            refusal = no
    page = {
        "org": org,
        "register": kind,
        "clause": clause,
        "form": form,
        "refusal": refusal,
        "silent": unaccounted(org) if kind.code == "daily" else [],
        "facts": facts(org) if kind.code == "daily" else None,
        "bare": unmeasured(org.pk) if kind.code == "inspection" else [],
        "permitted": permitted(org, clock.today()) if kind.code == "entry" else None,
        "listed": kind.code == "entry" and parameter(org.pk, "entry.permission_list"),
    }
    status = 403 if refusal else status_of(form)
    return render(request, "audit/html/enter.html", page, status=status)


@require_GET
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One entry, with its attachment."""
    return _entry(request, _allowed(request, pk), WithdrawForm())


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw an entry: it stays, struck through."""
    row = _allowed(request, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        with told_on(form):
            actions.withdraw(row, form.cleaned_data["reason"], by=actor_at(request))
            return redirect("audit.entry", row.pk)
    return _entry(request, row, form)


@require_GET
def picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The attachment to look at, if it is a picture; nothing else is ever shown in the page."""
    row = _allowed(request, pk)
    if row.file_type not in PICTURES:
        raise Missing("この添付は写真ではありません。", "This attachment is not a picture.")
    shown = {"Content-Security-Policy": SHUT, "Content-Disposition": "inline"}
    return HttpResponse(attachment(row), content_type=row.file_type, headers=shown)


@require_GET
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The attachment to keep, byte for byte."""
    row = _allowed(request, pk)
    disposition = f"attachment; filename*=UTF-8''{quote(row.file_name)}"
    headers = {"Content-Security-Policy": SHUT, "Content-Disposition": disposition}
    return HttpResponse(attachment(row), content_type=row.file_type or UNKNOWN, headers=headers)


def _entry(request: HttpRequest, row: Evidence, form: WithdrawForm) -> HttpResponse:
    (found,) = opened([row])
    actor = actor_at(request)
    own = str(row.entered_by_id) == actor.id
    scope = Scope(row.org)
    left = handed_as(scope, found.fields["serial"]) if row.kind == CONFIRMED else None
    left = left if left and row.about in ("", left.about) else None
    page = {
        "entry": found,
        "org": row.org,
        "about": named(row.about, row.org_id),
        "clauses": [c for c in scope.book.clauses if c.id in row.clauses],
        "incidents": Case.objects.filter(
            org=row.org, number__in=names(found.fields.get("incidents", ""))
        ).order_by("number"),
        "is_picture": row.file_type in PICTURES,
        "form": form,
        "handed": left,
        "unlisted": row.kind == CONFIRMED
        and not row.about
        and not left
        and row.withdrawn_at is None,
        "certified": is_certified(row),
        "undisposed": f"evidence:{row.pk}" if row in replaced(row.org_id) else "",
        "may_withdraw": row.withdrawn_at is None
        and may(actor, "evidence.withdraw", thing_of_org(row.org), own=own),
    }
    return render(request, "audit/html/entry.html", page, status=status_of(form))


def _org(request: HttpRequest, code: str) -> Organisation:
    org = organisation(code or person_at(request).org_id)
    require(actor_at(request), "evidence.read", thing_of_org(org))
    return org


def _entered_at(request: HttpRequest, code: str, kind: Register) -> Organisation:
    """Where an entry is made. Who reads no registers is told what bars the entry itself."""
    org, actor = organisation(code or person_at(request).org_id), actor_at(request)
    if not may(actor, "evidence.read", thing_of_org(org)):
        weighed = told(org, kind, {}, "", with_file=False, with_photo=False, with_day=False)
        require(actor, "evidence.enter", thing_of_org(org), **weighed)
    return _org(request, code)


def _allowed(request: HttpRequest, pk: UUID) -> Evidence:
    row = one(pk)
    require(actor_at(request), "evidence.read", thing_of_org(row.org))
    return row


def _register(code: str) -> Register:
    if code not in BY_CODE:
        raise Missing("この簿冊はありません。", "There is no such register.")
    return BY_CODE[code]


def _clause(scope: Scope, name: str) -> Clause | None:
    return next((c for c in scope.book.clauses if c.id == name), None)
