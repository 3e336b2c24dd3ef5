"""提供記録簿: the page that lists what was handed over or shown, month by month."""

from __future__ import annotations

import calendar
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hokanko import clock
from hokanko.people.door import actor_at, person_at
from hokanko.people.queries import thing_of_org
from hokanko.provision import queries
from hokanko.provision.columns import headings, label, row_in_words
from hokanko.rules.decide import require


class MonthForm(forms.Form):
    """Which month."""

    month = forms.DateField(
        label=_("月"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The register of one's own organisation, for the posts that see its footage."""
    org = person_at(request).org
    require(actor_at(request), "footage.list", thing_of_org(org))
    form = MonthForm(request.GET if "month" in request.GET else {"month": f"{clock.today():%Y-%m}"})
    first: date = form.cleaned_data["month"] if form.is_valid() else clock.today().replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    handed = queries.handed_between(org.pk, first, last)
    context = {
        "form": form,
        "first": first,
        "headings": [label(org.pk, each) for each in headings(org.pk)],
        "rows": [(each.number, row_in_words(each)) for each in handed],
    }
    return render(request, "provision/html/register.html", context)
