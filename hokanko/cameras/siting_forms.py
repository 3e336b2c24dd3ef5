"""Paper forms of a fixed camera on screen: where it stands, what it films, its removal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.cameras.forms import MOUNTS
from hokanko.cameras.frames import WIDEST, Area, Outside
from hokanko.cameras.models import Camera, Site
from hokanko.cameras.picking import (
    PictureField,
    camera_password,
    day,
    mount_photo,
    offer,
    place_type,
)
from hokanko.cameras.pressing import EDGES
from hokanko.cameras.queries import place_types
from hokanko.cameras.signs import sites
from hokanko.cameras.site_forms import SpotForm
from hokanko.cameras.sites import PHOTO_WIDEST, Spot
from hokanko.cameras.standing import Siting
from hokanko.errors import Conflict
from hokanko.rules.decide import parameter
from hokanko.rules.spoken import spoken

CONNECTIONS = (
    ("", _("（選んでください）")),
    ("wired", _("専用の線だけ（ほかの回線につながない）")),
    ("wireless", _("無線")),
    ("internet", _("インターネットにつながる回線")),
)
WAYS = (
    ("mask", _("隠した（カメラのマスクなど）")),
    ("reason", _("写る必要がある（理由を書く）")),
)


class SitingForm(SpotForm):
    """カメラの設置場所、向き、回線。"""

    site = forms.ModelChoiceField(
        label=_("設置場所の名称"), queryset=Site.objects.none(), required=False
    )
    place = forms.CharField(
        label=_("取り付けた位置"),
        max_length=80,
        required=False,
        help_text=_("例：北の電柱、玄関の軒下"),
    )
    place_type = place_type()
    siting_reason = forms.CharField(
        label=_("この場所に設置する理由"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    facing_deg = forms.IntegerField(
        label=_("撮影方向（度）"),
        min_value=0,
        max_value=359,
        required=False,
        help_text=_("配置図の上が0、右が90、下が180、左が270。"),
    )
    view_deg = forms.IntegerField(
        label=_("画角（度）"),
        min_value=1,
        max_value=360,
        required=False,
        help_text=_("横に見える広さ。配置図に扇形で示します。"),
    )
    lens = forms.CharField(label=_("レンズ・プリセット"), max_length=60, required=False)
    mount = forms.ChoiceField(label=_("取付けの場所"), choices=MOUNTS, required=False)
    photo = mount_photo()
    display_only = forms.BooleanField(label=_("表示だけで録画しない"), required=False)
    closed_place = forms.BooleanField(
        label=_("不特定多数の者が出入りする場所ではない"), required=False
    )
    scope_note = forms.CharField(
        label=_("それでもこの規程の対象とする理由"), max_length=400, required=False
    )
    connection = forms.ChoiceField(label=_("映像を送る回線"), choices=CONNECTIONS, required=False)
    net_measures = forms.CharField(
        label=_("回線からの漏えい防止措置"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例：TLS、VPN、WPA3"),
    )
    password = camera_password(_("弱くないかを見るだけで、保存しません。"))
    address = forms.CharField(
        label=_("カメラのアドレス"),
        max_length=200,
        required=False,
        help_text=_("rtsp:// で始まるアドレス。認証なしで映像が見えないかを、その場で試します。"),
    )
    explained_on = day(_("販売・設置業者の説明を受けた日"), required=False)
    explained_by = forms.CharField(
        label=_("説明した者（業者名と氏名）"), max_length=80, required=False
    )

    def __init__(self, camera: Camera, *args: object, **kwargs: object) -> None:
        known = Siting.of(camera)
        initial = {name: getattr(known, name) for name in self.base_fields if hasattr(known, name)}
        initial["left"] = _in_percent(known.map_x)
        initial["top"] = _in_percent(known.map_y)
        super().__init__(*args, initial=initial, **kwargs)  # type: ignore[arg-type, misc]
        self.reach = known.reach  # drawn on the sheet, and nowhere else
        site = self.fields["site"]
        site.queryset = sites(camera.org_id)  # type: ignore[attr-defined]
        site.label_from_instance = _called  # type: ignore[attr-defined]
        offer(self.fields["place_type"], place_types(camera.org_id))
        if not asks_for_public(camera.org_id):
            del self.fields["closed_place"], self.fields["scope_note"]

    field_order = (
        "site",
        "place",
        "place_type",
        "siting_reason",
        "facing_deg",
        "view_deg",
        "lens",
        "left",
        "top",
        "mount",
        "photo",
    )

    def siting(self, spot: Spot | None, *, streams_openly: bool) -> Siting:
        """What was filled in."""
        said = self.cleaned_data
        told = {name: said[name] for name in Siting.__dataclass_fields__ if name in said}
        told["map_x"], told["map_y"] = (spot.x, spot.y) if spot else (None, None)
        told |= {"sheet": spot.sheet if spot else None, "reach": self.reach}
        return Siting(**told, streams_openly=streams_openly)


def asks_for_public(org: str) -> bool:
    """Whether the rules are for cameras in places open to the public (pref-scope-camera)."""
    return bool(parameter(org, "scope.place") == "public")


class FrameForm(forms.Form):
    """撮影範囲の確認画像。"""

    picture = PictureField(
        label=_("いまの向きで写した画像（PNG か JPEG）"), widest=WIDEST, help_text=_("10 MB まで。")
    )
    left = forms.IntegerField(label=_("撮影範囲の左端（％）"), initial=0)
    top = forms.IntegerField(label=_("撮影範囲の上端（％）"), initial=0)
    right = forms.IntegerField(label=_("撮影範囲の右端（％）"), initial=100)
    bottom = forms.IntegerField(label=_("撮影範囲の下端（％）"), initial=100)

    def clean(self) -> dict[str, Any]:
        """The four edges as `area`."""
        said = super().clean() or self.cleaned_data
        inner = {edge: said.get(edge) for edge in EDGES}
        said["area"] = _area(inner) if None not in inner.values() else None
        return said


class AreaForm(forms.Form):
    """画像の中の四角い所。"""

    left = forms.FloatField(label=_("左端（％）"), min_value=0, max_value=100)
    top = forms.FloatField(label=_("上端（％）"), min_value=0, max_value=100)
    right = forms.FloatField(label=_("右端（％）"), min_value=0, max_value=100)
    bottom = forms.FloatField(label=_("下端（％）"), min_value=0, max_value=100)

    def clean(self) -> dict[str, Any]:
        """The edges as `area`; they go outwards to whole percents."""
        said = super().clean() or self.cleaned_data
        if not self.errors:
            edges = {"left": math.floor(said["left"]), "top": math.floor(said["top"])}
            edges |= {"right": math.ceil(said["right"]), "bottom": math.ceil(said["bottom"])}
            said["area"] = _area(edges)
        return said


class OutsideForm(AreaForm):
    """敷地外の写り込みと、その手当。"""

    way = forms.ChoiceField(label=_("手当"), choices=WAYS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("何が写り、どう隠すか、なぜ写る必要があるか"),
        max_length=200,
        help_text=_("例：隣の家の窓。カメラのプライバシーマスクで隠した"),
    )

    def outside(self) -> Outside:
        """What was filled in."""
        said = self.cleaned_data
        return Outside(said["area"], said["way"], said["words"])


class RemovalForm(forms.Form):
    """カメラの撤去。"""

    on = day(_("撤去した日"), initial=clock.today)
    remover = forms.CharField(label=_("撤去した者"), max_length=80)
    photo = PictureField(
        label=_("撤去した後の写真"), widest=PHOTO_WIDEST, help_text=_("10 MB まで。")
    )


def _area(edges: Mapping[str, int | None]) -> Area:
    try:
        return Area(**{edge: -1 if at is None else at for edge, at in edges.items()})
    except Conflict as error:
        raise ValidationError(spoken(error)) from error


def _in_percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)


def _called(site: Site) -> str:
    return site.name
