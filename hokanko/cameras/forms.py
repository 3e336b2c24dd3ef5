"""Paper forms of cameras on screen: registering one, checking one out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.models import Camera
from hokanko.cameras.picking import mount_photo, offer, place_type
from hokanko.cameras.queries import offered, place_types
from hokanko.people.models import Person

MOUNTS = (
    ("", _("（選んでください）")),
    ("own", _("自分の敷地内の屋外")),
    ("indoors", _("自分の敷地内の屋内")),
    ("elsewhere", _("自分の敷地の外")),
)
KINDS = (("wearable", _("ウェアラブルカメラ")), ("fixed", _("固定カメラ")))


class CameraForm(forms.Form):
    """カメラの登録。"""

    number = forms.CharField(
        label=_("カメラ番号"), max_length=20, help_text=_("所属の中での番号。例：12")
    )
    serial = forms.CharField(label=_("製造番号"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("種類"), choices=KINDS)


class FixedCameraForm(CameraForm):
    """カメラの登録 where cameras are installed: what decides whether it may be at all."""

    place_type = place_type()
    mount = forms.ChoiceField(label=_("取付けの場所"), choices=MOUNTS, required=False)
    photo = mount_photo()
    display_only = forms.BooleanField(label=_("表示だけで録画しない"), required=False)

    def __init__(self, org: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.fields["kind"].initial = "fixed"
        offer(self.fields["place_type"], place_types(org))


class PurposeForm(forms.Form):
    """カメラの設置目的: offered as the rules have it, confirmed by sending it."""

    purpose = forms.CharField(
        label=_("設置目的"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
    commercial = forms.BooleanField(
        label=_("商業の目的でも撮影する"),
        required=False,
        help_text=_("これから撮影する映像だけに及びます。いまある映像は、防犯のためのままです。"),
    )

    def __init__(self, camera: Camera, *args: object, commerce: bool, **kwargs: object) -> None:
        known = {
            "purpose": camera.purpose or offered(camera.org_id),
            "commercial": camera.commercial_since is not None,
        }
        super().__init__(*args, initial=known, **kwargs)  # type: ignore[arg-type, misc]
        if not commerce:
            del self.fields["commercial"]


class IssueForm(forms.Form):
    """持ち出し: who takes the camera out. Whether he is trained, the rulebook asks."""

    holder = forms.ModelChoiceField(label=_("持ち出す人"), queryset=Person.objects.none())

    def __init__(self, org: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        wearers = Person.objects.filter(org=org, retired_at=None).order_by("name")
        holder = self.fields["holder"]
        holder.queryset = wearers  # type: ignore[attr-defined]
        holder.label_from_instance = _named  # type: ignore[attr-defined]


def _named(person: Person) -> str:
    return f"{person.name}（{person.section}）" if person.section else person.name
