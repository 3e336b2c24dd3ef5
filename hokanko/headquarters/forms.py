"""The forms of headquarters: a period, and a report as it is drafted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _day(label: Any, *, required: bool) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, widget=picker, required=required)


class PeriodForm(forms.Form):
    """From which day to which, both counted."""

    since = _day(_("いつから"), required=False)
    until = _day(_("いつまで"), required=False)


class ReportForm(forms.Form):
    """What a report says beside its numbers. Nobody is named in it."""

    begins = _day(_("期間の初日"), required=True)
    ends = _day(_("期間の末日"), required=True)
    effects = forms.CharField(
        label=_("効果"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "職務執行の検証や証拠の保全に、どう役立ったか。個人の氏名や映像の番号は書きません。"
        ),
    )
    problems = forms.CharField(
        label=_("課題"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("運用や機器で困ったこと、改めたいこと。"),
    )
    url = forms.URLField(
        label=_("公表するウェブサイトのアドレス"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("県警察のウェブサイトの、公表するページ。"),
    )

    def __init__(self, *given: Any, kind: str, **more: Any) -> None:
        super().__init__(*given, **more)
        if kind != "publication":
            del self.fields["url"]
