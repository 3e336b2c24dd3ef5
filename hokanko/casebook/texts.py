"""The personal texts of a case, sealed under the keyring and opened for who may read the case."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.utils.translation import gettext

from hokanko.casebook.models import Case, CaseReport, CaseStep
from hokanko.keyring.texts import opener, sealer


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one case; what was never written is empty."""

    name: str
    reach: str
    story: str
    reason: str
    measures: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One act in a case, opened."""

    kind: str
    at: datetime
    by: str
    text: str


def seal(case: Case, field: str, text: str) -> bytes:
    """A text of the case, bound to its place: moved elsewhere it no longer opens."""
    return sealer()(text.encode(), _context(case, field))


def sender(name: str, reach: str) -> str:
    """Who turned to us and how to reach him, as one text."""
    return json.dumps({"name": name, "reach": reach}, ensure_ascii=False)


def at_moment(kind: str, at: datetime) -> str:
    """The place of a step within its case."""
    return f"{kind}/{at.astimezone(UTC).isoformat()}"


def texts(case: Case) -> Texts:
    """Everything the case says. Raises Unsound for a text that was altered."""
    unseal = opener()

    def read(field: str, sealed: bytes | memoryview) -> str:
        return unseal(bytes(sealed), _context(case, field)).decode() if sealed else ""

    who = json.loads(read("sender", case.sender))
    return Texts(
        name=who["name"],
        reach=who["reach"],
        story=read("story", case.story),
        reason=read("reason", case.outcome_reason),
        measures=read("measures", case.measures),
        other=read("other", case.other),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of one report along the chain."""

    whom: str
    text: str


def told(report: CaseReport) -> Told:
    """Who took a report and what was told. Raises Unsound for a text that was altered."""
    sealed = opener()(bytes(report.text), _context(report.case, f"report/{report.leg}"))
    return Told(**json.loads(sealed))


def seal_told(case: Case, leg: int, said: Told) -> bytes:
    """The texts of a report, bound to its leg."""
    text = json.dumps({"whom": said.whom, "text": said.text}, ensure_ascii=False)
    return seal(case, f"report/{leg}", text)


def note_step(case: Case, kind: str, text: str, at: datetime, by: UUID | None) -> None:
    """One more act in a case; by nobody where the program did it."""
    sealed = seal(case, at_moment(kind, at), text)
    CaseStep.objects.create(case=case, kind=kind, at=at, by_id=by, text=sealed)


def steps(case: Case) -> list[Step]:
    """The acts of a case in order. Raises Unsound for a text that was altered."""
    unseal = opener()
    rows = CaseStep.objects.filter(case=case).select_related("by").order_by("id")
    return [
        Step(
            kind=row.kind,
            at=row.at,
            by=row.by.name if row.by else gettext("プログラム"),
            text=unseal(bytes(row.text), _context(case, at_moment(row.kind, row.at))).decode(),
        )
        for row in rows
    ]


def _context(case: Case, field: str) -> str:
    return f"case/{case.pk}/{field}"
