"""Forms that follow a request from outside: judged, consented to, handed over at the counter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hokanko.people.forms import told_on
from hokanko.provision.consenting import Said
from hokanko.provision.fields import MOST, lines
from hokanko.provision.form import MEDIUM, SHOW, STILL
from hokanko.provision.judging import Judged, asked_for
from hokanko.provision.media import insist_back
from hokanko.provision.models import Provision
from hokanko.provision.outside import caption, choices, picked_day
from hokanko.provision.protecting import insist_protected, unmasked
from hokanko.provision.taker import Taker, identity_ways, insist_kind_only, is_of_oneself
from hokanko.rules.book import FormField
from hokanko.rules.decide import adopted_book, parameter

BODIES = {"body", "health_body", "task_body"}  # fields that name the body that asks
YES_NO = (("yes", _("同意した")), ("no", _("同意しなかった")))


class JudgeForm(forms.Form):
    """What the decider states for one ground that was picked."""

    def __init__(self, *args: Any, provision: Provision, ground: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground = ground
        book = adopted_book(provision.org_id)
        for row in asked_for(book, ground):
            self.fields[f"ask-{row.id}"] = self._field(row)
            if row.id in BODIES:
                self.initial[f"ask-{row.id}"] = provision.recipient
        if any(row.consent for row in book.grounds if row.id == ground):
            self.fields["shown"] = forms.IntegerField(
                label=_("画像から識別できる人の数"), min_value=1, max_value=999, initial=1
            )
            self.fields["others"] = forms.CharField(
                label=_("同意のない人がほかに写っているとき、その人をどう守るか"),
                required=False,
                max_length=MOST,
                widget=lines(2),
            )
        for row in book.form_fields:
            if row.id == "necessity":
                self.fields["necessity"] = forms.CharField(
                    label=caption(row.ja, row.en),
                    required=False,
                    max_length=MOST,
                    widget=lines(3),
                    help_text=_("設置目的に照らして、なぜ必要か。求めた人の理由とは別に書きます。"),
                )

    @staticmethod
    def _field(row: FormField) -> forms.Field:
        said = caption(row.ja, row.en)
        if row.options:
            offered = [("", "—"), *choices(row)]
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
    on = forms.DateField(label=_("答えた日"), widget=picked_day())
    note = forms.CharField(
        label=_("何への同意か（文書があればその名）"), required=False, max_length=200
    )

    def said(self) -> Said:
        """The answer, as the verb takes it; only after `is_valid`."""
        told = self.cleaned_data
        return Said(told["person"], told["given"] == "yes", told["on"], told["note"])


class CounterForm(forms.Form):
    """The desk: who takes it or is shown it, how he was identified, and what leaves."""

    taker = forms.CharField(label=_("受け取る人・見る人の氏名"), max_length=60)

    def __init__(self, *args: Any, provision: Provision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.provision = provision
        if is_of_oneself(provision):
            self.fields["taker"].initial = provision.recipient[:60]
        book = adopted_book(provision.org_id)
        options = identity_ways(provision.org_id)
        self.ways = {key: said[0] for key, said in options.items()}
        self.fields["identity"] = forms.ChoiceField(
            label=_("身分を確かめた方法"),
            required=False,
            choices=[("", "—"), *((key, caption(*said)) for key, said in options.items())],
        )
        self.fields["document"] = forms.CharField(
            label=_("確かめた書類など"),
            required=False,
            max_length=60,
            help_text=_("書類の種類だけを書きます（例 運転免許証）。番号は書きません。"),
        )
        if parameter(provision.org_id, "provision.recipient_undertaking"):
            self.fields["undertaking"] = forms.DateField(
                label=_("誓約書を受け取った日"), required=False, widget=picked_day()
            )
        if self.gives:
            self._add_giving([row for row in book.form_fields if row.id == "content"])
        if unmasked(provision, provision.wants):
            self._add_protecting()

    def clean(self) -> dict[str, Any]:
        """The kind of document, or the other way, is told in words; the medium is here."""
        told = super().clean() or self.cleaned_data
        with told_on(self):
            insist_kind_only(told.get("document", ""))
            if self.leaves:
                insist_back(self.provision.org_id, told.get("medium", ""))
                insist_protected(self.provision, told["delivering"], self.protected)
        if told.get("identity") and told.get("document") == "":
            self.add_error("document", self._untold(told["identity"]))
        if self.leaves and told.get("medium") == "":
            self.add_error("medium", _("記録媒体の番号を書いてください。"))
        return told

    def _untold(self, way: str) -> str:
        """What is asked of whoever named a way of identifying and nothing of it; by its article."""
        if way == "other":
            return gettext("どのように確かめたかを書いてください。")
        book = adopted_book(self.provision.org_id)
        clause = next((row.clause for row in book.form_fields if row.id == "identity"), "")
        asked = gettext("書類の種類を書いてください（例 運転免許証）。")
        return asked + (f"[{clause}] {book.clause(clause).article}" if clause else "")

    @property
    def leaves(self) -> bool:
        """Whether something is given away now; what was asked for may be shown alone."""
        return bool({STILL, MEDIUM} & set(self.cleaned_data.get("delivering", [])))

    @property
    def protected(self) -> str:
        """How others are safe who are seen without a mask; empty where it is not confirmed."""
        told = self.cleaned_data
        return str(told["protected"]).strip() if told.get("is_protected") else ""

    @property
    def gives(self) -> bool:
        """Whether something is given away, and not only shown."""
        return bool({STILL, MEDIUM} & set(self.provision.wants))

    def _add_giving(self, rows: list[FormField]) -> None:
        offered = [pair for row in rows for pair in choices(row) if pair[0] in self.provision.wants]
        shows = SHOW in self.provision.wants
        self.fields["medium"] = forms.CharField(
            label=_("記録媒体の番号"), max_length=60, required=not shows
        )
        self.fields["delivering"] = forms.MultipleChoiceField(
            label=_("渡すもの・閲覧に供したもの") if shows else _("渡すもの"),
            choices=offered,
            initial=[key for key, _said in offered if key != SHOW],
            widget=forms.CheckboxSelectMultiple(),
        )

    def _add_protecting(self) -> None:
        self.fields["is_protected"] = forms.BooleanField(
            label=_("決めたとおりにほかの人を守った（写っていない、又は黒く塗った）"),
            required=False,
            help_text=_("マスクをかけずに渡すときに印を付け、どのように守ったかを書きます。"),
        )
        self.fields["protected"] = forms.CharField(
            label=_("ほかの人をどのように守ったか"), required=False, max_length=MOST
        )

    def told(self) -> Taker:
        """Whoever stands at the desk; only after `is_valid`."""
        said = self.cleaned_data
        way = self.ways.get(said["identity"], "")
        document = said["document"].strip()
        name, asked = said["taker"].strip(), self.provision.recipient
        return Taker(
            asked if "".join(name.split()) == "".join(asked.split()) else name,
            recipient=self.provision.recipient,
            identity="：".join(part for part in (way, document) if part) if way else "",
            undertaking_on=said.get("undertaking"),
        )


class LaterPaperForm(forms.Form):
    """The paper of an urgent provision, once it has come."""

    title = forms.CharField(
        label=_("書面の名前"), max_length=120, help_text=_("例：救助の依頼書、聞き取りの記録")
    )
    scan = forms.FileField(label=_("文書の写し（PDFか写真）"))
