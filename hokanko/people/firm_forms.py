"""Paper forms of contractors on screen: the firm, its papers, its people, work asked of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko.people.forms import day_field
from hokanko.people.models import Contractor, Person
from hokanko.people.queries import called

KINDS = {
    "contract": _("契約書（規程の遵守を条件としたもの）"),
    "handout": _("署名されたガイドラインの控え"),
    "secrecy": _("秘密保持契約書"),
}


class FirmForm(forms.Form):
    """委託先の登録。"""

    name = forms.CharField(label=_("委託先の名称"), max_length=80)
    work = forms.CharField(label=_("委託する仕事"), max_length=120)
    since = day_field(_("委託の始まり"), required=True)
    until = day_field(_("委託の終わり"), help_text=_("決まっているときだけ"))


class PaperForm(forms.Form):
    """委託先の書類。"""

    kind = forms.ChoiceField(label=_("書類"), choices=list(KINDS.items()))
    signed_on = day_field(_("署名の日"), required=True)
    valid_until = day_field(_("有効期限"))
    complies = forms.BooleanField(
        label=_("管理・運用規程の遵守が条件として書かれていることを確かめた"), required=False
    )
    scan = forms.FileField(
        label=_("書類の写し（PDFか写真）"),
        required=False,
        help_text=_("写しのない書類は、綴じても効きません。"),
    )


class OrderForm(forms.Form):
    """作業の依頼。"""

    what = forms.CharField(label=_("頼む作業"), max_length=120)


class EngageForm(forms.Form):
    """委託先の者の登録。"""

    person = forms.ChoiceField(label=_("委託先から来る人"))

    def __init__(self, firm: Contractor, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        people = Person.objects.filter(org=firm.org_id, retired_at=None, contractor=None)
        people = people.order_by("registered_at", "login")
        named = [(str(one.pk), called(one, people)) for one in people]
        self.fields["person"].choices = [("", _("（選んでください）")), *named]  # type: ignore[attr-defined]
