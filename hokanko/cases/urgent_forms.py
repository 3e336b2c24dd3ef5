"""The forms of urgent reports and of doubts: told, answered, raised."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko.casebook.reports import MEANS
from hokanko.cases.forms import LONG, box, tokyo_minute


def moment_field(label: Any) -> forms.DateTimeField:
    """A moment in Tokyo, to the minute."""
    told = {"type": "datetime-local"}
    return forms.DateTimeField(
        label=label, widget=forms.DateTimeInput(attrs=told, format="%Y-%m-%dT%H:%M")
    )


class ToldForm(forms.Form):
    """When something was reported, to whom and by what means."""

    at = moment_field(_("報告した日時"))
    whom = forms.CharField(
        label=_("報告した相手"),
        max_length=80,
        help_text=_("受けた人の氏名と係。封印して保管します。"),
    )
    means = forms.ChoiceField(
        label=_("報告の手段"), choices=list(MEANS.items()), widget=forms.RadioSelect
    )

    def clean_at(self) -> datetime:
        """What was typed is Tokyo's time; the minute that runs now is now."""
        return tokyo_minute(self.cleaned_data["at"])


class ReportForm(ToldForm):
    """One report along the chain, with what was told."""

    text = forms.CharField(
        label=_("報告した内容"),
        widget=box(3),
        required=False,
        max_length=LONG,
        help_text=_("報告書（PDF）のほかに伝えたことがあれば書きます。"),
    )


class RaiseForm(forms.Form):
    """A doubt about one clause."""

    question = forms.CharField(label=_("疑義の内容"), widget=box(6), max_length=LONG)


class AnswerForm(forms.Form):
    """What the office above answered, and how the clause is read from then on."""

    on = forms.DateField(label=_("回答の日"), widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(label=_("回答の内容"), widget=box(4), max_length=LONG)
    interpretation = forms.CharField(
        label=_("条文の解釈"),
        widget=box(4),
        max_length=LONG,
        help_text=_("この条の画面に日付とともに示します。人の氏名は書きません。"),
    )
