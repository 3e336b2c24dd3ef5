"""Pages for a request from outside: taken down, consented to, judged, handed over or shown."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.footage.models import Scene
from hokanko.footage.queries import thing as footage_thing
from hokanko.footage.scenes import marked_in
from hokanko.people.attach import scan_of, with_paper
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import thing_of_org
from hokanko.provision import actions, queries
from hokanko.provision.clips import clips_of, is_ready
from hokanko.provision.columns import told_in_words, was_shown
from hokanko.provision.consenting import record_consent
from hokanko.provision.counter_forms import ConsentForm, CounterForm, JudgeForm, LaterPaperForm
from hokanko.provision.desk_forms import DeclineForm
from hokanko.provision.entering import EnterForm
from hokanko.provision.envelope import sealed_envelope
from hokanko.provision.form import MEDIUM
from hokanko.provision.gaps import gaps
from hokanko.provision.handover import show_at_desk
from hokanko.provision.later import bring_paper
from hokanko.provision.masks import masks_allowed
from hokanko.provision.models import Provision, ProvisionFile
from hokanko.provision.outside import TakeDownForm, caption
from hokanko.provision.protecting import unmasked
from hokanko.provision.queries import thing
from hokanko.provision.still_masks import stills_of, uncovered
from hokanko.provision.taker import BODY_KINDS, is_of_oneself
from hokanko.provision.turns import turning
from hokanko.provision.waiting import waits_for
from hokanko.rules.actor import Actor
from hokanko.rules.book import Book
from hokanko.rules.decide import adopted_book, may, parameter, require


def drafted_from(request: HttpRequest) -> list[Scene]:
    """The scenes of one's own viewing that the address names; none for any other address."""
    try:
        return list(marked_in(UUID(request.GET.get("scenes", "")), person_at(request)))
    except ValueError:
        return []


def take_down(request: HttpRequest) -> HttpResponse:
    """The rulebook's form. What is refused stays on the screen, with its article."""
    me, refusal = person_at(request), None
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TakeDownForm(*sent, org=me.org, scenes=drafted_from(request))
    if form.is_valid():
        try:
            with told_on(form):
                by = actor_at(request)
                made = actions.ask(me.org, form.filled(), me, form.stills(), by=by)
                return redirect("provision.show", made.number)
        except Refusal as no:
            refusal = no
    context = {"form": form, "refusal": refusal}
    status = 403 if refusal else status_of(form)
    return render(request, "provision/html/take_down.html", context, status=status)


def judge(request: HttpRequest, provision: Provision) -> HttpResponse:
    """Grant on the ground that was picked."""
    me, by = person_at(request), actor_at(request)
    form = JudgeForm(request.POST, provision=provision, ground=request.POST.get("ground", ""))
    if not form.is_valid():
        return outside_page(request, provision, {"judging": form})
    try:
        actions.grant(provision, me, form.ground, judged=form.judged(), by=by)
    except Refusal as no:
        return outside_page(request, provision, {"judging": form, "refusal": no}, status=403)
    return redirect("provision.show", provision.number)


@require_POST
def consent(request: HttpRequest, number: str) -> HttpResponse:
    """Record what one person who is filmed said."""
    provision = admitted(request, number)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return outside_page(request, provision, {"consenting": form})
    try:
        with told_on(form):
            record_consent(provision, form.said(), person_at(request), by=actor_at(request))
            return redirect("provision.show", number)
    except Refusal as no:
        return outside_page(request, provision, {"consenting": form, "refusal": no}, status=403)
    return outside_page(request, provision, {"consenting": form}, status=status_of(form))


def hand_out(request: HttpRequest, provision: Provision) -> HttpResponse | FileResponse:
    """Somebody outside takes it, and the package goes out as the answer; or it is only shown."""
    form = CounterForm(request.POST, provision=provision)
    if not form.is_valid():
        return outside_page(request, provision, {"handing": form}, status=status_of(form))
    me, by, taker = person_at(request), actor_at(request), form.told()
    try:
        if not form.leaves:
            show_at_desk(provision, me, taker, by=by)
            return redirect("provision.show", provision.number)
        package = sealed_envelope(
            provision,
            hander=me,
            receiver=taker,
            delivering=form.cleaned_data["delivering"],
            medium=form.cleaned_data["medium"],
            protected=form.protected,
            by=by,
        )
    except Refusal as no:
        return outside_page(request, provision, {"handing": form, "refusal": no}, status=403)
    name = f"{provision.number}.zip"
    return FileResponse(package, as_attachment=True, filename=name, content_type="application/zip")


@require_POST
@with_paper
def bring(request: HttpRequest, number: str) -> HttpResponse:
    """File the paper that an urgent provision was granted before."""
    provision = admitted(request, number)
    form = LaterPaperForm(request.POST, request.FILES)
    if form.is_valid() and (scan := scan_of(form.cleaned_data["scan"])):
        with told_on(form):
            bring_paper(provision, form.cleaned_data["title"], scan, by=actor_at(request))
            return redirect("provision.show", number)
    return outside_page(request, provision, {"bringing": form}, status=400)


def admitted(request: HttpRequest, number: str) -> Provision:
    """The request, for its requester and for the posts of its unit; a refusal for others."""
    provision = queries.provision(number)
    if provision.requester_id != person_at(request).pk:
        require(actor_at(request), "footage.list", thing_of_org(provision.org))
    return provision


def outside_page(
    request: HttpRequest,
    provision: Provision,
    bound: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """One request from outside, with the next step for whoever may take it."""
    by, me, asked = actor_at(request), person_at(request), thing(provision)
    book = adopted_book(provision.org_id)
    said: dict[str, object] = {
        "provision": provision,
        "entries": told_in_words(provision),
        "papers": provision.papers.defer("file").order_by("entered_at", "pk"),
        "rests_on": provision.rests_on.defer("file").order_by("number"),
        "purposes": [p for p in book.purposes if p.id in provision.purposes],
        "ground": next((g for g in book.grounds if g.id == provision.ground), None),
        "body_kind": BODY_KINDS.get(provision.details.get("body_kind", ""), ""),
        "content": _wanted(provision, book),
        "shown": was_shown(provision),
        "files": provision.files.select_related("footage").order_by("footage__number"),
    }
    if queries.is_paper_owed(provision):
        said["late"] = provision.paper_due is not None and provision.paper_due < clock.today()
        named = LaterPaperForm(initial={"title": provision.paper_named})
        said["bringing"] = named if may(by, "provision.paper", asked) else None
    said |= turning(provision, by)
    own = provision.requester_id == me.pk
    if provision.state == "asked":
        said |= _judging(request, provision, book)
    if provision.state == "approved" and may(
        by, "provision.enter", asked, own=own, **queries.ENTERING
    ):
        said |= {"entering": EnterForm(provision=provision), "gaps": gaps(provision)}
    if provision.state == "entered":
        said |= _handing(provision, by, own=own)
    said["waits_for"] = waits_for(provision, by)
    return render(request, "provision/html/outside.html", said | dict(bound or {}), status=status)


def _judging(request: HttpRequest, provision: Provision, book: Book) -> dict[str, object]:
    """What the page offers whoever may decide: the grounds, then the form of the one picked."""
    by, asked = actor_at(request), thing(provision)
    said: dict[str, object] = {}
    picked = request.GET.get("ground", "")
    by_rule = parameter(provision.org_id, "provision.consent_role") == "default-rule"
    if by_rule or any(row.consent for row in book.grounds if row.id == picked):
        consents = may(by, "provision.consent", asked, day_ahead=False)
        said["consenting"] = ConsentForm() if consents else None
    if may(by, "provision.decide", asked, **queries.deciding(provision.org_id)):
        said |= {"grounds": book.grounds, "declining": DeclineForm()}
        if picked in {row.id for row in book.grounds}:
            said["judging"] = JudgeForm(provision=provision, ground=picked)
    return said


def _handing(provision: Provision, by: Actor, *, own: bool) -> dict[str, object]:
    """The clips as far as they have come and, once nothing is to be made any more, the desk."""
    asked, stills, shows = thing(provision), stills_of(provision), list(uncovered(provision))
    ready = is_ready(provision) and not shows and all(still.is_ready for still in stills)
    said: dict[str, object] = {
        "clips": clips_of(provision),
        "making": clips_of(provision).filter(sha256="", ordered=True).exists(),
        "maskable": _maskable(provision, by) if MEDIUM in provision.wants else [],
        "stills": stills if _maskable(provision, by) else [],
        "uncovered": shows,
        "ready": ready,
        "gives": MEDIUM in provision.wants,
        "reopens": may(by, "provision.enter", asked, own=own, **queries.ENTERING),
    }
    if ready and may(by, "provision.hand_over", asked, **queries.HANDING):
        said["handing"] = CounterForm(provision=provision)
        said |= {
            "oneself": is_of_oneself(provision),
            "unmasked": unmasked(provision, provision.wants),
        }
    return said


def _maskable(provision: Provision, by: Actor) -> list[ProvisionFile]:
    """The files of which parts may be blackened before they leave."""
    if not masks_allowed(provision.org_id):
        return []
    files = provision.files.select_related("footage__org").order_by("footage__number")
    return [
        file
        for file in files
        if may(by, "derive.edit", footage_thing(file.footage), reason_missing=False)
    ]


def _wanted(provision: Provision, book: Book) -> list[str]:
    (row,) = (field for field in book.form_fields if field.id == "content")
    return [caption(*row.options[key]) for key in provision.wants if key in row.options]
