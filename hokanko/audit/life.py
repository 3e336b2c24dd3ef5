"""The life of evidence: missing, held, stale. Date arithmetic only; no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hokanko.clock import add_months


@dataclass(frozen=True, slots=True)
class Interval:
    """How long evidence is good for: days or months; neither: for good."""

    days: int = 0
    months: int = 0

    def after(self, day: date) -> date | None:
        """The last day that evidence of `day` is good for; None for good."""
        if self.months:
            return add_months(day, self.months)
        return day + timedelta(days=self.days) if self.days else None


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence, as far as its life goes: what it is about, and its days."""

    id: str
    about: str
    spoken_of: date
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that evidence is needed for since a day: a camera, a part, the whole ("")."""

    about: str
    since: date
    ja: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """When a piece was seen to last, None for never, and when it is due: date.max for never."""

    piece: Piece
    last: date | None
    due: date


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that is owed: what, since when, by which posts, and in which register."""

    ja: str
    en: str
    due: date | None = None
    who: tuple[str, ...] = ()
    about: str = ""
    form: str = ""
    before_use: bool = False  # asked for before anything is used, which nothing is yet: not late

    @property
    def camera(self) -> str:
        """The camera on whose page it is done; empty where it is done elsewhere."""
        return self._named("camera")

    @property
    def case(self) -> str:
        """The case on whose page it is done; empty where it is done elsewhere."""
        return self._named("case")

    def _named(self, wanted: str) -> str:
        kind, _, pk = self.about.partition(":")
        return pk if kind == wanted and not self.form else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What evidence is called, which posts owe it, and the register it is entered in."""

    ja: str
    en: str
    who: tuple[str, ...] = ()
    form: str = ""

    def missing(self, piece: Piece, due: date) -> Owed:
        """That there is none yet."""
        ja, en = f"{piece.ja}{self.ja}がまだありません", f"{piece.en}{self.en}: none yet"
        return Owed(ja, en, due, self.who, piece.about, self.form)

    def stale(self, piece: Piece, due: date) -> Owed:
        """That the last is too old."""
        ja, en = f"{piece.ja}{self.ja}の期限が過ぎました", f"{piece.en}{self.en}: overdue"
        return Owed(ja, en, due, self.who, piece.about, self.form)


@dataclass(frozen=True, slots=True)
class Finding:
    """How a clause stands: what is owed, the last evidence, the next day, how often it arose.

    `arises` is False where nothing has happened yet that evidence would be due for. `coming` is
    what is waited for and not owed yet, the next first.
    """

    owed: tuple[Owed, ...] = ()
    last: date | None = None
    due: date | None = None
    arises: bool = True
    coming: tuple[Owed, ...] = ()


def stand(
    pieces: Sequence[Piece],
    shown: Iterable[Shown],
    interval: Interval,
    today: date,
    wanted: Wanted,
    *,
    looks_back: bool = False,
) -> Finding:
    """How the evidence for these pieces stands today.

    Evidence about nothing in particular speaks for every piece there was on its day. What
    `looks_back` upon an interval, such as a periodic inspection, is first due when one is over.
    """
    owed, found = [], terms(pieces, shown, interval, looks_back=looks_back)
    for term in found:
        if term.last is None and term.due <= today:
            owed.append(wanted.missing(term.piece, term.due))
        elif term.last is not None and term.due < today:
            owed.append(wanted.stale(term.piece, term.due))
    lasts = [term.last for term in found if term.last]
    dues = [term.due for term in found if term.due != date.max]
    return Finding(tuple(owed), max(lasts, default=None), min(dues, default=None), bool(pieces))


def terms(
    pieces: Sequence[Piece], shown: Iterable[Shown], interval: Interval, *, looks_back: bool = False
) -> list[Term]:
    """For each piece, when it was seen to last and when it is due again."""
    every = tuple(shown)
    return [_term(piece, every, interval, looks_back=looks_back) for piece in pieces]


def _term(piece: Piece, every: Sequence[Shown], interval: Interval, *, looks_back: bool) -> Term:
    mine = [each for each in every if _speaks(each, piece)]
    if not mine:
        first = interval.after(piece.since) if looks_back else None
        return Term(piece, None, first or piece.since)
    last = max(each.spoken_of for each in mine)
    return Term(piece, last, max(_good_until(each, interval) for each in mine))


def together(findings: Sequence[Finding]) -> Finding:
    """Several findings on one clause, as one."""
    return Finding(
        owed=tuple(each for finding in findings for each in finding.owed),
        last=max((f.last for f in findings if f.last), default=None),
        due=min((f.due for f in findings if f.due), default=None),
        arises=any(finding.arises for finding in findings),
        coming=tuple(each for finding in findings for each in finding.coming),
    )


def awaited(waiting: Sequence[Owed], today: date, last: date | None, *, arises: bool) -> Finding:
    """What is waited for, each by its own day if it has one: owed once that is over."""
    owed = tuple(each for each in waiting if each.due and each.due < today)
    dated = sorted((each for each in waiting if each.due), key=lambda each: each.due or date.max)
    coming = tuple(each for each in dated if each not in owed)
    return Finding(owed, last, dated[0].due if dated else None, arises, coming)


def _speaks(each: Shown, piece: Piece) -> bool:
    return each.about == piece.about or (each.about == "" and each.spoken_of >= piece.since)


def _good_until(each: Shown, interval: Interval) -> date:
    ends = [day for day in (interval.after(each.spoken_of), each.expires_on) if day]
    return min(ends, default=date.max)
