"""The page of those who are told when a camera falls silent."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from hokanko.errors import Unavailable
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.recorder.alarm import send
from hokanko.recorder.models import Watcher
from hokanko.recorder.queries import watcher, watchers
from hokanko.recorder.watchers import EMAIL, WEBHOOK, add_watcher, drop_watcher
from hokanko.rules.decide import require

MEANS = {EMAIL: _("電子メール"), WEBHOOK: _("別のシステム（Webhook）")}


class WatcherForm(forms.Form):
    """途絶を知らせる先。"""

    means = forms.ChoiceField(label=_("知らせ方"), choices=list(MEANS.items()))
    address = forms.CharField(
        label=_("宛先"),
        max_length=200,
        help_text=_("電子メールのアドレス、又は https:// で始まるアドレス"),
    )


@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest, code: str = "") -> HttpResponse:
    """Who is told, and entering another."""
    actor, org = actor_at(request), organisation(code or person_at(request).org_id)
    require(actor, "intake.watch", thing_of_org(org))
    form, new, secret = WatcherForm(request.POST or None), None, ""
    if form.is_valid():
        with told_on(form):
            new, secret = add_watcher(org, **form.cleaned_data, by=actor)
            if not secret:
                return redirect("recorder.watchers_at", code=org.pk)
            form = WatcherForm()  # the secret of a webhook is on this one page, and on no other
    return _page(request, org, form, {"new": new, "secret": secret})


@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell nobody there any more."""
    row = watcher(pk)
    drop_watcher(row, by=actor_at(request))
    return redirect("recorder.watchers_at", code=row.org_id)


@require_POST
def trial(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a message now, and say whether it was taken."""
    row = watcher(pk)
    require(actor_at(request), "intake.watch", thing_of_org(row.org))
    told: dict[str, object] = {"tried": row, "trouble": ""}
    try:
        send(row, None, ended=False)
    except Unavailable as error:
        told["trouble"] = error
    return _page(request, row.org, WatcherForm(), told)


def _page(
    request: HttpRequest, org: Organisation, form: WatcherForm, told: dict[str, object]
) -> HttpResponse:
    rows: list[tuple[Watcher, object]] = [(row, MEANS[row.means]) for row in watchers(org)]
    page = {"org": org, "form": form, "rows": rows, **told}
    return render(request, "recorder/html/watchers.html", page, status=status_of(form))
