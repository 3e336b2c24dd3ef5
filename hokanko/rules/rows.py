"""The rows of a rulebook: what a parameter, a post, a purpose, a clause … is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

BOOK, POLICY, TEXT = "book.toml", "policy.cedar", "text.ja.md"
BY_POSITION = "by-position"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value the rules turn on; `status` says who decides it: fixed | blank | default.

    `choices` maps each value of an enum, or each item of a list that is read in two languages, to
    its Japanese and English name. `applies` is False where
    the subject does not arise under this document; it may then be without a value. An adopter who
    fills in more than `reason_above` gives the reason in the parameter that `reason_in` names.
    A blank with `needed_if`, such as "joint.enabled=true", may stay empty while that is not so; an
    `optional` one always may.
    """

    name: str
    type: str
    status: str
    ja: str
    en: str
    clauses: tuple[str, ...]
    value: object = None
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    min: int | None = None
    max: int | None = None
    unit: str = ""
    applies: bool = True
    reason_above: int | None = None
    reason_in: str = ""
    needed_if: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A post (役職); its Japanese name is its id.

    `appointed_by` is a post or "by-position". `combine` are the posts one person may hold beside
    it. Without clauses it is the software's own, and no document gives it powers over footage.
    """

    id: str
    en: str
    level: str
    appointed_by: str
    clauses: tuple[str, ...]
    combine: tuple[str, ...] = ()
    position_ja: str = ""
    position_en: str = ""
    required: bool = False
    machine: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of organisation the rulebook is for, and at which level its posts stand there."""

    id: str
    ja: str
    en: str
    level: str = "unit"


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose of use (利用目的) the requester picks; `by_law` marks the law's own route.

    `form_ja` is the form's wording where it differs; `bracket` where the form prints （ ）.
    `text_ja` names the text that `needs_text` asks for; `decider` is the post the route goes to.
    `says`: the text must hold a word of each group, where the document asks for several things.
    `only_for` ("commerce") limits it to footage whose camera filmed for that; `needs_consent` asks
    for consents on record, given before the use. `exception`: it stands beside the purposes, for
    the cases in which they do not bind.
    """

    id: str
    ja: str
    en: str
    clause: str
    form_ja: str = ""
    needs_text: bool = False
    bracket: bool = False
    text_ja: str = ""
    text_en: str = ""
    says: tuple[tuple[str, ...], ...] = ()
    by_law: bool = False
    only_for: str = ""
    needs_consent: bool = False
    decider: str = ""
    exception: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of provision (提供事由) that the decider picks.

    `consent` marks the ground that rests on the consent of those who are filmed. `paper_within`
    names the parameter with the days within which its paper may follow.
    """

    id: str
    ja: str
    en: str
    clause: str
    needs_text: bool = False
    text_ja: str = ""
    text_en: str = ""
    needs_return_day: bool = False
    consent: bool = False
    paper_within: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the request form, in the order of the sheet.

    `clause` is empty where the form is the software's own. A field of section "ground" is asked of
    the decider for the `grounds` it names. `column` is the entry of the provision record
    (`provision.record_fields`) under which the field is told.
    """

    id: str
    section: str
    type: str
    ja: str
    en: str
    clause: str
    filled_by: str
    required: bool
    options: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    grounds: tuple[str, ...] = ()
    column: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One sentence of the sheet on which training is confirmed: right or wrong, and why."""

    id: str
    ja: str
    en: str
    right: bool
    why_ja: str
    why_en: str
    clause: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a duty was done: every N days (0 = once), or `due` at an event or date.

    `every_months_of` names the parameter that says how many months. `form` is the register it
    stands in; `each` asks one for every camera, terminal …, and `parts` one for each of these.
    `dated_by` is the register in which the day is entered once somebody else has set it. `photo`:
    no entry speaks for it without a file; its policy refuses one by its article.
    """

    what_ja: str
    what_en: str
    owners: tuple[str, ...]
    every_days: int | None = None
    every_months_of: str = ""
    due: str = ""
    form: str = "evidence"
    each: str = ""
    parts: tuple[str, ...] = ()
    dated_by: str = ""
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of the document; `carried` is enforced | evidenced | printed | outside."""

    id: str
    article: str
    who: str
    kind: str
    carried: str
    ja: str
    en: str
    evidence: Evidence | None = None

    @property
    def asked(self) -> Evidence:
        """What it asks to be shown, for whoever knows that it asks for something."""
        assert self.evidence is not None, self.id
        return self.evidence

    @property
    def owners(self) -> tuple[str, ...]:
        """The posts that owe its evidence; none where it asks for none."""
        return self.evidence.owners if self.evidence else ()


@dataclass(frozen=True, slots=True)
class Law:
    """A law the document cites: as printed, and as in force where that differs.

    `reviewed` is the day on which its name and article were last compared with the law in force.
    """

    id: str
    clauses: tuple[str, ...]
    as_printed: str
    in_force: str
    since: date | None = None
    note_ja: str = ""
    note_en: str = ""
    reviewed: date | None = None

    @property
    def now(self) -> str:
        """As it is called today."""
        return self.in_force or self.as_printed


ROWS: dict[str, type] = {
    "parameter": Parameter,
    "kind": Kind,
    "post": Post,
    "purpose": Purpose,
    "ground": Ground,
    "form_field": FormField,
    "clause": Clause,
    "law": Law,
    "question": Question,
}
