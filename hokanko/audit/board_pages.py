"""The clause board (遵守状況) on screen: what is owed, then every clause; one clause; JSON."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hokanko import clock
from hokanko.audit import board
from hokanko.audit.board import Row
from hokanko.audit.queries import opened
from hokanko.audit.things import named
from hokanko.casebook.doubts import interpretations
from hokanko.errors import Missing
from hokanko.footage.telling import Told, tell
from hokanko.ledger.models import Entry
from hokanko.ledger.read import acts
from hokanko.ledger.turn import write_turn
from hokanko.people.door import actor_at, person_at
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, may, require

SHOWN_LINES = 50


@require_GET
def whole(request: HttpRequest, code: str = "") -> HttpResponse:
    """The board of an organisation, narrowed by state and by who owes."""
    org, actor = _org(request, code), actor_at(request)
    rows = board.rows(org)
    state, who = request.GET.get("state", ""), request.GET.get("who", "")
    narrowed = [row for row in rows if _wanted(row, state, who)]
    today = clock.today()
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "rows": narrowed,
        "owed": board.owed(narrowed),
        "soon": [row for row in narrowed if not row.owed and row.is_soon(today)],
        "counts": [(name, sum(row.state == name for row in rows)) for name in board.STATES],
        "owners": list(dict.fromkeys(post for row in rows for post in row.owners)),
        "state": state,
        "who": who,
    }
    return render(request, "audit/html/board.html", page)


@require_GET
def table(request: HttpRequest, code: str) -> HttpResponse:
    """The board for machines, as `hokanko board --json` writes it."""
    org = _org(request, code)
    return JsonResponse({"org": org.pk, "clauses": [row.as_json() for row in board.rows(org)]})


@require_GET
def clause(request: HttpRequest, code: str, clause: str) -> HttpResponse:
    """One clause: its words, what is owed, its evidence, and this month's refusals."""
    org, actor = _org(request, code), actor_at(request)
    found = next((row for row in board.rows(org) if row.clause.id == clause), None)
    if found is None:
        raise Missing("この条はこの規程にありません。", "This rulebook has no such clause.")
    thing, book = thing_of_org(org), adopted_book(org.pk)
    reads = may(actor, "evidence.read", thing)
    page = {
        "org": org,
        "row": found,
        "book": book,
        "laws": [law for law in book.laws if clause in law.clauses],
        "evidence": [(e, named(e.row.about, org.pk)) for e in opened(found.evidence)]
        if reads
        else [],
        "reads": reads,
        "may_enter": reads and found.clause.evidence is not None,
        "interpretations": interpretations(org, clause),
        "may_doubt": org.pk == person_at(request).org_id and may(actor, "doubt.raise", thing),
        "lines": _refusals(org, clause, actor) if may(actor, "ledger.read", thing) else [],
    }
    return render(request, "audit/html/clause.html", page)


def _refusals(org: Organisation, clause: str, actor: Actor) -> list[Told]:
    """This month's ledger lines that refused by this clause; that they were read is written."""
    ids = [pk for pk, clauses in board.refused_lines(org.pk) if clause in clauses][:SHOWN_LINES]
    if not ids:
        return []
    permit = require(actor, "ledger.read", thing_of_org(org))
    lines = Entry.objects.filter(pk__in=ids).order_by("-id").prefetch_related("openings")
    told = tell(acts(lines), org.pk, private=False)
    with write_turn():
        permit.write("ledger.read", facts={"what": f"refused, {clause}"})
    return told


def _wanted(row: Row, state: str, who: str) -> bool:
    owing = {post for each in row.owed for post in each.who} | set(row.owners)
    return (not state or row.state == state) and (not who or who in owing)


def _org(request: HttpRequest, code: str) -> Organisation:
    org = organisation(code or person_at(request).org_id)
    require(actor_at(request), "board.read", thing_of_org(org))
    return org
