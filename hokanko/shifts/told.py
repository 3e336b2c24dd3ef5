"""The rows of a shift's page: each gap and each stretch in words, with the form it still needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.forms import Form
from django.utils.functional import Promise

from hokanko import clock
from hokanko.footage.worn import CONSENTS, UNFILMED
from hokanko.rules.decide import rules_at
from hokanko.shifts.forms import ConsentForm, ExplainForm
from hokanko.shifts.gaps import Gap
from hokanko.shifts.models import Explanation, Passage
from hokanko.shifts.queries import Shift
from hokanko.shifts.terms import grounds, places
from hokanko.shifts.texts import read


@dataclass(frozen=True, slots=True)
class GapRow:
    """One gap: what it is, what was said of it, or the form that asks."""

    gap: Gap
    kind: Promise
    told: Explanation | None
    words: str
    form: Form | None


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One stretch: where it was, what managers said, or the form that asks."""

    passage: Passage
    place: str
    consents: tuple[tuple[str, str, Promise | str], ...]  # premises, manager, outcome
    form: Form | None
    asking: str  # what the form of an exceptional erasure is told of it


def rows_of(shift: Shift, bound: Mapping[str, Form], *, writes: bool) -> dict[str, object]:
    """The two lists of the page; a form that was refused (`bound`) stands where it was."""
    org = shift.checkout.camera.org_id
    offered, named = grounds(org), places(org)
    return {
        "gaps": [
            GapRow(
                gap=each.gap,
                kind=UNFILMED[each.gap.kind],
                told=each.told,
                words=_words(each.told),
                form=(bound.get(each.gap.key) or ExplainForm(each.gap, offered))
                if writes and each.told is None
                else None,
            )
            for each in shift.asked
        ],
        "passages": [
            PassageRow(
                passage=each,
                place=named.get(each.place, each.place),
                consents=_consents(each),
                form=(bound.get(str(each.pk)) or ConsentForm(org, each.pk))
                if writes and each in shift.unconsented
                else None,
                asking=_asking(org, each),
            )
            for each in shift.passages
        ],
    }


def _words(told: Explanation | None) -> str:
    return read("explanation", told.pk, told.words) if told else ""


def _asking(org: str, passage: Passage) -> str:
    """The stretch, to the second, and the clause that says where may be filmed."""
    clause = rules_at(org).book.parameter("capture.places_outside").clauses[0]
    seconds = "%Y-%m-%dT%H:%M:%S"
    return urlencode(
        {
            "number": passage.footage.number,
            "departs": clause,
            "begun": passage.begun.astimezone(clock.TOKYO).strftime(seconds),
            "ended": passage.ended.astimezone(clock.TOKYO).strftime(seconds),
        }
    )


def _consents(passage: Passage) -> tuple[tuple[str, str, Promise | str], ...]:
    return tuple(
        (
            each.premises,
            read("premises", each.pk, each.manager),
            CONSENTS.get(each.outcome, each.outcome),
        )
        for each in sorted(passage.consents.all(), key=lambda row: (row.at, row.pk))
    )
