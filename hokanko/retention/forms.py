"""The form on which a unit asks for an exceptional erasure (第7の2(6)ただし書)."""

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
