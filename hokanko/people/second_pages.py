"""Pages of the second factor: the code at login, setting an app up, taking it off."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from hokanko.keyring.onetime import address, spelled
from hokanko.papers.code import svg
from hokanko.people.door import actor_at, person_at, seat_at
from hokanko.people.forms import CodeForm, FirstCodeForm, status_of, told_on
from hokanko.people.inside import insist_inside
from hokanko.people.login import proven
from hokanko.people.models import Person
from hokanko.people.proving import clear_factor, set_factor
from hokanko.people.queries import actor
from hokanko.people.roster import row
from hokanko.people.second import CODE, factor_of, is_required
from hokanko.people.waiting import (
    DRAFT,
    PROVED,
    come_in,
    drafted,
    from_the_beginning,
    onward,
    waiting,
)
from hokanko.rules.actor import Actor


@login_not_required
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """The second step of logging in."""
    found = waiting(request)
    if found is None:
        return redirect(from_the_beginning(request))
    person, to = found
    form = CodeForm(request.POST or None)
    if form.is_valid():
        used = proven(person, form.cleaned_data["code"])
        if used:
            come_in(request, person, used)
            return redirect(onward(request, person, to))
        form.add_error("code", _("コードが違うか、もう使われたか、いまは使えません。"))
    page = {"form": form}
    return render(request, "people/html/code.html", page, status=status_of(form))


@login_not_required
@sensitive_post_parameters()
def first(request: HttpRequest) -> HttpResponse:
    """Who needs a second factor and has none sets it up before anything else."""
    found = waiting(request)
    if found is None:
        return redirect(from_the_beginning(request))
    insist_inside(request)
    person, to = found
    by = actor(person, via="web", seat=seat_at(request))
    return _setting_up(request, person, by, to=to, entering=True)


@sensitive_post_parameters()
def own(request: HttpRequest) -> HttpResponse:
    """One's own second factor: setting it up, or what is left of it."""
    person = person_at(request)
    held = factor_of(person)
    if held is None:
        insist_inside(request)
        return _setting_up(request, person, actor_at(request), to="/me/", entering=False)
    page = {"held": held, "left": len(held.recovery), "form": CodeForm()}
    return render(request, "people/html/factor.html", page)


@require_POST
@sensitive_post_parameters()
def take_off(request: HttpRequest) -> HttpResponse:
    """One's own second factor is taken off by one more code of it, so that no passer-by does."""
    person, form = person_at(request), CodeForm(request.POST)
    held = factor_of(person)
    if held is None:
        return redirect("people.factor")
    if form.is_valid():
        if proven(person, form.cleaned_data["code"]):
            clear_factor(person, by=actor_at(request))
            _stay(request, person, proved=False)
            return redirect("people.factor")
        form.add_error("code", _("コードが違うか、もう使われたか、いまは使えません。"))
    page = {"held": held, "left": len(held.recovery), "form": form}
    return render(request, "people/html/factor.html", page, status=status_of(form))


@require_POST
def clear(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody lost the phone: whoever keeps the accounts takes the second factor off."""
    person = row(pk).person
    if person == person_at(request):  # one's own goes by a code, or a passer-by could do it
        return redirect("people.factor")
    clear_factor(person, by=actor_at(request))
    return redirect("people.one", pk=pk)


@sensitive_variables("secret", "page")
def _setting_up(
    request: HttpRequest, person: Person, by: Actor, *, to: str, entering: bool
) -> HttpResponse:
    """Scan, and prove it by a code; then the recovery codes, on this one page."""
    secret = drafted(request, person)
    form = FirstCodeForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            codes = set_factor(person, secret, form.cleaned_data["code"], by=by)
            if entering:
                come_in(request, person, CODE)
                to = onward(request, person, to)
            else:
                _stay(request, person, proved=True)
            return render(request, "people/html/recovery.html", {"codes": codes, "to": to})
    page = {
        "form": form,
        "drawn": SafeString(svg(address(secret, person.login), sized=False)),
        "secret": " ".join(_fours(spelled(secret))),
        "entering": entering,
        "required": is_required(person),
    }
    return render(request, "people/html/set_up.html", page, status=status_of(form))


def _stay(request: HttpRequest, person: Person, *, proved: bool) -> None:
    """This login goes on where all others of the person have ended."""
    update_session_auth_hash(request, person)
    request.session.pop(DRAFT, None)
    request.session[PROVED] = proved


def _fours(plain: str) -> list[str]:
    return [plain[at : at + 4] for at in range(0, len(plain), 4)]
