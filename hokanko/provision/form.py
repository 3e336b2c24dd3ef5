"""The rulebook's own form as somebody filled it in: its columns, and what the law is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hokanko.footage.consents import lacking, stated
from hokanko.footage.models import Footage, PersonConsent
from hokanko.footage.queries import filmed_for
from hokanko.formats.canon import JSON
from hokanko.people.attach import Scan
from hokanko.people.models import Organisation, Person
from hokanko.provision.lacking import empty_fields
from hokanko.rules.purpose import weigh

STILL, MEDIUM, SHOW = "still", "medium", "show"


@dataclass(frozen=True, slots=True)
class Form:
    """The rulebook's own form as filled in, in the order of the police 映像ファイル提供依頼書.

    `recipient` and `body_kind` are of somebody outside the house, for whom it is taken down.
    `paper` is the one that it rests on (根拠となる文書), scanned or photographed; without it,
    `paper_title` names one that is still to come. `consents` are on record already.
    """

    outline: str
    happened_from: datetime
    happened_until: datetime
    wearer: Person | None
    wants: Sequence[str]
    purposes: Sequence[str]
    purpose_note: str
    telephone: str
    remarks: str = ""
    recipient: str = ""
    body_kind: str = ""
    paper: Scan | None = None
    paper_title: str = ""
    consents: Sequence[PersonConsent] = ()

    @property
    def note(self) -> str:
        """What is stated with the purposes, the consents that it rests on included."""
        return stated(self.purpose_note, self.consents)

    @property
    def details(self) -> dict[str, JSON]:
        """What it tells besides its columns."""
        named = "" if self.paper else self.paper_title.strip()
        told = {"body_kind": self.body_kind, "paper_named": named}
        return {name: said for name, said in told.items() if said}

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a request, as this form fills them."""
        return {
            "outline": self.outline,
            "happened_from": self.happened_from,
            "happened_until": self.happened_until,
            "wearer": self.wearer,
            "wants": list(self.wants),
            "purposes": list(self.purposes),
            "purpose_note": self.note,
            "telephone": self.telephone,
            "remarks": self.remarks,
            "recipient": self.recipient.strip(),
        }

    def weighed(self, org: Organisation, films: Sequence[Footage]) -> dict[str, Any]:
        """What the law is told of it: the context of `provision.ask`."""
        told: dict[str, Any] = weigh(
            org.pk, self.purposes, self.note, [filmed_for(each) for each in films]
        )
        return told | {
            "consent_lacking": lacking(
                org.pk, self.consents, purposes=self.purposes, note=self.note, films=films
            ),
            "nothing_wanted": not set(self.wants) & {STILL, MEDIUM, SHOW},
            "empty_fields": empty_fields(org, self),
            "times_reversed": self.happened_until < self.happened_from,
        }
