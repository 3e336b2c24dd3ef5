"""Pages on which a request moves on: decided, entered, handed over, reported."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hokanko.errors import Refusal
from hokanko.people.door import actor_at, person_at, seat_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.knocking import place_of
from hokanko.people.login import authenticate
from hokanko.provision import actions, clipping, queries, reporting
from hokanko.provision.counter import admitted, hand_out, judge, outside_page
from hokanko.provision.desk_forms import DecideForm, DeclineForm, HandForm
from hokanko.provision.entering import EnterForm
from hokanko.provision.envelope import sealed_envelope
from hokanko.provision.judging import Judged
from hokanko.provision.models import Provision
from hokanko.provision.pages import show_page
from hokanko.provision.queries import thing
from hokanko.provision.taker import to_outsiders
from hokanko.rules.decide import may, require


@require_POST
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Grant on a ground, or decline."""
    provision, me, by = admitted(request, number), person_at(request), actor_at(request)
    if request.POST.get("decision") != "grant":
        return _decline(request, provision)
    if to_outsiders(provision.org_id):
        return judge(request, provision)
    form = DecideForm(request.POST, org=provision.org_id)
    if not form.is_valid():
        return show_page(request, provision, deciding=form)
    try:
        told = form.cleaned_data
        judged = Judged(return_on=told.get("return_on"))
        actions.grant(provision, me, told["ground"], told["ground_note"], judged=judged, by=by)
    except Refusal as no:
        if not may(by, "provision.decide", thing(provision), **queries.deciding(provision.org_id)):
            raise
        return show_page(request, provision, status=403, deciding=form, refusal=no)
    return redirect("provision.show", provision.number)


def _decline(request: HttpRequest, provision: Provision) -> HttpResponse:
    by, form = actor_at(request), DeclineForm(request.POST)
    require(by, "provision.decide", thing(provision), **queries.deciding(provision.org_id))
    if not form.is_valid():
        return show_page(request, provision, declining=form)
    actions.decline(provision, person_at(request), form.cleaned_data["reason"], by=by)
    return redirect("provision.show", provision.number)


@require_POST
def enter(request: HttpRequest, number: str) -> HttpResponse:
    """Enter the request into the application, with its footage."""
    provision = admitted(request, number)
    form = EnterForm(request.POST, provision=provision)
    if not form.is_valid():
        return show_page(request, provision, entering=form)
    files, me, by = form.cleaned_data["files"], person_at(request), actor_at(request)
    try:
        with told_on(form):
            actions.enter(provision, me, files, extent=form.extent(), by=by)
            return redirect("provision.show", provision.number)
    except Refusal as no:
        if not to_outsiders(provision.org_id):
            raise
        return outside_page(request, provision, {"entering": form, "refusal": no}, status=403)
    return show_page(request, provision, status=status_of(form), entering=form)


@require_POST
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """Choose the footage anew."""
    provision = admitted(request, number)
    clipping.reopen(provision, person_at(request), by=actor_at(request))
    return redirect("provision.show", provision.number)


@sensitive_post_parameters("password")
@require_POST
def hand_over(request: HttpRequest, number: str) -> HttpResponse | FileResponse:
    """The requester signs, and the package goes out as the answer."""
    provision = queries.provision(number)
    require(actor_at(request), "provision.hand_over", thing(provision), **queries.HANDING)
    if to_outsiders(provision.org_id):
        return hand_out(request, provision)
    form = HandForm(request.POST, provision=provision)
    if not form.is_valid():
        return show_page(request, provision, status=status_of(form), handing=form)
    told = form.cleaned_data
    code = told.get("code", "")
    seat, place = seat_at(request), place_of(request)
    receiver = authenticate(told["login"], told["password"], code, seat=seat, place=place)
    if receiver is None:
        form.add_error("password", _("ログイン名かパスワードが違います。"))
        return show_page(request, provision, handing=form)
    package = sealed_envelope(
        provision,
        hander=person_at(request),
        receiver=receiver,
        delivering=told["delivering"],
        medium=told["medium"],
        by=actor_at(request),
    )
    name = f"{provision.number}.zip"
    return FileResponse(package, as_attachment=True, filename=name, content_type="application/zip")


@require_POST
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Report a night provision to the manager."""
    reporting.report(admitted(request, number), by=actor_at(request))
    return redirect("provision.show", number)


@require_POST
def acknowledge(request: HttpRequest, number: str) -> HttpResponse:
    """Take note of the report."""
    reporting.acknowledge(admitted(request, number), by=actor_at(request))
    return redirect("provision.show", number)
