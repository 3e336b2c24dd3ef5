"""Paper forms of sites and signs on screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.cameras.drawing import PICKED, Drawing
from hokanko.cameras.models import Camera, Sign, Site
from hokanko.cameras.picking import PictureField, day, percent, told_of_picture
from hokanko.cameras.queries import fixed
from hokanko.cameras.sheets import base_map
from hokanko.cameras.sites import PHOTO_WIDEST, Spot
from hokanko.cameras.untold import Untold

WAIVED = "｜"  # between an entrance and why it needs no sign


class SiteForm(forms.Form):
    """設置場所の登録。"""

    name = forms.CharField(
        label=_("設置場所の名称"), max_length=80, help_text=_("例：駅前広場、本店、自宅")
    )
    address = forms.CharField(label=_("所在地"), max_length=120, required=False)


class AddSheetForm(forms.Form):
    """もう一枚の図面。"""

    name = forms.CharField(
        label=_("図面の名前"), max_length=40, help_text=_("例：2階、駐車場、裏庭")
    )


class SheetForm(forms.Form):
    """図面の名前と縮尺。"""

    name = forms.CharField(
        label=_("図面の名前"), max_length=40, required=False, help_text=_("例：1階、駐車場、裏庭")
    )
    metres_across = forms.FloatField(
        label=_("図の横幅（m）"),
        min_value=1,
        max_value=10_000,
        required=False,
        help_text=_(
            "図の左端から右端までの実際の長さ。入れると、カメラの見える遠さをmで決められます。"
        ),
    )


class MapForm(forms.Form):
    """配置図の下図。"""

    picture = forms.FileField(
        label=_("下図（PDF、PNG か JPEG）"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
        help_text=_("10 MB まで。PDF は画像に描き直して入れます。"),
    )
    page = forms.IntegerField(label=_("PDF の何ページ目か"), min_value=1, initial=1, required=False)

    def clean(self) -> dict[str, Any]:
        """The Picture that the file, or the chosen page of it, shows as `picture`."""
        said = super().clean() or self.cleaned_data
        sent, page = said.get("picture"), said.get("page")
        if sent and "page" not in self.errors:
            with told_of_picture():
                said["picture"] = base_map(sent.read(), page or 1)
        return said


class EntrancesForm(forms.Form):
    """出入口。"""

    entrances = forms.CharField(
        label=_("出入口（一行に一つ）"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "表示を省く出入口は、名前の後に「｜」と理由を書きます。例：裏口｜従業員だけが使う"
        ),
    )

    def cleaned_entrances(self) -> dict[str, str]:
        """Entrance → why it needs no sign, or ""."""
        lines = (line.replace("|", WAIVED) for line in self.cleaned_data["entrances"].splitlines())
        pairs = (line.partition(WAIVED) for line in lines)
        return {name.strip(): why.strip() for name, _bar, why in pairs if name.strip()}


def entrances_text(site: Site) -> str:
    """The entrances as they are typed."""
    rows = ((row["name"], row["waived"]) for row in site.entrances)
    return "\n".join(f"{name}{WAIVED}{why}" if why else name for name, why in rows)


class SpotForm(forms.Form):
    """A form with a place on the map: typed in percent, or picked on the picture itself."""

    left = percent(_("配置図の左から（％）"), required=False)
    top = percent(_("配置図の上から（％）"), required=False)

    def spot(self, drawn: Drawing | None) -> Spot | None:
        """The place picked or typed, on the sheet that was drawn.

        A picture that was "pressed" by keyboard says 0, 0: what was typed counts then.
        """
        height, sheet = (drawn.picked_height, drawn.sheet) if drawn else (PICKED, None)
        x, y = (self._picked(axis) for axis in ("x", "y"))
        if x or y:
            return Spot(min(x / PICKED, 1), min(y / height, 1), sheet)
        left, top = self.cleaned_data["left"], self.cleaned_data["top"]
        return None if left is None or top is None else Spot(left / 100, top / 100, sheet)

    def _picked(self, axis: str) -> int:
        said = str(self.data.get(f"at.{axis}", "0"))
        return int(said) if said.isdecimal() else 0


class PlannedForm(SpotForm):
    """表示板: where it is to hang, and which cameras it tells of."""

    place = forms.CharField(label=_("掲示する場所"), max_length=80)
    entrance = forms.ChoiceField(label=_("出入口"), required=False)
    cameras = forms.ModelMultipleChoiceField(
        label=_("知らせるカメラ"),
        queryset=Camera.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("place", "entrance", "cameras", "posted_on", "photo", "left", "top")

    def __init__(self, site: Site, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        _offer_entrances(self.fields["entrance"], site)
        cameras = self.fields["cameras"]
        cameras.queryset = fixed(site.org_id).filter(ended_at=None)  # type: ignore[attr-defined]
        cameras.label_from_instance = _numbered  # type: ignore[attr-defined]


class SignForm(PlannedForm):
    """表示板の掲示。"""

    posted_on = day(_("掲示した日"), initial=clock.today)
    photo = PictureField(
        label=_("掲示した表示板の写真"),
        widest=PHOTO_WIDEST,
        required=False,
        help_text=_("10 MB まで。"),
    )


class HungForm(forms.Form):
    """A planned sign that hangs now, or the photograph that was missing."""

    on = day(_("掲示した日"))
    photo = PictureField(
        label=_("掲示した表示板の写真"), widest=PHOTO_WIDEST, help_text=_("10 MB まで。")
    )

    def __init__(self, sign: Sign, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.fields["on"].initial = sign.posted_on or clock.today()


class MovedForm(SpotForm):
    """表示板の移動。"""

    place = forms.CharField(label=_("移した先"), max_length=80)
    entrance = forms.ChoiceField(label=_("出入口"), required=False)
    on = day(_("移した日"), initial=clock.today)
    photo = PictureField(
        label=_("移した先での写真"), widest=PHOTO_WIDEST, help_text=_("10 MB まで。")
    )
    field_order = ("place", "entrance", "on", "photo", "left", "top")

    def __init__(self, sign: Sign, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        _offer_entrances(self.fields["entrance"], sign.site)


class SignRemovalForm(forms.Form):
    """表示板の撤去。"""

    on = day(_("撤去した日"), initial=clock.today)
    photo = PictureField(
        label=_("撤去した後の写真"), widest=PHOTO_WIDEST, help_text=_("10 MB まで。")
    )
    confirmed = forms.BooleanField(
        label=_("表示板のないままカメラが動くことを承知のうえで外した"),
        required=False,  # the verb refuses, naming cameras and article
        widget=forms.CheckboxInput(attrs={"required": True}),
    )

    def __init__(self, untold: Untold | None, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        if untold is None:
            del self.fields["confirmed"]


class ClosingForm(forms.Form):
    """設置場所の廃止。"""

    on = day(_("廃止した日"), initial=clock.today)
    photo = PictureField(
        label=_("カメラと表示板を撤去した後の写真"),
        widest=PHOTO_WIDEST,
        help_text=_("10 MB まで。"),
    )


def _offer_entrances(field: forms.Field, site: Site) -> None:
    names = [(row["name"], row["name"]) for row in site.entrances]
    field.choices = [("", _("（出入口ではない）")), *names]  # type: ignore[attr-defined]


def _numbered(camera: Camera) -> str:
    return f"{camera.number}　{camera.place}".strip()
