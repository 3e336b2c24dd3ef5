"""What a request lacks of the form of its rulebook."""

from __future__ import annotations

from typing import Protocol

from hokanko.people.models import Organisation, Person
from hokanko.rules.decide import adopted_book

WEARER = "カメラ装着警察官"


class Filled(Protocol):
    """The part of a form that may be left empty, and must not be under every rulebook."""

    @property
    def outline(self) -> str: ...

    @property
    def recipient(self) -> str: ...

    @property
    def wearer(self) -> Person | None: ...

    @property
    def telephone(self) -> str: ...

    @property
    def remarks(self) -> str: ...


def empty_fields(org: Organisation, form: Filled) -> list[str]:
    """The fields left empty that the rulebook's form wants filled, as policies call them."""
    told = {
        "outline": ("outline", form.outline.strip()),
        "recipient": ("recipient", form.recipient.strip()),
        "wearer": ("wearer", _is_wearer(form.wearer) or (form.wearer and form.remarks.strip())),
        "requester_phone": ("telephone", form.telephone.strip()),
    }
    asked = [told[f.id] for f in adopted_book(org.pk).form_fields if f.required and f.id in told]
    return [name for name, value in asked if not value]


def _is_wearer(person: Person | None) -> bool:
    """Whether he is or was a registered wearer; another needs an explanation among the remarks."""
    return person is not None and person.appointments.filter(post=WEARER).exists()
