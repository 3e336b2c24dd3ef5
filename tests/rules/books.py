"""What a rulebook is expected to be, as its test file writes it down by hand, and asking it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hokanko.rules.actor import Actor
from hokanko.rules.book import Book, load
from hokanko.rules.text import Paragraph, paragraphs
from tests.rules import matrix

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
# what does not arise where no faces are compared
FACES = frozenset(
    {
        "watch.unmatched_days",
        "watch.identity_fields",
        "alert.staff_fields",
        "alert.banned_words",
        "joint.enabled",
        "joint.parties",
        "joint.items",
        "joint.confirmer_posts",
        "joint.notice",
        "org.use_table",
    }
)
# parameters that the police book alone has
POLICE_ALONE = frozenset({"accounts.end_with_posts", "org.hq", "org.kind"})
# what the software sets in every book, as no document speaks of it
EVERYWHERE: dict[str, object] = {
    "complaint.due_days": 7,
    "subject.due_days": 14,
    "amend.quiet_days": 7,
    "record.keep_years": 5,
}
# the same in the four books of fixed cameras
MOUNTED = EVERYWHERE | {
    "login.second_factor": False,
    "words.telephone": "public",
    "words.training": "training",
    "view.attendant": "none",
    "view.terminal_bound": False,
    "live.most_minutes": 30,
    "retention.clock_start": "captured",
    "retention.count_first_day": False,
    "retention.automatic": True,
    "derivative.still": True,
    "capture.audio": False,
}
INCIDENTS = (
    "映像の漏えい、滅失又は改ざん",
    "機器又は記録媒体の紛失又は盗難",
    "機器の重大な障害",
)
ENTERING = ("person.register", "person.rekey", "post.appoint", "post.dismiss")


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

    @property
    def loaded(self) -> Book:
        """The rulebook itself."""
        return load(self.code)

    def paragraphs(self, clause: str) -> list[Paragraph]:
        """The paragraphs of its text, as filled, in which a clause stands."""
        return [row for row in paragraphs(self.loaded, self.filled) if clause in row.clauses]

    def adopt(self, chosen: Mapping[str, object] | None = None) -> None:
        """Put it in force as filled, but for what is chosen otherwise."""
        matrix.adopt(self.code, {**self.filled, **(chosen or {})})

    def answer(
        self, who: Actor, verb: str, told: Mapping[str, object] | None = None, **thing: bool
    ) -> str:
        """What it says to one person about one verb, once in force."""
        return matrix.answer(self.code, who, verb, told, **thing)

    def entering(self, who: Actor, post: str) -> list[str]:
        """What it says to one who enters the holder of a post that comes with a position."""
        told = {"post": post, "by_position": True}
        return [self.answer(who, verb, told) for verb in ENTERING]
