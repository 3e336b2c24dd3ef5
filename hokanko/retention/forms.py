"""Forms of retention: to extend it, to erase by hand, to ask for an exceptional erasure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DEPARTED, SPECIAL = "departed", "special"


class Told(forms.CharField):
    """A text that the rulebook, not the form, insists on: the refusal then cites the article."""

    def __init__(self, **more: Any) -> None:
        box = forms.Textarea(attrs={"rows": 3})
        super().__init__(required=False, max_length=2000, widget=box, **more)


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
    departed = Told(
        label=_("第6の1及び2によらない撮影の内容"),
        help_text=_("どの部分が、どう外れていたか。一つ目の理由では必ず記載します。"),
    )
    asked_by_subject = Told(
        label=_("被撮影者からの要請"),
        help_text=_(
            "だれが、いつ、本人であることをどう確かめたか。一つ目の理由では必ず記載します。"
        ),
    )
    circumstances = Told(label=_("特別な事情"), help_text=_("二つ目の理由では必ず記載します。"))


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
