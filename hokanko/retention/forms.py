"""Forms of retention: to extend it, to erase by hand, to ask for an exceptional erasure."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.footage.forms import named
from hokanko.footage.models import Footage
from hokanko.retention.asking import Request, departures
from hokanko.retention.texts import Said
from hokanko.rules.actor import Actor
from hokanko.rules.spoken import spoken

DEPARTED, SPECIAL = "departed", "special"
FOUND = {DEPARTED: ("departure_found", "request_found"), SPECIAL: ("circumstances_found",)}
FIRST = _("一つ目の理由では必ず記載します。")


class Told(forms.CharField):
    """A text that the rulebook, not the form, insists on: the refusal then cites the article."""

    def __init__(self, **more: Any) -> None:
        box = forms.Textarea(attrs={"rows": 3})
        super().__init__(required=False, max_length=2000, widget=box, **more)


class Moment(forms.DateTimeField):
    """A moment in Tokyo, to the second, that the rulebook, not the form, may insist on."""

    def __init__(self, **more: Any) -> None:
        box = forms.DateTimeInput(
            attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"
        )
        super().__init__(required=False, widget=box, **more)

    def clean(self, value: Any) -> Any:
        """What was typed is Tokyo's time."""
        typed = super().clean(value)
        return typed.replace(tzinfo=clock.TOKYO) if typed else None


class ErasureForm(forms.Form):
    """Which footage, by which of the two limbs, and what each of them needs."""

    number = forms.CharField(label=_("映像ファイル番号"), max_length=40)
    limb = forms.ChoiceField(
        label=_("申請の理由"),
        widget=forms.RadioSelect,
        choices=[
            (DEPARTED, _("第6の1及び2によらずに撮影し、被撮影者から削除を要請された")),
            (SPECIAL, _("その他の特別な事情がある")),
        ],
    )
    departs = forms.ChoiceField(
        label=_("どの定めによらない撮影か"), required=False, choices=(), help_text=FIRST
    )
    begun = Moment(label=_("その区間の始め"), help_text=FIRST)
    ended = Moment(label=_("その区間の終わり"), help_text=FIRST)
    departed = Told(
        label=_("第6の1及び2によらない撮影の内容"),
        help_text=_("何が、どう外れていたか。一つ目の理由では必ず記載します。"),
    )
    asked_by_subject = Told(
        label=_("要請した被撮影者"), help_text=_("だれが、何を求めたか。封印して保管します。")
    )
    subject_asked_on = forms.DateField(
        label=_("要請のあった日"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=FIRST,
    )
    identified = Told(
        label=_("被撮影者本人であることの確認"),
        help_text=_("何で、どう確かめたか。一つ目の理由では必ず記載します。"),
    )
    circumstances = Told(label=_("特別な事情"), help_text=_("二つ目の理由では必ず記載します。"))
    needs = Told(
        label=_("ほかに残しておく必要"),
        help_text=_(
            "証拠、苦情、提供の依頼、公開の請求などがないかを確かめ、その結果を書きます。"
            "どちらの理由でも必ず記載します。"
        ),
    )

    def __init__(self, by: Actor, org: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.by = by
        offered = [(row.id, f"{row.article}　{spoken(row)}") for row in departures(org)]
        self.fields["departs"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]

    def clean_number(self) -> Footage:
        """The piece itself."""
        return named(self.cleaned_data["number"], self.by)

    def request(self) -> Request:
        """What is stated, as the verb takes it."""
        told = self.cleaned_data
        words = {each.name: told[each.name] for each in fields(Said)}
        return Request(
            departs=told["departs"],
            begun=told["begun"],
            ended=told["ended"],
            subject_asked_on=told["subject_asked_on"],
            said=Said(**words),
        )


class SecondForm(forms.Form):
    """What somebody else of the unit checked, and how."""

    text = Told(
        label=_("確かめたことと、その方法"),
        help_text=_("区間、要請、ほかに残しておく必要を、申請した者とは別に確かめます。"),
    )


class DecisionForm(forms.Form):
    """What the decider has found, and why."""

    departure_found = forms.BooleanField(
        label=_("第6の1及び2によらない撮影であると認める"), required=False
    )
    request_found = forms.BooleanField(
        label=_("被撮影者から削除の要請があったと認める"), required=False
    )
    circumstances_found = forms.BooleanField(label=_("特別な事情があると認める"), required=False)
    reason = Told(label=_("決裁の理由"), help_text=_("認めるときも、認めないときも書きます。"))

    def __init__(self, limb: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in FOUND.keys() - {limb}:
            for each in FOUND[name]:
                del self.fields[each]
        self.limb = limb

    @property
    def confirmed(self) -> bool:
        """Whether everything that the limb asks for has been found."""
        return all(self.cleaned_data[name] for name in FOUND[self.limb])


class ExtendForm(forms.Form):
    """Which footage, until when, and why. What is left empty the rulebook refuses."""

    numbers = forms.CharField(
        label=_("映像ファイル番号（いくつかあるときは一行に一つ）"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = forms.DateField(
        label=_("延ばした後の末日"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("この日の終わりに消去されます。"),
    )
    reason = Told(label=_("特に必要であると認めた理由"))

    def clean_numbers(self) -> list[str]:
        """One number a line; spaces and commas part them too."""
        said = str(self.cleaned_data["numbers"])
        return list(dict.fromkeys(said.replace(",", " ").replace("、", " ").split()))


class EraseForm(forms.Form):
    """Why one piece is erased now; its number is typed in again, for there is no way back."""

    reason = Told(label=_("期間より早く消去する理由"))
    confirmation = forms.CharField(
        label=_("確認のため、映像ファイル番号をもう一度入力してください"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, number: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.number = number

    def clean_confirmation(self) -> str:
        """The number, as it stands on this page."""
        said = str(self.cleaned_data["confirmation"]).strip()
        if said != self.number:
            raise forms.ValidationError(_("番号が違います。消去していません。"))
        return said
