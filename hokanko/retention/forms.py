"""The form on which a unit asks for an exceptional erasure (第7の2(6)ただし書)."""

from __future__ import annotations

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEPARTED, SPECIAL = "departed", "special"


def _text(label: Promise, help_text: Promise) -> forms.CharField:
    """A text that the rulebook, not the form, insists on: the refusal then cites the article."""
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=2000, widget=box
    )


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
    departed = _text(
        _("第6の1及び2によらない撮影の内容"),
        _("どの部分が、どう外れていたか。一つ目の理由では必ず記載します。"),
    )
    asked_by_subject = _text(
        _("被撮影者からの要請"),
        _("だれが、いつ、本人であることをどう確かめたか。一つ目の理由では必ず記載します。"),
    )
    circumstances = _text(_("特別な事情"), _("二つ目の理由では必ず記載します。"))
