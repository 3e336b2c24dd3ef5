"""The 映像ファイル提供依頼書 on the screen; its decision and its handing over.

What the form demands, the rulebook demands: a field left empty reaches the verb, which refuses it
with its article. Only what cannot be read at all is stopped here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.footage.models import Footage, Scene
from hokanko.footage.scenes import place, span, wanted
from hokanko.people.attach import scan_of
from hokanko.people.forms import BesideCode
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import called, holders
from hokanko.people.second import factor_of
from hokanko.provision.form import Form
from hokanko.provision.models import CALL, PAPER, Provision
from hokanko.rules.decide import adopted_book
from hokanko.rules.listing import listing
from hokanko.rules.wording import TELEPHONE, wording

MOST = 2000  # characters of a text field
WEARER = "カメラ装着警察官"
REIWA_BEGAN = 2018  # 令和1年 is 2019
ARRIVALS = ((PAPER, _("紙の依頼書")), (CALL, _("電話")))
HALVES = (("午前", _("午前")), ("午後", _("午後")))


def _words(ja: str, en: str) -> str:
    return en if get_language() == "en" else ja


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": MOST})


def title_field() -> forms.CharField:
    """What paper a request rests on."""
    return forms.CharField(
        label=_("根拠となる文書"),
        required=False,
        max_length=120,
        help_text=_("例：捜査関係事項照会書、同意書。文書がなければ空けておきます。"),
    )


def paper_field() -> forms.FileField:
    """Its scan."""
    return forms.FileField(
        label=_("文書の写し（PDFか写真）"),
        required=False,
        help_text=_("暗号にして保存し、ハッシュ値を台帳に記します。"),
    )


class LaterPaperForm(forms.Form):
    """The paper of an urgent provision, once it has come."""

    title = forms.CharField(
        label=_("書面の名前"), max_length=120, help_text=_("例：救助の依頼書、聞き取りの記録")
    )
    scan = forms.FileField(label=_("文書の写し（PDFか写真）"))


class ScenesField(forms.MultipleChoiceField):
    """The moments marked in a viewing; those left ticked become the stills of the request."""

    def __init__(self, scenes: Sequence[Scene]) -> None:
        super().__init__(
            label=_("静止画にする場面"),
            required=False,
            choices=[(str(s.pk), f"{s.footage.number}　{place(s.at_ms)}") for s in scenes],
            initial=[str(scene.pk) for scene in scenes],
            widget=forms.CheckboxSelectMultiple(),
        )
        self.scenes = scenes

    def files(self, ticked: Sequence[str]) -> list[tuple[Footage, list[int]]]:
        """Footage and positions, as the verb takes them."""
        return wanted(scene for scene in self.scenes if str(scene.pk) in ticked)


def chosen_scenes(form: forms.Form) -> list[tuple[Footage, list[int]]]:
    """The scenes left ticked in a form that may have such a field."""
    field = form.fields.get("scenes")
    return field.files(form.cleaned_data["scenes"]) if isinstance(field, ScenesField) else []


class AskForm(forms.Form):
    """The seed's 別記様式, in its order of fields and in its words."""

    outline = forms.CharField(
        label=_("事案概要"), required=False, max_length=MOST, widget=_lines(4)
    )
    wearer = forms.ChoiceField(label=_("カメラ装着警察官"), required=False)
    wants = forms.MultipleChoiceField(
        label=_("依頼内容"), required=False, widget=forms.CheckboxSelectMultiple
    )
    purposes = forms.MultipleChoiceField(
        label=_("利用目的"), required=False, widget=forms.CheckboxSelectMultiple
    )
    purpose_note = forms.CharField(label=_("確保の内容"), required=False, max_length=200)
    telephone = forms.CharField(required=False, max_length=20)
    remarks = forms.CharField(
        label=_("参考事項"), required=False, max_length=MOST, widget=_lines(2)
    )
    paper_title = title_field()
    paper = paper_field()

    def __init__(
        self,
        *args: Any,
        org: Organisation,
        requester: Person,
        scenes: Sequence[Scene] = (),
        colleagues: Sequence[Person] = (),
        **kwargs: Any,
    ) -> None:
        now = clock.now()
        initial: dict[str, object] = {"telephone": requester.telephone}
        for end in ("from", "until"):
            initial |= {f"{end}_year": now.year - REIWA_BEGAN}
            initial |= {f"{end}_month": now.month, f"{end}_day": now.day}
        super().__init__(*args, **kwargs)
        self.initial = initial | _drafted(scenes)
        if scenes:
            self.fields["scenes"] = ScenesField(scenes)
        self.colleagues = {str(person.pk): person for person in colleagues}
        if colleagues:
            self.fields["for_colleague"], self.fields["arrived"] = _asker(colleagues), _arrived()
        self.fields["telephone"].label = capfirst(str(wording(org.pk, TELEPHONE)))
        book = adopted_book(org.pk)
        self.wearers = {str(person.pk): person for person in holders(org.pk, WEARER)}
        self._offer(
            wearer=[("", "—"), *_told_apart(self.wearers.values())],
            wants=[
                (key, _words(*words))
                for field in book.form_fields
                if field.id == "content"
                for key, words in field.options.items()
            ],
            purposes=[
                (purpose.id, _words(purpose.form_ja or purpose.ja, purpose.en))
                for purpose in book.purposes
                if not purpose.by_law
            ],
        )
        for end in ("from", "until"):
            self._add_moment(end)

    def _offer(self, **choices: list[tuple[str, str]]) -> None:
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def _add_moment(self, end: str) -> None:
        blanks = {
            "year": forms.IntegerField(label=_("年（令和）"), min_value=1, max_value=99),
            "month": forms.IntegerField(label=_("月"), min_value=1, max_value=12),
            "day": forms.IntegerField(label=_("日"), min_value=1, max_value=31),
            "half": forms.ChoiceField(label=_("午前・午後"), choices=HALVES),
            "hour": forms.IntegerField(label=_("時"), min_value=0, max_value=11),
            "minute": forms.IntegerField(label=_("分"), min_value=0, max_value=59),
        }
        for part, blank in blanks.items():
            blank.widget.attrs["aria-label"] = blank.label
            self.fields[f"{end}_{part}"] = blank

    @property
    def moments(self) -> list[tuple[str, dict[str, forms.BoundField]]]:
        """The two lines of 事案取扱日時, each with its six blanks."""
        parts = ("year", "month", "day", "half", "hour", "minute")
        return [(end, {part: self[f"{end}_{part}"] for part in parts}) for end in ("from", "until")]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for end in ("from", "until"):
            if not any(name.startswith(f"{end}_") for name in self.errors):
                told[f"happened_{end}"] = self._moment(end)
        return told

    def _moment(self, end: str) -> datetime | None:
        told = self.cleaned_data
        hour = told[f"{end}_hour"] + (12 if told[f"{end}_half"] == "午後" else 0)
        year = told[f"{end}_year"] + REIWA_BEGAN
        try:
            return datetime(
                year,
                told[f"{end}_month"],
                told[f"{end}_day"],
                hour,
                told[f"{end}_minute"],
                tzinfo=clock.TOKYO,
            )
        except ValueError:
            self.add_error(f"{end}_day", _("暦にない日です。"))
            return None

    def stills(self) -> list[tuple[Footage, list[int]]]:
        """The footage and stills that it proposes; only after `is_valid`."""
        return chosen_scenes(self)

    @property
    def asker(self) -> Person | None:
        """The colleague for whom it is entered; only after `is_valid`."""
        return self.colleagues.get(self.cleaned_data.get("for_colleague", ""))

    def _telephone(self) -> str:
        """The one written down; a colleague's own where the clerk left his standing."""
        said: str = self.cleaned_data["telephone"]
        if self.asker and said.strip() in ("", self.initial["telephone"]):
            return self.asker.telephone
        return said

    def filled(self) -> Form:
        """The form as the verb takes it; only after `is_valid`."""
        told = self.cleaned_data
        return Form(
            outline=told["outline"],
            happened_from=told["happened_from"],
            happened_until=told["happened_until"],
            wearer=self.wearers.get(told["wearer"]),
            wants=told["wants"],
            purposes=told["purposes"],
            purpose_note=told["purpose_note"],
            telephone=self._telephone(),
            remarks=told["remarks"],
            paper=scan_of(told["paper"]),
            paper_title=told["paper_title"],
        )


def _told_apart(people: Collection[Person]) -> list[tuple[str, str]]:
    return [(str(each.pk), f"{each.section}　{called(each, people)}".strip()) for each in people]


def _asker(colleagues: Sequence[Person]) -> forms.ChoiceField:
    offered = _told_apart(colleagues)
    return forms.ChoiceField(
        label=_("代わって入力する依頼者"),
        required=False,
        choices=[("", _("自分の依頼")), *offered],
    )


def _arrived() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("届き方"),
        choices=ARRIVALS,
        initial=PAPER,
        required=False,
        widget=forms.RadioSelect,
    )


def _drafted(scenes: Sequence[Scene]) -> dict[str, object]:
    """What the scenes say of the request already: stills, of whom, and when."""
    if not scenes:
        return {}
    told: dict[str, object] = {"wants": ["still"]}
    wearers = {str(scene.footage.wearer_id or "") for scene in scenes}
    if len(wearers) == 1:
        told["wearer"] = wearers.pop()
    for end, at in zip(("from", "until"), span(scenes) or (), strict=False):
        told |= moment_in_parts(end, at)
    return told


def moment_in_parts(end: str, at: datetime) -> dict[str, object]:
    """A moment in the six blanks of one line of 事案取扱日時."""
    here = at.astimezone(clock.TOKYO)
    told: dict[str, object] = {f"{end}_year": here.year - REIWA_BEGAN, f"{end}_month": here.month}
    told |= {f"{end}_day": here.day, f"{end}_half": HALVES[here.hour >= 12][0]}
    return told | {f"{end}_hour": here.hour % 12, f"{end}_minute": here.minute}


class DecideForm(forms.Form):
    """The decider's ground (提供事由 ア–エ), and its text where it needs one."""

    ground = forms.ChoiceField(label=_("提供事由"), required=False, widget=forms.RadioSelect)
    ground_note = forms.CharField(
        label=_("提供事由の説明"), required=False, max_length=MOST, widget=_lines(2)
    )
    return_on = forms.DateField(
        label=_("返却又は廃棄の期限"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, org: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = adopted_book(org).grounds
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (ground.id, f"{ground.id}　{_words(ground.ja, ground.en)}") for ground in grounds
        ]
        self.fields["ground_note"].help_text = listing(
            f"{ground.id}：{_words(ground.text_ja, ground.text_en)}"
            for ground in grounds
            if ground.needs_text
        )
        coming_back = listing(ground.id for ground in grounds if ground.needs_return_day)
        if coming_back:
            self.fields["return_on"].help_text = coming_back
        else:
            del self.fields["return_on"]


class HandForm(forms.Form):
    """The desk: the requester signs with his own login, and takes what he asked for."""

    login = forms.CharField(
        label=_("依頼者のログイン名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("依頼者のパスワード"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    code = BesideCode()
    medium = forms.CharField(label=_("外部記録媒体の番号"), max_length=60)
    delivering = forms.MultipleChoiceField(label=_("渡すもの"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, provision: Provision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        (result,) = (f for f in adopted_book(provision.org_id).form_fields if f.id == "result")
        offered = [
            (key, _words(*words)) for key, words in result.options.items() if key in provision.wants
        ]
        self.fields["delivering"].choices = offered  # type: ignore[attr-defined]
        self.fields["delivering"].initial = [key for key, _said in offered]
        if factor_of(provision.requester) is None:
            del self.fields["code"]
