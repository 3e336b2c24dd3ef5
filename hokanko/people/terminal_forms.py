"""The paper forms of a management PC: prepared, and taken to another place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko.people.models import Terminal
from hokanko.rules.decide import parameter

ELSEWHERE = "elsewhere"  # instead of a place of the rules


class TerminalForm(forms.Form):
    """管理用パソコンの登録の用意。

    Where the rules let a place be recorded that is not theirs, `elsewhere` names it: where a
    device truly stands is known then, and the board says that it stands wrong.
    """

    name = forms.CharField(label=_("端末の名前"), max_length=60)
    place = forms.ChoiceField(label=_("設置場所"))
    elsewhere = forms.CharField(
        label=_("規程に定めのない場所のとき、その場所"),
        required=False,
        max_length=60,
        help_text=_("実際に置く場所を書きます。規程と合わないことが、遵守状況に出ます。"),
    )
    wire_checked_on = forms.DateField(
        label=_("セキュリティワイヤーを確かめた日"),
        required=False,  # the rulebook refuses an empty one, and cites its article
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    photo = forms.FileField(
        label=_("セキュリティワイヤーの写真（JPEG・PNG）"),
        required=False,
        help_text=_("固定したところが分かる写真。暗号にして保存します。"),
    )
    charger = forms.CharField(
        label=_("同じ場所に置くマルチチャージャーの番号"), required=False, max_length=60
    )

    def __init__(self, org: str, *args: object, elsewhere: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._offer(list(parameter(org, "storage.places")), elsewhere=elsewhere)

    def clean(self) -> dict[str, Any]:
        """`place` is where it stands, whichever field said so. Errors where neither did."""
        said: dict[str, Any] = dict(super().clean() or {})
        other = said.pop("elsewhere", "").strip()
        if said.get("place") == ELSEWHERE and not other:
            self.add_error("elsewhere", _("実際に置く場所を書いてください。"))
        elif said.get("place") == ELSEWHERE:
            said["place"] = other
        return said

    def _offer(self, places: list[str], *, elsewhere: bool) -> None:
        listed = [(place, place) for place in places]
        if elsewhere:
            listed.append((ELSEWHERE, str(_("規程に定めのない場所"))))
        else:
            del self.fields["elsewhere"]
        self.fields["place"].choices = listed  # type: ignore[attr-defined]


class MoveForm(TerminalForm):
    """管理用パソコンを別の場所へ移す。"""

    name = None  # type: ignore[assignment]  # it keeps the name it has

    def __init__(
        self, at: Terminal, *args: object, elsewhere: bool = False, **kwargs: object
    ) -> None:
        super().__init__(at.org_id, *args, elsewhere=True, **kwargs)
        places = [place for place in parameter(at.org_id, "storage.places") if place != at.place]
        self.fields["place"].label = _("移す先の設置場所")
        self._offer(places, elsewhere=elsewhere)
