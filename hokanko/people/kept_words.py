"""What the fields of a posted form are called on screen, and which of them hold secrets."""

from __future__ import annotations

import inspect
import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

SECRET = re.compile(r"pass|secret|token|(^|[_-])(pin|otp)($|[_-])", re.IGNORECASE)
IN_ADDRESS = re.compile(r"://[^/@\s]*:[^/@\s]*@")  # an address that carries a password
PART = re.compile(r"_\d+$")  # one of several boxes of one field, say day and time
Kind = type[forms.BaseForm]


def forms_of(path: str, names: Sequence[str]) -> list[Kind]:
    """The forms that the page behind an address uses, then all others; the best fitting first."""
    here: set[Kind] = set()
    with suppress(Resolver404):
        page = inspect.unwrap(resolve(urlsplit(path).path).func)
        known = getattr(page, "__globals__", {}).values()
        here = {each for each in known if isinstance(each, type) and issubclass(each, forms.Form)}
    wanted = {_plain(name) for name in names}

    def order(each: Kind) -> tuple[bool, int, str]:
        fits = len(wanted & set(_fields(each)))
        return each not in here, -fits, f"{each.__module__}.{each.__qualname__}"

    return sorted(set(_all(forms.BaseForm)) | here, key=order)


def field_of(name: str, among: Sequence[Kind]) -> forms.Field | None:
    """The field that was posted under this name, as far as one can tell."""
    found = (_fields(each)[_plain(name)] for each in among if _plain(name) in _fields(each))
    return next(found, None)


def is_secret(name: str, value: str, field: forms.Field | None) -> bool:
    """Whether this is a password or a one-time code, which nobody keeps."""
    if SECRET.search(name) or IN_ADDRESS.search(value):
        return True
    if field is None:
        return False
    once = field.widget.attrs.get("autocomplete") == "one-time-code"
    return once or isinstance(field.widget, forms.PasswordInput)


def is_hidden(field: forms.Field | None) -> bool:
    """Whether the page itself put it in: nobody typed it."""
    return field is not None and field.widget.is_hidden


def label_of(field: forms.Field | None) -> str:
    """What the page calls it."""
    return str(field.label) if field is not None and field.label else str(_("ほかの欄"))


def shown(value: str, field: forms.Field | None) -> str:
    """A value as it stood on the screen, as far as the form alone tells."""
    if field is not None and isinstance(field.widget, forms.CheckboxInput):
        return str(_("はい"))
    if isinstance(field, forms.ChoiceField):
        told = dict(_choices(field))
        if value in told:
            return told[value]
        if value.isdigit():
            return str(_("（画面で選んだもの）"))
    with suppress(ValueError):
        uuid.UUID(value)
        return str(_("（画面で選んだもの）"))
    return value


def _plain(name: str) -> str:
    """Without the prefix of its form, and without the number of its box."""
    return PART.sub("", name.rsplit("-", 1)[-1])


def _fields(each: Kind) -> dict[str, forms.Field]:
    return getattr(each, "base_fields", {})


def _all(kind: Kind) -> Iterator[Kind]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("hokanko."):
            yield each
        yield from _all(each)


def _choices(field: forms.ChoiceField) -> Iterator[tuple[str, str]]:
    if isinstance(field, forms.ModelChoiceField):
        return
    choices: Any = field.choices  # an iterator by now, whatever it was given as
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(inner), str(words)) for inner, words in label)
        else:
            yield str(value), str(label)
