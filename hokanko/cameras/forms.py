"""Paper forms of cameras on screen: registering one, checking one out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.cameras.checkout import Worn
from hokanko.cameras.models import Camera
from hokanko.cameras.out import ends, grace, positions
from hokanko.cameras.picking import mount_photo, offer, place_type
from hokanko.cameras.queries import offered, place_types
from hokanko.formats.era import clock_time, day_and_time
from hokanko.people.models import Person

MOUNTS = (
    ("", _("（選んでください）")),
    ("own", _("自分の敷地内の屋外")),
    ("indoors", _("自分の敷地内の屋内")),
    ("elsewhere", _("自分の敷地の外")),
)
SEEN_TO = (
    ("cord", _("脱落防止ひもを、容易に外れない部位に結束した")),
    ("lamp", _("撮影中の表示と赤色ランプが隠れていない")),
    ("continuous", _("充電器につなぐときのほかは、活動中は常時装着することを承知している")),
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
    """持ち出し: who takes the camera out, worn where, until when, and what was seen to.

    What is left out is refused by the rulebook with its article, not by this form.
    """

    holder = forms.ModelChoiceField(label=_("持ち出す人"), queryset=Person.objects.none())
    position = forms.ChoiceField(
        label=_("装着の位置"),
        widget=forms.RadioSelect,
        required=False,
        help_text=_("前から容易に認識できる位置に装着します。"),
    )
    ticks = forms.MultipleChoiceField(
        label=_("装着する人と確かめること"),
        choices=SEEN_TO,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = forms.ChoiceField(
        label=_("勤務交替と返却の期限"),
        required=False,
        help_text=_("返却の期限までに、充電器につないでください。"),
    )

    def __init__(self, org: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        wearers = Person.objects.filter(org=org, retired_at=None).order_by("name", "pk")
        holder = self.fields["holder"]
        holder.queryset = wearers  # type: ignore[attr-defined]
        holder.label_from_instance = _named  # type: ignore[attr-defined]
        known = positions(org)
        if not known:
            for name in ("position", "ticks", "until"):
                del self.fields[name]
            return
        self.fields["position"].choices = [(each, each) for each in known]  # type: ignore[attr-defined]
        self.fields["until"].choices = [  # type: ignore[attr-defined]
            (clock.iso(end), _told(end, grace(org))) for end in ends(org, clock.now())
        ]

    def worn(self) -> tuple[Worn, datetime | None]:
        """How it is worn, and when the shift ends, as `checkout.issue` takes them."""
        said = self.cleaned_data
        until = said.get("until")
        how = Worn(said.get("position", ""), tuple(said.get("ticks", ())))
        return how, datetime.fromisoformat(until) if until else None


def _told(end: datetime, spare: timedelta) -> str:
    """A change of shift, and until when the camera is to be back for it."""
    due = end + spare
    if get_language() == "en":
        words = f"{end:%Y-%m-%d %H:%M}", f"{due:%H:%M}"
    else:
        words = day_and_time(end), clock_time(due)
    return gettext("%(end)s（返却の期限 %(due)s）") % dict(zip(("end", "due"), words, strict=True))


def _named(person: Person) -> str:
    return f"{person.name}（{person.section}）" if person.section else person.name
