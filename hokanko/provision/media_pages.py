"""Pages of what was handed out: what is still out, and how each piece came to its end."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from hokanko import clock
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import day_field, status_of, told_on
from hokanko.people.queries import thing_of_org
from hokanko.provision import media
from hokanko.provision.ending import Ending, end
from hokanko.provision.queries import thing
from hokanko.rules.decide import may, require

KINDS = {media.MEDIUM: _("外部記録媒体"), media.STILL: _("画像")}


class EndForm(forms.Form):
    """返却・廃棄の記録。"""

    kind = forms.ChoiceField(
        label=_("返却か廃棄か"),
        choices=[(media.RETURNED, _("返却を受けた")), (media.DESTROYED, _("渡した先で廃棄した"))],
        widget=forms.RadioSelect,
        help_text=_(
            "こちらに戻った媒体を廃棄するときは、「返却を受けた」としたうえで、"
            "簿冊の「記録媒体廃棄記録」に記します。"
        ),
    )
    on = day_field(_("返却・廃棄の日"), required=True)
    how = forms.CharField(
        label=_("方法"), max_length=200, help_text=_("例：窓口で受け取った、裁断した")
    )

    def told(self) -> Ending:
        """The same as the verb takes it; only after `is_valid`."""
        return Ending(**self.cleaned_data)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The register of one's own organisation, for the posts that see its footage."""
    org = person_at(request).org
    require(actor_at(request), "footage.list", thing_of_org(org))
    rows = list(media.media_at(org.pk))
    context = {
        "out": [(each, KINDS[each.kind]) for each in rows if each.ended_on is None],
        "ended": [(each, KINDS[each.kind]) for each in rows if each.ended_on is not None],
        "today": clock.today(),
    }
    return render(request, "provision/html/media.html", context)


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One piece: what it is, who has it, and the record of its end."""
    given, by = media.medium_of(pk), actor_at(request)
    require(by, "footage.list", thing_of_org(given.provision.org))
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid():
        with told_on(form):
            end(given, form.told(), person_at(request), by=by)
            return redirect("provision.media")
    ends = given.ended_on is None and may(by, "provision.end_medium", thing(given.provision))
    context = {
        "given": given,
        "kind": KINDS[given.kind],
        "content": media.content(given),
        "form": form if ends else None,
        "today": clock.today(),
    }
    return render(request, "provision/html/medium.html", context, status=status_of(form))
