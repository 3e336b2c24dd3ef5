"""The forms of a fixed camera's recording: accounting for what is missing, planning time off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeAlias

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.cameras import planned
from hokanko.cameras.outages import REASONS
from hokanko.coverage.queries import Stretch

LONG = 400  # characters
Given: TypeAlias = QueryDict | None


class Moment(forms.DateTimeField):
    """A moment in Tokyo."""

    def __init__(self, label: Any) -> None:
        box = forms.DateTimeInput(attrs={"type": "datetime-local"})
        super().__init__(label=label, widget=box)


class AccountForm(forms.Form):
    """Which gaps, and why."""

    gaps = forms.MultipleChoiceField(
        label=_("どの時間のことか"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.ChoiceField(
        label=_("理由"), widget=forms.RadioSelect, choices=list(REASONS.items())
    )
    words = forms.CharField(
        label=_("内容"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("分かったこと、したことを書きます。封印して保管します。"),
    )

    def __init__(self, owed: Iterable[tuple[int, Stretch]], given: Given = None) -> None:
        super().__init__(given, auto_id="id_account_%s")
        choices = [(each.key, f"{number}．{_words(each)}") for number, each in owed]
        self.fields["gaps"].choices = choices  # type: ignore[attr-defined]  # a choice field


class PlanForm(forms.Form):
    """From when to when it is off, on one day or on every day until the last."""

    begun = Moment(_("始め"))
    ended = Moment(_("終わり"))
    last_day = forms.DateField(
        label=_("毎日同じ時刻に繰り返すときの、最後の日"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    reason = forms.ChoiceField(
        label=_("理由"), widget=forms.RadioSelect, choices=list(planned.REASONS.items())
    )

    def __init__(self, given: Given = None) -> None:
        super().__init__(given, auto_id="id_plan_%s")

    def told(self) -> tuple[datetime, datetime, str, date | None]:
        """From, to, why, and the last day of a plan for every day."""
        form = self.cleaned_data
        begun, ended = (form[name].replace(tzinfo=clock.TOKYO) for name in ("begun", "ended"))
        return begun, ended, form["reason"], form["last_day"]


def _words(each: Stretch) -> str:
    begun, ended = (m.astimezone(clock.TOKYO) for m in (each.span.begun, each.span.ended))
    return said("%(begun)s から %(ended)s まで") % {
        "begun": f"{begun:%m/%d %H:%M}",
        "ended": f"{ended:%m/%d %H:%M}",
    }
