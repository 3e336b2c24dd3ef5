"""The five questions of a household: who, where, which cameras, how long, whom to ask."""

from __future__ import annotations

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hokanko.editions.household import OPERATOR, VENUE, Answers, Eye
from hokanko.rules.book import load
from hokanko.rules.scope import offers

MOST = 4  # cameras named here; others are registered later, one by one
KEPT, LONGEST = "retention.days", 365
WAYS = (
    (0, _("北")),
    (45, _("北東")),
    (90, _("東")),
    (135, _("南東")),
    (180, _("南")),
    (225, _("南西")),
    (270, _("西")),
    (315, _("北西")),
)
SPOKEN = {"この家の設置者": _("この家の設置者")}  # whom a guideline names, as the page speaks
NO_WAY = ("", _("（選んでください）"))


class HouseholdForm(forms.Form):
    """設置者、住まい、置き場所と日数、表示板の問い合わせ先; the cameras have a form each."""

    name = forms.CharField(
        label=_("設置者の氏名、または世帯の名称"),
        max_length=60,
        help_text=_("例：井上 薫、井上家。ガイドラインと表示板に載ります。"),
    )
    address = forms.CharField(
        label=_("住所"), max_length=120, help_text=_("カメラを付ける家の住所です。")
    )
    rulebook = forms.ChoiceField(
        label=_("守るガイドライン"), help_text=_("ほかの市にお住まいでも、これで始められます。")
    )
    storage = forms.CharField(
        label=_("映像を残す機械の置き場所"),
        max_length=80,
        help_text=_("例：書斎の鍵のかかる棚。"),
    )
    days = forms.IntegerField(
        label=_("残す日数"),
        min_value=1,
        max_value=LONGEST,
        help_text=_(
            "14日は、市が街頭の防犯カメラに定めている日数です（参考。義務ではありません）。"
            "過ぎた映像は自動で消えます。"
        ),
    )
    reason = forms.CharField(
        label=_("14日を超えるときだけ：その理由"), max_length=200, required=False
    )
    contact = forms.CharField(
        label=_("問い合わせ先"),
        max_length=80,
        help_text=_("通る人が読みます。電話番号を載せたくなければ、このままでかまいません。"),
    )

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]  # Django's own signature
        english = get_language() == "en"
        found = [offer.book for offer in offers(OPERATOR, VENUE) if offer.applies]
        named = [(book.code, book.title_en if english else book.title_ja) for book in found]
        self.fields["rulebook"].choices = named  # type: ignore[attr-defined]
        self.fields["days"].initial = found[0].parameter(KEPT).value
        self._asked = str(found[0].parameter("org.contact").value)
        self._offered = str(SPOKEN.get(self._asked, self._asked))
        self.fields["contact"].initial = self._offered

    def clean_contact(self) -> str:
        """Left as it was filled in, it is the guideline's own, whatever language it was read in."""
        told = str(self.cleaned_data["contact"])
        return self._asked if told == self._offered else told

    def clean(self) -> dict[str, object]:
        """More than the guideline's own example asks for a reason, told at once (home-2.5-a)."""
        told = super().clean() or {}
        book = told.get("rulebook")
        most = load(book).parameter(KEPT).reason_above if book else None
        if most is not None and (told.get("days") or 0) > most and not told.get("reason"):
            self.add_error("reason", _("14日を超えて残す理由を書いてください。"))
        return told


class EyeForm(forms.Form):
    """One camera: where it is mounted, what it sees, which way it looks."""

    place = forms.CharField(label=_("取り付ける位置"), max_length=80, help_text=_("例：玄関の軒下"))
    sees = forms.CharField(label=_("写るもの"), max_length=80, help_text=_("例：玄関から門まで"))
    facing_deg = forms.TypedChoiceField(
        label=_("向き"), choices=(NO_WAY, *WAYS), coerce=int, empty_value=None
    )


EyeForms = forms.formset_factory(
    EyeForm, extra=MOST, min_num=1, max_num=MOST, validate_min=True, absolute_max=MOST
)


def answers(form: HouseholdForm, eyes: forms.BaseFormSet[EyeForm]) -> Answers:
    """What was answered, once both are valid."""
    told = form.cleaned_data
    seen = tuple(Eye(**each.cleaned_data) for each in eyes if each.has_changed())
    return Answers(eyes=seen, **told)
