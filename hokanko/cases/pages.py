"""Pages of cases: the list, receiving, one case with its steps, closing, and its paper."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hokanko import clock
from hokanko.casebook.models import Case
from hokanko.casebook.queries import INCIDENT
from hokanko.casebook.reports import MEANS, Stage, stages
from hokanko.casebook.texts import steps, texts, told
from hokanko.cases import actions, queries
from hokanko.cases.forms import ANSWERED, CONFIRMED, ActForm, CloseForm, LinkForm, OpenForm
from hokanko.cases.paper import paper_of
from hokanko.cases.urgent_forms import ReportForm
from hokanko.cases.words import OUTCOMES, STATES, STEPS, kinds, matter
from hokanko.errors import Missing, Refusal
from hokanko.footage.models import Footage
from hokanko.footage.noted import KINDS
from hokanko.people.door import actor_at, person_at
from hokanko.people.queries import organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.retention.asking import may_ask
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, may, require, who_may

CLAUSES = {"complaint.owner", "complaint.strength"}
INCIDENTS = {"incident.kinds", "incident.chain"}


@require_GET
def listing(request: HttpRequest, code: str = "") -> HttpResponse:
    """The cases of one organisation: what is open first, what is late marked in words."""
    by = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(by, "case.list", thing_of_org(org))
    here = {
        "org": org,
        "orgs": [o for o in within_reach(by) if may(by, "case.list", thing_of_org(o))],
        "rows": queries.listing(org.pk),
        "kinds": kinds(org.pk),
        "mine": org.pk == person_at(request).org_id,
        "effort": queries.is_effort(org.pk),
        "states": STATES,
        "clauses": _clauses(org.pk),
    }
    return render(request, "cases/html/list.html", here)


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, kind: str) -> HttpResponse:
    """Record a case of one kind, in one's own organisation."""
    me, by = person_at(request), actor_at(request)
    require(by, "case.open", thing_of_org(me.org))
    if kind not in kinds(me.org_id):
        raise Missing("この種類の受付はありません。", "There is no such kind of case.")
    number = request.GET.get("number", "")
    form = OpenForm(by, me.org_id, kind, request.POST or None, initial={"number": number})
    if not form.is_valid():
        here = {"form": form, "kind": KINDS[kind], "code": kind}
        return render(request, "cases/html/open.html", here)
    said = form.cleaned_data
    footage = said["number"] or _seen(me.org_id, form)
    case = actions.open_case(
        me.org,
        kind=kind,
        footage=footage,
        receiver=me,
        by=by,
        **{name: said.get(name, "") for name in ("asks", "name", "reach", "explained")},
        story=form.whole_story(),
        received_on=said.get("received_on") or clock.today(),
        recognised_at=said.get("recognised_at"),
        other=said.get("other", ""),
    )
    if may(by, "case.list", thing_of_org(me.org)):
        return redirect("cases.show", case.pk)
    return render(request, "cases/html/received.html", {"case": case})


@require_GET
def show(request: HttpRequest, case: UUID) -> HttpResponse:
    """One case: who, what, every step, and what is still owed."""
    found = _case(request, case)
    return page_of(request, found)


@require_POST
def act(request: HttpRequest, case: UUID) -> HttpResponse:
    """Record an act in the case. What is refused stays on the screen, with its article."""
    found, me, by = _case(request, case), person_at(request), actor_at(request)
    form = ActForm(found.kind, request.POST)
    if not form.is_valid():
        return page_of(request, found, acting=form)
    step, text = form.cleaned_data["step"], form.cleaned_data["text"]
    try:
        if step == ANSWERED:
            actions.answer(found, text, person=me, by=by)
        elif step == CONFIRMED:
            actions.confirm(found, text, person=me, by=by)
        else:
            actions.act(found, step, text, person=me, by=by)
    except Refusal as no:
        return page_of(request, found, acting=form, refusal=no)
    return redirect("cases.show", found.pk)


@require_POST
def link(request: HttpRequest, case: UUID) -> HttpResponse:
    """Say which footage the case is about."""
    found, me, by = _case(request, case), person_at(request), actor_at(request)
    form = LinkForm(by, request.POST)
    if not form.is_valid():
        return page_of(request, found, linking=form)
    actions.link(found, form.cleaned_data["number"], person=me, by=by)
    return redirect("cases.show", found.pk)


@require_POST
def close(request: HttpRequest, case: UUID) -> HttpResponse:
    """Close the case. What is refused stays on the screen, with its article."""
    found, me, by = _case(request, case), person_at(request), actor_at(request)
    form = CloseForm(found.kind, request.POST)
    if not form.is_valid():
        return page_of(request, found, closing=form)
    try:
        actions.close(found, **form.cleaned_data, person=me, by=by)
    except Refusal as no:
        return page_of(request, found, closing=form, refusal=no)
    return redirect("cases.show", found.pk)


@require_GET
def paper(request: HttpRequest, case: UUID) -> HttpResponse:
    """苦情・問い合わせ記録: the case as a paper."""
    found = _case(request, case)
    shown = {"Content-Disposition": f'attachment; filename="case-{found.number}.pdf"'}
    return HttpResponse(paper_of(found), content_type="application/pdf", headers=shown)


def _case(request: HttpRequest, pk: UUID) -> Case:
    """The case, for somebody who may read it."""
    found = queries.case(str(pk))
    require(actor_at(request), "case.list", thing_of_org(found.org))
    return found


def _seen(org: str, form: OpenForm) -> Footage | None:
    """What was filmed there and then; None where nothing is kept: the story tells of it still."""
    filmed = form.filmed()
    if filmed:
        with suppress(Missing):
            return queries.footage_at(org, *filmed)
    return None


def page_of(
    request: HttpRequest,
    case: Case,
    *,
    acting: ActForm | None = None,
    closing: CloseForm | None = None,
    linking: LinkForm | None = None,
    reporting: ReportForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """One case as a page, with the forms that this reader may use, as far as they are filled."""
    by, org = actor_at(request), thing_of_org(case.org)
    is_open = case.state != "closed"
    chain = stages(case) if case.kind == INCIDENT else []
    here = {
        "case": case,
        "kind": KINDS[case.kind],
        "matter": matter(case),
        "state": STATES[case.state],
        "late": queries.days_late(case, clock.today()),
        "effort": queries.is_effort(case.org_id),
        "texts": texts(case),
        "steps": [(STEPS[step.kind], step) for step in steps(case)],
        "outcome": OUTCOMES[case.kind].get(case.outcome, ""),
        "acting": (acting or ActForm(case.kind, chained=bool(chain)))
        if is_open and may(by, "case.step", org, answering=False)
        else None,
        "closing": (closing or CloseForm(case.kind))
        if is_open and may(by, "case.confirm", org)
        else None,
        "linking": (linking or LinkForm(by))
        if is_open and not case.footage_id and may(by, "case.link", org)
        else None,
        "review": is_open
        and case.asks == "erase"
        and case.footage
        and case.footage.state == "held",
        "asks_erasure": may_ask(case.org, by),
        "askers": who_may(case.org_id, "erasure.ask"),
        "refusal": refusal,
        "clauses": _clauses(case.org_id, case.kind),
        "chain": [
            (stage, told(stage.report) if stage.report else None, _means(stage)) for stage in chain
        ],
        "reporting": reporting or _reporting(case, by),
        "receiving": any(_untaken(stage) for stage in chain) and may(by, "incident.receive", org),
        "footage_shown": may(by, "footage.list", org),
    }
    return render(request, "cases/html/show.html", here, status=403 if refusal else 200)


def _reporting(case: Case, by: Actor) -> ReportForm | None:
    """The form of the report that comes next, for the post that owes it."""
    waiting = next((s for s in stages(case) if s.waiting), None) if case.kind == INCIDENT else None
    if waiting is None:
        return None
    asked = {"onward": waiting.leg.onward, "untold": False}
    if not may(by, "incident.report", thing_of_org(case.org), **asked):
        return None
    now = clock.now().astimezone(clock.TOKYO)
    return ReportForm(initial={"at": now.strftime("%Y-%m-%dT%H:%M")})


def _untaken(stage: Stage) -> bool:
    report = stage.report
    return report is not None and not stage.leg.onward and report.received_at is None


def _means(stage: Stage) -> object:
    return MEANS[stage.report.means] if stage.report else ""


def _clauses(org: str, kind: str = "") -> list[object]:
    """The clauses that the owner and the duty rest on; none where they are software defaults."""
    book = adopted_book(org)
    wanted = INCIDENTS if kind == INCIDENT else CLAUSES
    named = (name for row in book.parameters if row.name in wanted for name in row.clauses)
    return [book.clause(name) for name in dict.fromkeys(named)]
