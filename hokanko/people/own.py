"""Pages of one's own: logging in, logging out, what one holds."""

from __future__ import annotations

from django.contrib.auth import logout as close_session
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import LoginForm
from hokanko.people.inside import insist_admitted, is_inside
from hokanko.people.kept import KEPT, TOO_LONG, kept
from hokanko.people.knocking import place_of
from hokanko.people.login import known
from hokanko.people.models import Person
from hokanko.people.owed import owed_by
from hokanko.people.pages import told_of
from hokanko.people.paperwork import acknowledge
from hokanko.people.roster import row
from hokanko.people.second import factor_of, is_required
from hokanko.people.standing import unread
from hokanko.people.waiting import come_in, onward, wait
from hokanko.rules.decide import adopted_book, adoption
from hokanko.rules.text import paragraphs


@login_not_required
def login(request: HttpRequest) -> HttpResponse:
    """The door. Every failure reads the same: unknown, wrong, locked, retired."""
    if isinstance(request.user, Person):
        return redirect(_next(request))
    form = LoginForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        person = known(typed["login"], typed["password"], place=place_of(request))
        if person is not None:
            return _let_on(request, person)
        form.add_error(None, _("ログイン名かパスワードが違うか、いまは使えません。"))
    told = request.GET if request.method == "GET" else {}
    page = {
        "form": form,
        "next": _next(request),
        "asleep": "asleep" in told,
        "late": "late" in told,
        "left": "left" in told,
        "kept": KEPT in request.session,
        "too_long": TOO_LONG in request.session,
    }
    return render(request, "people/html/login.html", page)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Leave; the terminal stays enrolled."""
    close_session(request)
    return redirect("people.login")


def me(request: HttpRequest) -> HttpResponse:
    """One's own posts, oath, training and card; what one owes, and what to do about it."""
    found = row(person_at(request).pk)
    page = told_of(found) | {
        "own": True,
        "held": [(held, False) for held in found.posts],
        "owed": owed_by(found.person),
        "unread": unread(found.person),
    }
    return render(request, "people/html/one.html", page)


def read_rules(request: HttpRequest) -> HttpResponse:
    """The edition in force to read, and to acknowledge before footage is handled."""
    person = person_at(request)
    if request.method == "POST":
        acknowledge(person, by=actor_at(request))
        if kept(request, person):
            return redirect("people.kept")
        return redirect("people.me" if owed_by(person) else "web.home")
    now, book = adoption(person.org_id), adopted_book(person.org_id)
    texts = [paragraph.text for paragraph in paragraphs(book, now.values if now else {})]
    words = [(text.startswith("#"), text.lstrip("#").strip()) for text in texts]
    page = {"book": book, "edition": now, "unread": unread(person), "words": words}
    return render(request, "people/html/read.html", page)


def _let_on(request: HttpRequest, person: Person) -> HttpResponse:
    """After the right password: in, or to the second step. Raises Refusal (from outside)."""
    held = factor_of(person) is not None
    if not is_inside(request):
        insist_admitted(person, proved=held)
    if held or is_required(person):
        wait(request, person, _next(request))
        return redirect("people.code" if held else "people.first_factor")
    come_in(request, person, "")
    return redirect(onward(request, person, _next(request)))


def _next(request: HttpRequest) -> str:
    """Where to go after logging in: only within this house."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"
