"""The forms of cases: receiving, acting, linking to footage, closing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.casebook.queries import INCIDENT
from hokanko.cases.sense import AND_THE_LIKE
from hokanko.cases.words import OUTCOMES, matters
from hokanko.footage.forms import named
from hokanko.footage.models import Footage
from hokanko.formats.era import day_and_time
from hokanko.rules.actor import Actor

LOOKED, REPORTED, ANSWERED, CONFIRMED = "looked", "reported", "answered", "confirmed"
LONG = 4000  # characters


def box(rows: int = 4) -> forms.Textarea:
    """A box for a few lines."""
    return forms.Textarea(attrs={"rows": rows})


def tokyo_minute(typed: datetime) -> datetime:
    """A moment typed in Tokyo's time; the minute that is running means now."""
    at, now = typed.replace(tzinfo=clock.TOKYO), clock.now()
    return now if at.replace(second=0) == now.replace(second=0, microsecond=0) else at


class OpenForm(forms.Form):
    """What was asked or complained of, by whom, and about which footage if that is known."""

    asks = forms.ChoiceField(label=_("内容の区分"), widget=forms.RadioSelect)
    received_on = forms.DateField(
        label=_("受け付けた日"), widget=forms.DateInput(attrs={"type": "date"})
    )
    other = forms.CharField(
        label=_("「等」の内容"),
        max_length=80,
        required=False,
        help_text=_("種別に「等」を選んだときに、どのような事案かを書きます。"),
    )
    recognised_at = forms.DateTimeField(
        label=_("認知した日時"),
        help_text=_("即報までの時間は、ここから数えます。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    name = forms.CharField(
        label=_("相手の氏名"),
        max_length=80,
        required=False,
        help_text=_("名乗らないときは空けておきます。封印して保管します。"),
    )
    reach = forms.CharField(
        label=_("連絡先"), max_length=200, required=False, help_text=_("電話番号や住所など。")
    )
    story = forms.CharField(label=_("申出の内容"), widget=box(6), max_length=LONG)
    explained = forms.CharField(
        label=_("その場で説明した内容"), widget=box(3), required=False, max_length=LONG
    )
    number = forms.CharField(
        label=_("映像ファイル番号"),
        max_length=40,
        required=False,
        help_text=_("分からないときは、下のカメラ番号と日時から探します。"),
    )
    camera = forms.CharField(label=_("カメラ番号"), max_length=20, required=False)
    filmed_at = forms.DateTimeField(
        label=_("写っていた日時"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    def __init__(self, by: Actor, org: str, kind: str, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.by = by
        choices = list(matters(org, kind).items())
        self.fields["asks"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["received_on"].initial = clock.today
        if kind != "objection":
            del self.fields["explained"]
        else:
            self.fields["explained"].required = True

        if kind == INCIDENT:
            self._as_incident(org)
        else:
            del self.fields["recognised_at"], self.fields["other"]

    def _as_incident(self, org: str) -> None:
        """What happened has no sender: it was recognised at a moment."""
        for name in ("received_on", "name", "reach"):
            del self.fields[name]
        self.fields["asks"].label = _("事案の種別")
        self.fields["story"].label = _("事案の内容")
        now = clock.now().astimezone(clock.TOKYO)
        self.fields["recognised_at"].initial = now.strftime("%Y-%m-%dT%H:%M")
        if AND_THE_LIKE not in matters(org, INCIDENT).values():
            del self.fields["other"]

    def clean_recognised_at(self) -> datetime | None:
        """What was typed is Tokyo's time; the minute that runs now is now."""
        typed = self.cleaned_data["recognised_at"]
        return typed and tokyo_minute(typed)

    def clean_number(self) -> Footage | None:
        """The piece itself, where a number was given."""
        typed = self.cleaned_data["number"]
        return named(typed, self.by) if typed else None

    def filmed(self) -> tuple[str, datetime] | None:
        """The camera and the moment, where both were given."""
        at = self.cleaned_data["filmed_at"]
        camera = self.cleaned_data["camera"]
        return (camera, at.replace(tzinfo=clock.TOKYO)) if camera and at else None

    def whole_story(self) -> str:
        """What was asked, and where and when it is said to have been filmed, linked or not."""
        camera, at = self.cleaned_data["camera"], self.cleaned_data["filmed_at"]
        lines = [self.cleaned_data["story"]]
        lines += [gettext("カメラ番号：%(camera)s") % {"camera": camera}] if camera else []
        if at:
            moment = day_and_time(at.replace(tzinfo=clock.TOKYO))
            lines.append(gettext("写っていた日時：%(moment)s") % {"moment": moment})
        return "\n".join(lines)


class ActForm(forms.Form):
    """One act: looked into, reported, answered, or a refusal confirmed."""

    step = forms.ChoiceField(label=_("したこと"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("内容"), widget=box(), max_length=LONG)

    def __init__(self, kind: str, *given: Any, chained: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        steps = [(LOOKED, _("事実を調べた"))]
        if kind == "incident":
            if not chained:
                steps.append((REPORTED, _("報告した（報告先を書く）")))
        else:
            steps.append((ANSWERED, _("相手に回答した")))
        if kind == "subject":
            steps.append((CONFIRMED, _("請求に応じないことを、別の管理者として確かめた")))
        self.fields["step"].choices = steps  # type: ignore[attr-defined]  # a ChoiceField


class LinkForm(forms.Form):
    """Which footage a case is about."""

    number = forms.CharField(label=_("映像ファイル番号"), max_length=40)

    def __init__(self, by: Actor, *given: Any) -> None:
        super().__init__(*given)
        self.by = by

    def clean_number(self) -> Footage:
        """The piece itself."""
        return named(self.cleaned_data["number"], self.by)


class CloseForm(forms.Form):
    """How the case ended. What a document insists on, the law asks for: it cites its article."""

    outcome = forms.ChoiceField(label=_("結果"), widget=forms.RadioSelect)
    identity = forms.CharField(
        label=_("本人であることの確認"),
        max_length=120,
        required=False,
        help_text=_("確かめた書類の種類と確かめた人。書類の番号は書きません。"),
    )
    measures = forms.CharField(
        label=_("講じた措置"),
        widget=box(3),
        required=False,
        help_text=_("向きを変えた、表示を直した、など。"),
        max_length=LONG,
    )
    reason = forms.CharField(
        label=_("理由"),
        widget=box(3),
        required=False,
        help_text=_("応じないとき、又は措置は要らないとしたときに書きます。"),
        max_length=LONG,
    )

    def __init__(self, kind: str, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        choices = list(OUTCOMES[kind].items())
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if kind != "subject":
            del self.fields["identity"]
