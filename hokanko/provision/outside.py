"""The rulebook's own form on the screen, for somebody outside: taken down, judged, handed over.

Fields come from `book.toml`. What the form demands, the rulebook demands: a field left empty
reaches the verb, which refuses it with its article.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hokanko.footage.consent_forms import ConsentsField
from hokanko.footage.consents import are_kept
from hokanko.footage.models import Footage, Scene
from hokanko.footage.queries import offered_purposes
from hokanko.footage.scenes import span
from hokanko.people.attach import scan_of
from hokanko.people.models import Organisation
from hokanko.provision.consenting import Said
from hokanko.provision.form import MEDIUM, SHOW, STILL, Form
from hokanko.provision.forms import ScenesField, chosen_scenes, paper_field, title_field
from hokanko.provision.judging import Judged, asked_for
from hokanko.provision.models import Provision
from hokanko.provision.taker import BODY_KINDS, Taker
from hokanko.rules.book import FormField
from hokanko.rules.decide import adopted_book, parameter
from hokanko.rules.listing import listing

MOST = 2000  # characters of a text field
LONG = {"outline"}
MOMENT = "%Y-%m-%dT%H:%M"
IDENTITY = {
    "document": ("身分証明書の提示", "identity document shown"),
    "other": ("その他の方法", "in another way"),
}
YES_NO = (("yes", _("同意した")), ("no", _("同意しなかった")))


def words(ja: str, en: str) -> str:
    """The one of two texts that the reader reads."""
    return en[:1].upper() + en[1:] if get_language() == "en" else ja


def _choices(field: FormField) -> list[tuple[str, str]]:
    return [(key, words(*said)) for key, said in field.options.items()]


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": MOST})


def _picked_day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TakeDownForm(forms.Form):
    """What somebody outside asks for, in the rulebook's order of fields."""

    def __init__(
        self, *args: Any, org: Organisation, scenes: Sequence[Scene] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, **_drafted(scenes)}
        book = adopted_book(org.pk)
        for row in book.form_fields:
            if row.filled_by == "requester" and row.section == "request":
                self._add(row, org)
        if scenes:
            self.fields["scenes"] = ScenesField(scenes)
        if are_kept(org.pk):
            self.fields["consents"] = ConsentsField(org.pk)
        self.fields["paper_title"], self.fields["paper"] = title_field(), paper_field()

    def _add(self, row: FormField, org: Organisation) -> None:
        said = words(row.ja, row.en)
        if row.type == "text":
            box = _lines(3) if row.id in LONG else forms.TextInput()
            most = MOST if row.id in LONG else 120
            self.fields[row.id] = forms.CharField(
                label=said, required=False, max_length=most, widget=box
            )
        elif row.type == "about-time":
            at = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
            self.fields[row.id] = forms.DateTimeField(label=said, widget=at)
        elif row.type == "purposes":
            self._add_purposes(said, org)
        elif row.id == "content":
            ticks = forms.CheckboxSelectMultiple()
            self.fields["content"] = forms.MultipleChoiceField(
                label=said, required=False, choices=_choices(row), widget=ticks
            )
        if row.id == "recipient":
            kinds = [("", "—"), *BODY_KINDS.items()]
            self.fields["body_kind"] = forms.ChoiceField(label=_("相手の種類"), choices=kinds)
            self.fields["contact"] = forms.CharField(
                label=_("連絡先"), required=False, max_length=20
            )

    def _add_purposes(self, said: str, org: Organisation) -> None:
        purposes = offered_purposes(org.pk)
        self.fields["purpose"] = forms.MultipleChoiceField(
            label=said,
            required=False,
            choices=[(p.id, words(p.ja, p.en)) for p in purposes],
            widget=forms.CheckboxSelectMultiple(),
            initial=[p.id for p in purposes if len(purposes) == 1],
        )
        if any(purpose.needs_text for purpose in purposes):
            note = forms.CharField(label=_("目的に添える記載"), required=False, max_length=200)
            note.help_text = listing(
                dict.fromkeys(words(p.text_ja, p.text_en) for p in purposes if p.needs_text)
            )
            self.fields["purpose_note"] = note

    def stills(self) -> list[tuple[Footage, list[int]]]:
        """The footage and stills that it proposes; only after `is_valid`."""
        return chosen_scenes(self)

    def filled(self) -> Form:
        """The form as the verb takes it; only after `is_valid`."""
        told = self.cleaned_data
        return Form(
            outline=told.get("outline", ""),
            happened_from=told["from"],
            happened_until=told["until"],
            wearer=None,
            wants=told["content"],
            purposes=told["purpose"],
            purpose_note=told.get("purpose_note", ""),
            telephone=told["contact"],
            recipient=told["recipient"],
            body_kind=told["body_kind"],
            paper=scan_of(told["paper"]),
            paper_title=told["paper_title"],
            consents=list(told.get("consents", ())),
        )


def _drafted(scenes: Sequence[Scene]) -> dict[str, object]:
    """What the scenes say of the request already: stills, and when they were taken."""
    told: dict[str, object] = {"content": [STILL]} if scenes else {}
    return told | dict(zip(("from", "until"), span(scenes) or (), strict=False))


class JudgeForm(forms.Form):
    """What the decider states for one ground that was picked."""

    def __init__(self, *args: Any, provision: Provision, ground: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground = ground
        book = adopted_book(provision.org_id)
        for row in asked_for(book, ground):
            self.fields[f"ask-{row.id}"] = self._field(row)
        if any(row.consent for row in book.grounds if row.id == ground):
            self.fields["shown"] = forms.IntegerField(
                label=_("画像から識別できる人の数"), min_value=1, max_value=999, initial=1
            )
            self.fields["others"] = forms.CharField(
                label=_("同意のない人がほかに写っているとき、その人をどう守るか"),
                required=False,
                max_length=MOST,
                widget=_lines(2),
            )
        for row in book.form_fields:
            if row.id == "necessity":
                self.fields["necessity"] = forms.CharField(
                    label=words(row.ja, row.en),
                    required=False,
                    max_length=MOST,
                    widget=_lines(3),
                    help_text=_("設置目的に照らして、なぜ必要か。求めた人の理由とは別に書きます。"),
                )

    @staticmethod
    def _field(row: FormField) -> forms.Field:
        said = words(row.ja, row.en)
        if row.options:
            offered = [("", "—"), *_choices(row)]
            return forms.ChoiceField(label=said, required=False, choices=offered)
        return forms.CharField(label=said, required=False, max_length=MOST)

    def judged(self) -> Judged:
        """The decider's words, as the verb takes them; only after `is_valid`."""
        told = self.cleaned_data
        asked = {k.removeprefix("ask-"): v for k, v in told.items() if k.startswith("ask-")}
        return Judged(
            asked, told.get("necessity", ""), told.get("shown") or 1, told.get("others", "")
        )


class ConsentForm(forms.Form):
    """One person's answer."""

    person = forms.CharField(label=_("写っている人"), max_length=60)
    given = forms.ChoiceField(label=_("答え"), choices=YES_NO, widget=forms.RadioSelect)
    on = forms.DateField(label=_("答えた日"), widget=_picked_day())
    note = forms.CharField(
        label=_("何への同意か（文書があればその名）"), required=False, max_length=200
    )

    def said(self) -> Said:
        """The answer, as the verb takes it; only after `is_valid`."""
        told = self.cleaned_data
        return Said(told["person"], told["given"] == "yes", told["on"], told["note"])


class CounterForm(forms.Form):
    """The desk: who takes it or is shown it, how he was identified, and what leaves."""

    taker = forms.CharField(label=_("受け取る人・見る人の氏名"), required=False, max_length=60)

    def __init__(self, *args: Any, provision: Provision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.provision = provision
        book = adopted_book(provision.org_id)
        known = {row.id: row for row in book.form_fields}
        options = known["identity"].options if "identity" in known else IDENTITY
        self.ways = {key: said[0] for key, said in options.items()}
        self.fields["identity"] = forms.ChoiceField(
            label=_("身分を確かめた方法"),
            required=False,
            choices=[("", "—"), *((key, words(*said)) for key, said in options.items())],
        )
        self.fields["document"] = forms.CharField(
            label=_("確かめた書類など"),
            required=False,
            max_length=60,
            help_text=_("書類の種類だけを書きます（例 運転免許証）。番号は書きません。"),
        )
        if parameter(provision.org_id, "provision.recipient_undertaking"):
            self.fields["undertaking"] = forms.DateField(
                label=_("誓約書を受け取った日"), required=False, widget=_picked_day()
            )
        if self.gives:
            self._add_giving([row for row in book.form_fields if row.id == "content"])

    @property
    def gives(self) -> bool:
        """Whether something is given away, and not only shown."""
        return bool({STILL, MEDIUM} & set(self.provision.wants))

    def _add_giving(self, rows: list[FormField]) -> None:
        offered = [
            pair
            for row in rows
            for pair in _choices(row)
            if pair[0] in self.provision.wants and pair[0] != SHOW
        ]
        self.fields["medium"] = forms.CharField(label=_("記録媒体の番号"), max_length=60)
        self.fields["delivering"] = forms.MultipleChoiceField(
            label=_("渡すもの"),
            choices=offered,
            initial=[key for key, _said in offered],
            widget=forms.CheckboxSelectMultiple(),
        )

    def told(self) -> Taker:
        """Whoever stands at the desk; only after `is_valid`."""
        said = self.cleaned_data
        way = self.ways.get(said["identity"], "")
        document = said["document"].strip()
        return Taker(
            said["taker"].strip(),
            recipient=self.provision.recipient,
            identity="：".join(part for part in (way, document) if part) if way else "",
            undertaking_on=said.get("undertaking"),
        )
