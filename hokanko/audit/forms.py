"""The paper form of an entry on screen, made from its register's columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.audit.arising import counted
from hokanko.audit.attaching import attached
from hokanko.audit.columns import REMARK, Column
from hokanko.audit.registers import Register
from hokanko.audit.scope import Scope
from hokanko.audit.signs import to_see
from hokanko.audit.things import choices
from hokanko.audit.weigh import (
    DETAIL,
    WIPED,
    able_to_answer,
    is_check,
    methods,
    open_ended,
    photographed,
    required_in,
    wiped_only,
)
from hokanko.cameras.queries import active
from hokanko.people.queries import called
from hokanko.rules.book import Clause
from hokanko.rules.spoken import spoken, words

LONGEST = 4000


class EntryForm(forms.Form):
    """簿冊の記載。 What is required, the rulebook says: the form only marks it."""

    clauses = forms.MultipleChoiceField(
        label=_("どの条のための記載か"), widget=forms.CheckboxSelectMultiple, required=False
    )
    on = forms.DateField(label=_("いつのことか"), widget=forms.DateInput(attrs={"type": "date"}))
    about = forms.ChoiceField(label=_("対象"), required=False)

    def __init__(
        self, scope: Scope, register: Register, clause: Clause | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        asking = [
            c
            for c in scope.book.clauses
            if c.evidence and register.code in (c.evidence.form, c.evidence.dated_by)
        ]
        asking += [clause] if clause and clause not in asking else []
        self.fields["clauses"].choices = [(c.id, f"{c.article}　{_what(c)}") for c in asking]  # type: ignore[attr-defined]
        if not asking:
            del self.fields["clauses"]
        self.fields["on"].initial = clock.today
        if clause is None and asking and register.code != "evidence":
            self.fields["clauses"].initial = [c.id for c in asking]
        self._about(scope, register, clause)
        for column in register.written:
            if _is_asked(scope, register, column):
                self.fields[column.name] = _field(scope, register, column)
        self._ending(scope, register)
        if any(photographed(c) for c in ([clause] if clause else asking)):
            self.fields["file"].help_text = _(
                "写真を求める条のための記載には、写真（JPEG・PNG・WebP・HEIC）か、写真の入った"
                "PDFを必ず添えます。10MBまで。"
            )

    def _about(self, scope: Scope, register: Register, clause: Clause | None) -> None:
        parts = clause.evidence.parts if clause and clause.evidence else ()
        listed = choices(scope, register, parts)
        if listed:
            whole = (
                _("（番号の媒体。台帳にない媒体も）")
                if register.about == "medium"
                else _("（全体）")
            )
            self.fields["about"].choices = [("", whole), *listed]  # type: ignore[attr-defined]
        else:
            del self.fields["about"]

    def _ending(self, scope: Scope, register: Register) -> None:
        said = words(register.expires_ja, register.expires_en)
        self.fields["expires_on"] = forms.DateField(
            label=said, required=False, widget=forms.DateInput(attrs={"type": "date"})
        )
        persons = [post for post in scope.book.posts if not post.machine]
        posts = [(p.id, p.en if get_language() == "en" else p.id) for p in persons]
        self.fields["owner"] = forms.ChoiceField(
            label=_("次に求められる役職"),
            choices=[("", _("（規程のとおり）")), *posts],
            required=False,
        )
        self.fields["file"] = forms.FileField(
            label=_("写真又は書類"),
            required=False,
            help_text=_("10MBまで。写真（PNG・JPEG）とPDFのほかは、開かずに保管します。"),
        )

    def told(self) -> dict[str, Any]:
        """What `enter` is given."""
        said = self.cleaned_data
        sent = said["file"]
        return {
            "clauses": said.get("clauses", []),
            "on": said["on"],
            "about": said.get("about", ""),
            "owner": said["owner"],
            "expires_on": said["expires_on"],
            "fields": {
                column.name: _text(said[column.name])
                for column in self.register.written
                if column.name in said
            },
            "attachment": attached(sent.name, sent.read()) if sent else None,
        }


class AttestForm(forms.Form):
    """廃棄の確認。 What is missing, the rulebook says."""

    check = forms.CharField(
        label=_("消去又は処理を自分で確かめた方法"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("必ず書きます。"),
    )
    seen = forms.BooleanField(
        label=_("画像が読み取れないことを、自分で確かめました"), required=False
    )


class WithdrawForm(forms.Form):
    """記載の取下げ。"""

    reason = forms.CharField(label=_("取り下げる理由"), max_length=400)


def _is_asked(scope: Scope, register: Register, column: Column) -> bool:
    """Whether there is anything to be asked of: things to tick, fixed cameras to look at."""
    if column.type == "look":
        return active(scope.org.pk).exists()
    return column.type != "found" or bool(_findable(scope, register))


def _findable(scope: Scope, register: Register) -> list[str]:
    """What an entry of this register says to have been there: signs, or things of a stock-take."""
    if register.code == "inspection":
        return to_see(scope.org)
    return [thing.name for thing in counted(scope.org, scope.today)]


def _field(scope: Scope, register: Register, column: Column) -> forms.Field:
    english, org = get_language() == "en", scope.org.pk
    plain: Mapping[str, Any] = {
        "label": column.en if english else column.ja,
        "required": False,  # the rulebook refuses, with its article
        "help_text": _("必ず書きます。") if column.name in required_in(org, register) else "",
    }
    if is_check(register) and column is REMARK:
        plain = {**plain, "help_text": _("「異常あり」のときは、必ず書きます。")}
    if column.name == DETAIL and (described := open_ended(org)):
        told = {"methods": "」「".join(described)}
        plain = {**plain, "help_text": _("「%(methods)s」のときは、必ず書きます。") % told}
    if column.choices:
        looks = column.type == "look"  # nothing but a person sees it
        return forms.ChoiceField(
            **{**plain, "required": looks},
            choices=[(value, en if english else ja) for value, ja, en in column.choices],
            widget=forms.RadioSelect if looks else forms.Select,
        )
    if column.type == "found":
        missed = (
            _("確かめられなかった表示板は、遵守状況の一覧に残ります。")
            if register.code == "inspection"
            else _("印のないものは、紛失の事案になります。")
        )
        return forms.MultipleChoiceField(
            **{**plain, "help_text": missed},
            choices=[(name, name) for name in _findable(scope, register)],
            widget=forms.CheckboxSelectMultiple,
        )
    if column.type == "method":
        listed = [(method, method) for method in methods(scope.org.pk)]
        if wiped_only(scope.org.pk):
            listed.append((WIPED, str(_("上書き・初期化だけ（データの消去のみ）"))))
        return forms.ChoiceField(**plain, choices=[("", "—"), *listed])
    if column.type == "person":
        able = able_to_answer(scope.org)
        answers = [(person.login, called(person, able)) for person in able]
        return forms.ChoiceField(**plain, choices=[("", "—"), *answers])
    return _typed(column, plain)


def _typed(column: Column, plain: Mapping[str, Any]) -> forms.Field:
    """A column that is typed: a time of day, a line, or several."""
    if column.type == "time":
        return forms.TimeField(**plain, widget=forms.TimeInput(attrs={"type": "time"}))
    wide = forms.Textarea(attrs={"rows": 3}) if column.type == "long" else forms.TextInput()
    return forms.CharField(**plain, max_length=LONGEST, widget=wide)


def _text(value: object) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _what(clause: Clause) -> str:
    if clause.evidence is None:
        return spoken(clause)
    return words(clause.evidence.what_ja, clause.evidence.what_en)
