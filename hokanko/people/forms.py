"""Paper forms of people on screen: logging in, registering, appointing, terminals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hokanko.errors import Conflict
from hokanko.people.models import Organisation
from hokanko.rules.actor import HOME
from hokanko.rules.decide import adopted_book, parameter

LEAST = 12  # characters of a first password; length is what resists guessing
ADMINISTRATOR = "システム管理者"
TOPIC = "撮影・映像・機器の管理"  # what 第10 asks a wearer to be taught


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


class RegisterForm(forms.Form):
    """認証情報の登録。"""

    login = forms.SlugField(label=_("ログイン名"), max_length=40, help_text=_("半角の英数字"))
    name = forms.CharField(label=_("氏名"), max_length=60)
    section = forms.CharField(label=_("係"), max_length=40, required=False)
    telephone = forms.CharField(label=_("警電"), max_length=20, required=False)
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
        self.fields["post"].choices = [("", _("（役職なし）")), *posts(org)]  # type: ignore[attr-defined]


class AppointForm(forms.Form):
    """役職の指定。"""

    post = forms.ChoiceField(label=_("役職"))

    def __init__(self, org: Organisation, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [("", _("（選んでください）")), *posts(org)]  # none by a slip of the hand
        self.fields["post"].choices = choices  # type: ignore[attr-defined]


class TrainForm(forms.Form):
    """教養の記録。"""

    topic = forms.CharField(label=_("教養の内容"), max_length=80, initial=TOPIC)


class TerminalForm(forms.Form):
    """管理用パソコンの登録の用意。"""

    name = forms.CharField(label=_("端末の名前"), max_length=60)
    place = forms.ChoiceField(label=_("設置場所"))
    wire_checked_on = forms.DateField(
        label=_("セキュリティワイヤーを確かめた日"),
        required=False,  # the rulebook refuses an empty one, and cites its article
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, org: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        places = parameter(org, "storage.places")
        self.fields["place"].choices = [(place, place) for place in places]  # type: ignore[attr-defined]


@contextmanager
def told_on(form: forms.Form) -> Iterator[None]:
    """A Conflict is told on the form itself, where what was typed still stands."""
    try:
        yield
    except Conflict as error:
        words = error.en + error.mend_en if get_language() == "en" else error.ja + error.mend_ja
        form.add_error(None, forms.ValidationError(words, code="conflict"))


def status_of(form: forms.Form | None) -> int:
    """The HTTP status of the page that shows a form again."""
    return 409 if form and form.has_error(NON_FIELD_ERRORS, "conflict") else 200


def posts(org: Organisation) -> list[tuple[str, str]]:
    """The posts of this kind of organisation under its rulebook, as choices."""
    english = get_language() == "en"
    level = "hq" if org.kind == "hq" else "unit"
    offered = [
        post
        for post in adopted_book(org.pk).posts
        if (post.id == ADMINISTRATOR if org.pk == HOME else post.clauses and post.level == level)
    ]
    return [(post.id, post.en if english else post.id) for post in offered if not post.machine]
