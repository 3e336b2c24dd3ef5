"""Paper forms of people on screen: logging in, registering, appointing, terminals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hokanko.errors import Conflict
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import called
from hokanko.people.standing import topics_of
from hokanko.rules.actor import HOME
from hokanko.rules.decide import adopted_book, parameter
from hokanko.rules.listing import listing
from hokanko.rules.wording import TELEPHONE, TRAINING, wording

LEAST = 12  # characters of a first password; length is what resists guessing
ADMINISTRATOR = "システム管理者"


class LoginForm(forms.Form):
    """ログイン名と合言葉。"""

    login = forms.CharField(
        label=_("ログイン名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("パスワード"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """認証アプリの数字、又は予備のコード。"""

    code = forms.CharField(
        label=_("認証アプリの6桁の数字"),
        max_length=40,
        help_text=_("アプリが使えないときは、控えてある予備のコードを入れてください。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class FirstCodeForm(forms.Form):
    """はじめの数字：アプリに読み取れたことを確かめる。"""

    code = forms.CharField(
        label=_("アプリに出ている6桁の数字"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class BesideCode(forms.CharField):
    """A code asked for in one form with a password, of whoever has set a second factor up."""

    def __init__(self) -> None:
        super().__init__(
            label=_("認証アプリの数字"),
            max_length=40,
            required=False,
            help_text=_("二段階認証を設定した人だけ入れます。"),
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        )


class RegisterForm(forms.Form):
    """認証情報の登録。"""

    login = forms.SlugField(label=_("ログイン名"), max_length=40, help_text=_("半角の英数字"))
    name = forms.CharField(label=_("氏名"), max_length=60)
    section = forms.CharField(label=_("係"), max_length=40, required=False)
    telephone = forms.CharField(max_length=20, required=False)
    post = forms.ChoiceField(label=_("役職"), required=False)
    password = forms.CharField(
        label=_("はじめのパスワード"),
        min_length=LEAST,
        max_length=200,
        strip=False,
        help_text=_("12文字以上。本人にだけ伝えてください。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, org: Organisation, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.fields["telephone"].label = capfirst(str(wording(org.pk, TELEPHONE)))
        self.fields["post"].choices = [("", _("（役職なし）")), *posts(org)]  # type: ignore[attr-defined]


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class AppointForm(forms.Form):
    """役職の指定。"""

    post = forms.ChoiceField(label=_("役職"))
    since = day_field(_("いつから"), help_text=_("書かなければ、いまから"))
    until = day_field(_("いつまで（この日を含む）"), help_text=_("任期が決まっているときだけ"))

    def __init__(self, org: Organisation, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [("", _("（選んでください）")), *posts(org)]  # none by a slip of the hand
        self.fields["post"].choices = choices  # type: ignore[attr-defined]


class TrainForm(forms.Form):
    """教育（教養）の記録。"""

    topic = forms.CharField(max_length=80)
    content = forms.CharField(
        label=_("教えた中身"),
        max_length=200,
        required=False,
        help_text=_("使った資料、時間、教え方など"),
    )
    quizzed = forms.BooleanField(label=_("確認票の問いに答えさせ、理由を伝えた"), required=False)
    held_on = day_field(_("受けた日"), help_text=_("書かなければ、今日"))
    valid_until = day_field(_("有効期限"))
    trainer = forms.CharField(
        label=_("教えた人"),
        max_length=60,
        required=False,
        help_text=_("書かなければ、記す人。本人ではいけません。"),
    )

    def __init__(self, org: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        word, topics = str(wording(org, TRAINING)), topics_of(org)
        topic, until = self.fields["topic"], self.fields["valid_until"]
        topic.label = _("%(training)sの科目") % {"training": word}
        topic.initial = "・".join(topics)
        if topics:
            topic.help_text = _("欠かせない科目：") + listing(topics)
        until.help_text = _("過ぎると、%(training)sを求める権限が止まります。") % {"training": word}
        if not adopted_book(org).questions:
            del self.fields["quizzed"]


class SwearForm(forms.Form):
    """誓約、又は秘密を守る就業規則の条。"""

    form = forms.ChoiceField(
        label=_("守秘の形"),
        required=False,
        choices=[("oath", _("誓約書")), ("work-rules", _("就業規則"))],
    )
    article = forms.CharField(
        label=_("就業規則の条"),
        max_length=60,
        required=False,
        help_text=_("就業規則によるときは、どの条か"),
    )
    scan = forms.FileField(
        label=_("署名した書面の写し（PDFか写真）"),
        required=False,
        help_text=_("綴じると、暗号にして保存し、ハッシュ値を台帳に記します。"),
    )

    def __init__(self, org: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if parameter(org, "oath.required") != "yes-or-work-rules":
            for name in ("form", "article"):
                del self.fields[name]


class RemindForm(forms.Form):
    """離任後の守秘を告げたことの記録。"""

    scan = forms.FileField(
        label=_("署名した書面の写し（PDFか写真）"),
        required=False,
        help_text=_("綴じると、暗号にして保存し、ハッシュ値を台帳に記します。"),
    )


class SucceedForm(forms.Form):
    """職の交代。"""

    position = forms.ChoiceField(label=_("職"))
    successor = forms.ChoiceField(label=_("新しく就く人"))
    on = day_field(_("交代の日"), required=True)

    def __init__(self, org: Organisation, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        people = Person.objects.filter(org=org, retired_at=None).order_by("registered_at", "login")
        named = [(str(person.pk), called(person, people)) for person in people]
        self.fields["position"].choices = [(each, each) for each in positions(org)]  # type: ignore[attr-defined]
        self.fields["successor"].choices = [("", _("（選んでください）")), *named]  # type: ignore[attr-defined]


@contextmanager
def told_on(form: forms.Form) -> Iterator[None]:
    """A Conflict is told on the form itself, where what was typed still stands."""
    try:
        yield
    except Conflict as error:
        english = f"{error.en} {error.mend_en}".rstrip()
        words = english if get_language() == "en" else error.ja + error.mend_ja
        form.add_error(None, forms.ValidationError(words, code="conflict"))


def status_of(form: forms.Form | None) -> int:
    """The HTTP status of the page that shows a form again."""
    return 409 if form and form.has_error(NON_FIELD_ERRORS, "conflict") else 200


def posts(org: Organisation) -> list[tuple[str, str]]:
    """The posts of this kind of organisation under its rulebook, as choices."""
    english = get_language() == "en"
    book = adopted_book(org.pk)
    level = book.level(org.kind)
    offered = [
        post
        for post in book.posts
        if (post.id == ADMINISTRATOR if org.pk == HOME else post.clauses and post.level == level)
    ]
    return [(post.id, post.en if english else post.id) for post in offered if not post.machine]


def positions(org: Organisation) -> list[str]:
    """The positions (職) that posts of this kind of organisation go with."""
    book = adopted_book(org.pk)
    level = book.level(org.kind)
    found = [post.position_ja for post in book.posts if post.level == level and not post.machine]
    return [each for each in dict.fromkeys(found) if each]
