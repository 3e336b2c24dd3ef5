"""What a rulebook is expected to be, as its test file writes it down by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hokanko.rules.actor import Actor

OPEN = object()  # a blank without an offer, or what does not arise
# what does not arise where cameras are fixed, and where no police unit runs a trial
WORN = frozenset(
    {
        "capture.pause_grounds",
        "capture.places",
        "capture.places_outside",
        "capture.places_managed",
        "capture.user_registration",
        "device.wear_positions",
        "device.storage_lock",
        "shift.ends",
        "shift.return_grace_minutes",
        "shift.late_start_minutes",
        "shift.early_stop_minutes",
        "shift.pause_minutes",
        "shift.long_pause_minutes",
        "shift.silence_minutes",
    }
)
TRIAL = frozenset(
    {
        "doc.valid_until",
        "doc.source_keep_until",
        "project.months",
        "incident.report_hours",
        "incident.onward_hours",
        "provision.entered_by",
        "night_duty.hours",
        "night_duty.holidays",
        "night_duty.substitute",
        "night_duty.report",
        "publicity.consult",
        "final_report.required",
        "final_report.publish",
        "classification.confidentiality",
        "classification.integrity",
        "classification.availability",
    }
)


@dataclass(frozen=True, slots=True)
class Expected:
    """One rulebook as it should be: its clauses, parameters, text, and who may do what.

    `verbatim` where the clauses stand in the document's own words; where it may not be reproduced,
    none of them does. `filled` are blanks as an adopter fills them; with these and `settled`,
    `printed` are words of the text. `headings` are all lines of the text that begin with `level`.
    `unasked` are blanks that stay empty by the adopter's other choices. `columns` are the people of
    its table (tables/<code>.txt) by the names that it gives them; `told` is what their questions
    tell beside.
    """

    code: str
    clauses: int
    evidenced: int
    fixed: Mapping[str, object]
    blank: Mapping[str, object]
    default: Mapping[str, object]
    does_not_arise: frozenset[str]
    unknown: frozenset[str]  # parameters of the police book that this one lacks
    filled: Mapping[str, object]
    level: str
    headings: tuple[str, ...]
    printed: tuple[str, ...]
    columns: Mapping[str, Actor]
    told: Mapping[str, object]
    verbatim: bool = True
    uncited: frozenset[str] = frozenset()  # what the adopter fills in though no clause asks for it
    unasked: frozenset[str] = frozenset()
    settled: Mapping[str, object] = field(default_factory=dict)
    draft: tuple[str, ...] = ()  # words of the text with its blanks still open
