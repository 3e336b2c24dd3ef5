"""The forms of publicity: the notice of a site, and the consultation before it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.public.content import SENTENCE


class NoticeForm(forms.Form):
    """What the page says beside what the rulebook says; the law asks for what it needs."""

    contact = forms.CharField(
        label=_("問い合わせ先"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("部署、電話番号、受付時間など。個人の氏名は書きません。"),
    )
    words = forms.CharField(
        label=_("ひとこと"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("付け加えたいことがあれば書きます。"),
    )
    statement = forms.CharField(
        label=_("共同で利用することを示す文"),
        max_length=400,
        required=False,
        initial=SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *given: Any, joint: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        if not joint:
            del self.fields["statement"]


class ConsultForm(forms.Form):
    """A consultation on what to publicise and how."""

    on = forms.DateField(
        label=_("協議した日"),
        initial=clock.today,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    counterpart = forms.CharField(
        label=_("協議の相手"), max_length=80, help_text=_("役職で書きます。")
    )
    outcome = forms.CharField(
        label=_("協議の結果"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
