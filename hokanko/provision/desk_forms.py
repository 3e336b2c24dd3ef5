"""Forms that follow a colleague's request: the decision, and the handing over at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko.people.forms import BesideCode, told_on
from hokanko.people.second import factor_of
from hokanko.provision.fields import MOST, lines
from hokanko.provision.media import insist_back
from hokanko.provision.models import Provision
from hokanko.rules.decide import adopted_book
from hokanko.rules.listing import listing
from hokanko.rules.spoken import words


class DecideForm(forms.Form):
    """The decider's ground (提供事由 ア–エ), and its text where it needs one."""

    ground = forms.ChoiceField(label=_("提供事由"), required=False, widget=forms.RadioSelect)
    ground_note = forms.CharField(
        label=_("提供事由の説明"), required=False, max_length=MOST, widget=lines(2)
    )
    return_on = forms.DateField(
        label=_("返却又は廃棄の期限"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, org: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = adopted_book(org).grounds
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (ground.id, f"{ground.id}　{words(ground.ja, ground.en)}") for ground in grounds
        ]
        self.fields["ground_note"].help_text = listing(
            f"{ground.id}：{words(ground.text_ja, ground.text_en)}"
            for ground in grounds
            if ground.needs_text
        )
        coming_back = listing(ground.id for ground in grounds if ground.needs_return_day)
        if coming_back:
            self.fields["return_on"].help_text = coming_back
        else:
            del self.fields["return_on"]


class DeclineForm(forms.Form):
    """Why a request is not granted."""

    reason = forms.CharField(
        label=_("認めない理由"),
        max_length=MOST,
        widget=lines(3),
        help_text=_("依頼した人・受け付けた人も読みます。台帳には封をして残します。"),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="decline_%s")  # a withdrawal has its reason beside it


class HandForm(forms.Form):
    """The desk: the requester signs with his own login, and takes what he asked for."""

    login = forms.CharField(
        label=_("依頼者のログイン名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("依頼者のパスワード"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    code = BesideCode()
    medium = forms.CharField(label=_("外部記録媒体の番号"), max_length=60)
    delivering = forms.MultipleChoiceField(label=_("渡すもの"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, provision: Provision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.org = provision.org_id
        (result,) = (f for f in adopted_book(provision.org_id).form_fields if f.id == "result")
        offered = [
            (key, words(*said)) for key, said in result.options.items() if key in provision.wants
        ]
        self.fields["delivering"].choices = offered  # type: ignore[attr-defined]
        self.fields["delivering"].initial = [key for key, _said in offered]
        if factor_of(provision.requester) is None:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        """The medium is here, to be handed out."""
        told = super().clean() or self.cleaned_data
        with told_on(self):
            insist_back(self.org, told.get("medium", ""))
        return told
