"""Doubts (疑義) about clauses: what stands open, what was answered, and their sealed texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from hokanko.casebook.models import Doubt
from hokanko.errors import Missing
from hokanko.keyring.texts import opener, sealer
from hokanko.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Said:
    """The texts of a doubt, opened; what was never written is empty."""

    question: str
    whom: str
    means: str
    answer: str


def doubt(pk: UUID) -> Doubt:
    """One doubt. Raises Missing."""
    found = Doubt.objects.select_related("org__parent", "raised_by").filter(pk=pk).first()
    if found is None:
        raise Missing("その疑義はありません。", "There is no such doubt.")
    return found


def asked(orgs: Sequence[str]) -> QuerySet[Doubt]:
    """The doubts of organisations: unanswered first, the newest of each first."""
    rows = Doubt.objects.filter(org__in=orgs).select_related("org__parent", "raised_by")
    return rows.order_by(F("answered_on").desc(nulls_first=True), "-raised_at", "id")


def interpretations(org: Organisation, clause: str) -> QuerySet[Doubt]:
    """How a clause has been read since it was doubted, for all units of one headquarters."""
    head = org.parent_id or org.pk
    units = Organisation.objects.filter(parent=head).values("pk")
    answered = Doubt.objects.filter(clause=clause).exclude(answered_on=None)
    here = answered.filter(org__in=units) | answered.filter(org=head)
    return here.order_by("-answered_on", "id")


def seal(doubt: Doubt, field: str, text: str) -> bytes:
    """A text of the doubt, bound to its place."""
    return sealer()(text.encode(), f"doubt/{doubt.pk}/{field}")


def said(doubt: Doubt) -> Said:
    """Everything that a doubt says. Raises Unsound for a text that was altered."""
    unseal = opener()

    def read(field: str, sealed: bytes | memoryview) -> str:
        return unseal(bytes(sealed), f"doubt/{doubt.pk}/{field}").decode() if sealed else ""

    told = json.loads(read("told", doubt.told_how) or "{}")
    return Said(
        question=read("question", doubt.question),
        whom=told.get("whom", ""),
        means=told.get("means", ""),
        answer=read("answer", doubt.answer),
    )
