"""Paper forms of cameras on screen: registering one, checking one out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

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

    mount = forms.ChoiceField(label=_("取付けの場所"), choices=MOUNTS, required=False)
    display_only = forms.BooleanField(label=_("表示だけで録画しない"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.fields["kind"].initial = "fixed"


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
