"""Paper forms of the check-out desk: coming back, lost, found, the count."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.checkout import DAMAGED, GOOD

NORMAL, AMISS = "normal", "amiss"


class ReturnForm(forms.Form):
    """返却：by hand, when the charger did not record it by itself."""

    condition = forms.ChoiceField(
        label=_("カメラの状態"),
        choices=((GOOD, _("異常なし")), (DAMAGED, _("破損・不具合あり"))),
        widget=forms.RadioSelect,
        initial=GOOD,
    )
    remark = forms.CharField(
        label=_("備考"),
        max_length=200,
        required=False,
        help_text=_("遅れた理由、破損の場所など。短く。"),
    )


class RemarkForm(forms.Form):
    """発見：where it was found."""

    remark = forms.CharField(label=_("見つかった場所"), max_length=200)


class LossForm(forms.Form):
    """紛失の届け：it opens an incident, and is sealed with it."""

    story = forms.CharField(
        label=_("いつ、どこで、どのように気づいたか"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CountForm(forms.Form):
    """員数確認：as normal, or with what is being done."""

    outcome = forms.ChoiceField(
        label=_("結果"),
        choices=((NORMAL, _("異常なし")), (AMISS, _("異常あり"))),
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("異常の内容と、とった措置"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("「異常あり」のときに書いてください。"),
    )
