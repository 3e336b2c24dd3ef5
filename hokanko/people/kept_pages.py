"""The page that offers again what somebody wanted to send when the login had ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hokanko.people.door import person_at
from hokanko.people.kept import Typed, kept
from hokanko.people.kept_words import field_of, forms_of, is_hidden, label_of, shown


@dataclass(frozen=True, slots=True)
class Line:
    """One field as it is offered again; without words where nobody had typed it."""

    name: str
    value: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One form as it is offered again."""

    typed: Typed
    at: datetime
    lines: tuple[Line, ...]
    files: tuple[tuple[str, str], ...]  # name and label
    secrets: tuple[tuple[str, str], ...]


@require_safe
def offered(request: HttpRequest) -> HttpResponse:
    """What was typed, and one button each: nothing is sent by itself."""
    offers = [_offer(typed) for typed in kept(request, person_at(request))]
    return render(request, "people/html/kept.html", {"offers": offers})


def _offer(typed: Typed) -> Offer:
    names = [*(name for name, _value in typed.fields), *typed.files, *typed.secrets]
    fields = {name: field_of(name, forms_of(typed.path, names)) for name in names}

    def line(name: str, value: str) -> Line:
        unseen = is_hidden(fields[name]) or not value.strip()
        words = "" if unseen else shown(value, fields[name])
        return Line(name, value, label_of(fields[name]), words)

    return Offer(
        typed,
        datetime.fromisoformat(typed.at),
        tuple(line(name, value) for name, value in typed.fields),
        tuple((name, label_of(fields[name])) for name in typed.files),
        tuple((name, label_of(fields[name])) for name in typed.secrets),
    )
