"""Forms of the viewing room: asking, deciding, coming in as the attendant."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.footage.consent_forms import ConsentsField
from hokanko.footage.turn_forms import MOST
from hokanko.people.forms import BesideCode
from hokanko.people.models import Person
from hokanko.viewing.actions import APPROVED_FOR
from hokanko.viewing.models import Viewing
from hokanko.viewing.steps import approving_posts, candidates, has_attendants
from hokanko.viewing.weighing import purposes


class AskForm(forms.Form):
    """The purposes stand in the page as the rulebook words them; the law weighs what was ticked."""

    note = forms.CharField(
        label=_("記載事項"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, org: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django passes them
        if any(purpose.needs_consent for purpose in purposes(org)):
            self.fields["consents"] = ConsentsField(org)


class StaffChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in its stub only
    """Persons by name and section."""

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name}（{obj.section}）" if obj.section else obj.name


class DecideForm(forms.Form):
    """Until when the viewing is approved, and who attends."""

    designated = StaffChoice(
        label=_("立ち会う職員の指定"),
        queryset=Person.objects.none(),
        required=False,
        empty_label="—",
    )
    not_after = forms.DateTimeField(
        label=_("閲覧を認める期限"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, viewing: Viewing, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django passes them
        if has_attendants(viewing.org_id):
            here = self.fields["designated"]
            here.queryset = candidates(viewing)  # type: ignore[attr-defined]
            posts = "・".join(approving_posts(viewing.org_id))
            label = gettext("指定しない（%(posts)sが立ち会う）") % {"posts": posts}
            here.empty_label = label  # type: ignore[attr-defined]
        else:
            del self.fields["designated"]
        self.fields["not_after"].initial = clock.now() + APPROVED_FOR

    def clean_not_after(self) -> datetime:
        """A moment to come: what has ended already allows nothing."""
        until: datetime = self.cleaned_data["not_after"]
        if until <= clock.now():
            raise ValidationError(_("期限がもう過ぎています。これから先の日時にしてください。"))
        return until


class DeclineForm(forms.Form):
    """Why a viewing is not approved."""

    reason = forms.CharField(
        label=_("認めない理由"),
        max_length=MOST,
        widget=forms.Textarea({"rows": 3, "maxlength": MOST}),
        help_text=_("申し出た人も読みます。台帳には封をして残します。"),
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data, auto_id="decline_%s")  # type: ignore[arg-type]  # as Django passes it


class AttendForm(forms.Form):
    """The attendant's own credentials, in the room where the viewer sits; no session is made."""

    login = forms.CharField(
        label=_("立会人のログイン名"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("立会人のパスワード"), widget=forms.PasswordInput({"autocomplete": "off"})
    )
    code = BesideCode()


class ProofForm(forms.Form):
    """The attendant's password on his own phone: a phone that lies open is not its owner."""

    password = forms.CharField(
        label=_("あなたのパスワード"), widget=forms.PasswordInput({"autocomplete": "off"})
    )
    code = BesideCode()
