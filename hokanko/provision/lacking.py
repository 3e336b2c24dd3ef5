"""What a request lacks of the form of its rulebook."""

from __future__ import annotations

from typing import Protocol

from hokanko.people.models import Organisation, Person
from hokanko.rules.decide import adopted_book


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


def empty_fields(org: Organisation, form: Filled) -> list[str]:
    """The fields left empty that the rulebook's form wants filled, as policies call them."""
    told = {
        "outline": ("outline", form.outline.strip()),
        "recipient": ("recipient", form.recipient.strip()),
        "wearer": ("wearer", form.wearer),
        "requester_phone": ("telephone", form.telephone.strip()),
    }
    asked = [told[f.id] for f in adopted_book(org.pk).form_fields if f.required and f.id in told]
    return [name for name, value in asked if not value]
