"""Pages of provision: the desk, the request form, one request with its next step."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.formats.era import day_and_time
from hokanko.people.attach import with_paper
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.models import Person
from hokanko.people.queries import thing_of_org
from hokanko.provision import actions, queries
from hokanko.provision.counter import admitted, drafted_from, outside_page, take_down
from hokanko.provision.desk_forms import DecideForm, DeclineForm, HandForm
from hokanko.provision.entering import EnterForm
from hokanko.provision.forms import AskForm
from hokanko.provision.models import PAPER, Provision
from hokanko.provision.papers import addressee
from hokanko.provision.queries import thing
from hokanko.provision.reprint import delivered
from hokanko.provision.standing_in import ask_for
from hokanko.provision.taker import to_outsiders
from hokanko.provision.turns import turning
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, may, parameter
from hokanko.rules.duty import is_night
from hokanko.rules.wording import TELEPHONE, wording


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """One's own requests, and whatever waits for one's post."""
    org, by = person_at(request).org, actor_at(request)
    context = {
        "desk": queries.desk(org, by),
        "today": clock.today(),
        "night": is_night(org.pk, clock.now()),
        "nights": parameter(org.pk, "night_duty.hours") is not None,
        "outside": to_outsiders(org.pk),
        "asks": queries.barred(org, by) is None,
        "registers": may(by, "footage.list", thing_of_org(org)),
        "consents": may(by, "consent.record", thing_of_org(org), day_ahead=False),
    }
    return render(request, "provision/html/desk.html", context)


@require_http_methods(["GET", "POST"])
@with_paper
def ask(request: HttpRequest) -> HttpResponse:
    """The request form. What is refused stays on the screen, with its article."""
    me, refusal = person_at(request), None
    if request.method == "GET" and (no := queries.barred(me.org, actor_at(request))):
        raise no  # before he has filled in a whole form
    if to_outsiders(me.org_id):
        return take_down(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    by = actor_at(request)
    form = AskForm(
        *sent,
        org=me.org,
        requester=me,
        scenes=drafted_from(request),
        colleagues=queries.colleagues(me, by),
    )
    if form.is_valid():
        try:
            with told_on(form):
                return redirect("provision.show", _submitted(form, me, by).number)
        except Refusal as no:
            refusal = no
    return render(
        request,
        "provision/html/ask.html",
        {
            "form": form,
            "refusal": refusal,
            "requester": me,
            "addressee": addressee(me.org),
            "today": clock.today(),
        },
        status=403 if refusal else status_of(form),
    )


def _submitted(form: AskForm, me: Person, by: Actor) -> Provision:
    """One's own request, or a colleague's that came on paper or by telephone."""
    if form.asker is None:
        return actions.ask(me.org, form.filled(), me, form.stills(), by=by)
    arrived = form.cleaned_data["arrived"] or PAPER
    return ask_for(me.org, form.filled(), form.asker, me, arrived, form.stills(), by=by)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """One request: its state as steps, its form, and the next step for whoever may take it."""
    return show_page(request, admitted(request, number))


@require_GET
def state(request: HttpRequest, number: str) -> JsonResponse:
    """Where a request stands, for the page that waits for its package."""
    return JsonResponse({"state": admitted(request, number).state})


def show_page(
    request: HttpRequest, provision: Provision, *, status: int = 200, **bound: object
) -> HttpResponse:
    """One request with the next step; forms sent back to be mended are given as they were."""
    if to_outsiders(provision.org_id):
        return outside_page(request, provision, bound, status=status)
    by, me, asked = actor_at(request), person_at(request), thing(provision)
    own = provision.requester_id == me.pk
    book = adopted_book(provision.org_id)
    said: dict[str, object] = {
        "provision": provision,
        "papers": provision.papers.defer("file").order_by("entered_at", "pk"),
        "telephone": wording(provision.org_id, TELEPHONE),
        "purposes": [p for p in book.purposes if p.id in provision.purposes],
        "ground": next((g for g in book.grounds if g.id == provision.ground), None),
        "delivered": delivered(provision),
        "files": provision.files.select_related("footage").order_by("footage__number"),
        "addressee": addressee(provision.org),
        "happened": [day_and_time(provision.happened_from), day_and_time(provision.happened_until)],
    }
    if provision.state == "asked" and may(
        by, "provision.decide", asked, **queries.deciding(provision.org_id)
    ):
        said |= {"deciding": DecideForm(org=provision.org_id), "declining": DeclineForm()}
    if provision.state == "approved" and may(
        by, "provision.enter", asked, own=own, **queries.ENTERING
    ):
        said["entering"] = EnterForm(provision=provision)
    if provision.state == "entered" and may(by, "provision.hand_over", asked, **queries.HANDING):
        said["handing"] = HandForm(provision=provision)
    if provision.report_due and provision.reported_at is None:
        said["may_report"] = may(by, "provision.report", asked)
    if provision.reported_at and provision.acknowledged_at is None:
        said["may_acknowledge"] = may(by, "provision.acknowledge", asked)
    said |= turning(provision, by)
    return render(request, "provision/html/show.html", said | bound, status=status)
