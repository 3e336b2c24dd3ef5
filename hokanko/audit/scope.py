"""What one organisation's board is drawn from: its rulebook, evidence, ledger and things."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeAlias

from django.db.models import Max, Q

from hokanko import clock
from hokanko.audit.life import Finding, Interval, Piece, Shown, Wanted
from hokanko.audit.models import Evidence
from hokanko.audit.queries import media
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import FIXED
from hokanko.footage.models import Footage
from hokanko.ledger.models import Entry
from hokanko.people.models import Appointment, Organisation, Terminal
from hokanko.people.standing import running
from hokanko.rules import book as books
from hokanko.rules.decide import adoption, rules_at
from hokanko.rules.models import Adoption


@dataclass(frozen=True, slots=True)
class Line:
    """A ledger line, as far as the board goes: no person in it."""

    id: int
    kind: str
    at: datetime
    about: str
    facts: dict[str, Any]

    @property
    def day(self) -> date:
        return clock.day_of(self.at)


@dataclass
class Scope:
    """One organisation today. Everything is asked of the database once, and only when needed."""

    org: Organisation
    today: date = field(default_factory=clock.today)
    now: datetime = field(default_factory=clock.now)
    _lasts: dict[str, date | None] = field(default_factory=dict)
    _lines: dict[tuple[str, ...], list[Line]] = field(default_factory=dict)

    @cached_property
    def book(self) -> books.Book:
        return rules_at(self.org.pk).book

    @cached_property
    def values(self) -> dict[str, object]:
        return self.book.effective(rules_at(self.org.pk).values)

    @cached_property
    def adoption(self) -> Adoption | None:
        return adoption(self.org.pk)

    @cached_property
    def since(self) -> date:
        """The day from which the rulebook binds here."""
        return (
            clock.day_of(self.adoption.since)
            if self.adoption and self.adoption.since
            else self.today
        )

    @cached_property
    def hq(self) -> bool:
        """Whether this is a headquarters over units."""
        return self.book.level(self.org.kind) == "hq"

    @cached_property
    def in_use(self) -> bool:
        """Whether footage is kept, or a camera runs or ever ran, here or at a unit."""
        here = Q(org=self.org) | Q(org__parent=self.org)
        ran = ~Q(kind=FIXED) | Q(activated_at__isnull=False)
        return Camera.objects.filter(here & ran).exists() or Footage.objects.filter(here).exists()

    @cached_property
    def evidence(self) -> list[Evidence]:
        """All entries that count, newest first; a headquarters' entries count for its units."""
        orgs = [self.org.pk, *([self.org.parent_id] if self.org.parent_id else [])]
        every = Evidence.objects.filter(org__in=orgs, withdrawn_at=None, waiting=False)
        every = every.defer("file", "fields")
        return list(every.order_by("-spoken_of", "-entered_at", "pk"))

    def shown_for(self, clause: books.Clause) -> list[Evidence]:
        """The entries that speak for a clause: the headquarters' own only where it owes them."""
        above = self.owed_above(clause)
        return [
            row
            for row in self.evidence
            if clause.id in row.clauses and (above or row.org_id == self.org.pk)
        ]

    def owed_above(self, clause: books.Clause) -> bool:
        """Whether only posts above this organisation owe evidence for the clause."""
        above = all(self.book.post(post).level != "unit" for post in clause.owners)
        return bool(clause.owners) and not self.hq and above

    def owed_below(self, clause: books.Clause) -> bool:
        """Whether it is the units of this headquarters that owe evidence for the clause."""
        below = all(self.book.post(post).level == "unit" for post in clause.owners)
        return bool(clause.owners) and self.hq and below

    @cached_property
    def cameras(self) -> list[Camera]:
        return list(Camera.objects.filter(org=self.org, retired_at=None).order_by("number"))

    @cached_property
    def terminals(self) -> list[Terminal]:
        mine = Terminal.objects.filter(org=self.org, retired_at=None).defer("file")
        return list(mine.order_by("name", "pk"))

    def lines(self, *kinds: str) -> list[Line]:
        """Lines of these kinds, oldest first."""
        if kinds not in self._lines:
            rows = Entry.objects.filter(org=self.org.pk, kind__in=kinds).order_by("at", "id")
            self._lines[kinds] = [
                Line(pk, kind, at, about, json.loads(bytes(body))["facts"])
                for pk, kind, at, about, body in rows.values_list(
                    "pk", "kind", "at", "about", "body"
                )
            ]
        return self._lines[kinds]

    @cached_property
    def held(self) -> list[Appointment]:
        """Running appointments to the document's own posts; the software's posts swear nothing."""
        posts = [p.id for p in self.book.posts if p.clauses and not p.machine]
        rows = running(self.now).filter(org=self.org, post__in=posts, person__retired_at=None)
        return list(
            rows.select_related("person__org").prefetch_related(
                "person__oaths", "person__trainings"
            )
        )

    def last(self, kind: str) -> date | None:
        """The day of the newest line of a kind; of a year of them no other is read."""
        if kind not in self._lasts:
            mine = Entry.objects.filter(org=self.org.pk, kind=kind)
            newest = mine.aggregate(at=Max("at"))["at"]
            self._lasts[kind] = clock.day_of(newest) if newest else None
        return self._lasts[kind]

    def interval(self, evidence: books.Evidence) -> Interval:
        """How long evidence is good for here; a blank nobody filled counts as one month."""
        if evidence.every_months_of:
            months = self.values.get(evidence.every_months_of)
            return Interval(months=int(str(months)) if months else 1)
        return Interval(days=evidence.every_days or 0)

    def pieces(self, evidence: books.Evidence) -> list[Piece]:
        """What evidence is needed for, one by one."""
        if evidence.parts:
            return [
                Piece(f"part:{p}"[:60], self.since, f"{p}：", f"{p}: ")
                for p in self._parts(evidence)
            ]
        made = EACH.get(evidence.each)
        return made(self) if made else [Piece("", self.since)]

    def _parts(self, evidence: books.Evidence) -> list[str]:
        """The parts; those that are posts only at the level where the post stands."""
        posts = {post.id: post.level for post in self.book.posts}
        level = "hq" if self.hq else "unit"
        return [part for part in evidence.parts if posts.get(part, level) == level]


Source: TypeAlias = Callable[[Scope, books.Clause], Finding]  # how a clause stands there


def wanted(evidence: books.Evidence) -> Wanted:
    """What a rulebook asks for, in words."""
    return Wanted(evidence.what_ja, evidence.what_en, evidence.owners, evidence.form)


def shown(rows: list[Evidence]) -> list[Shown]:
    """Entries, as far as their life goes."""
    return [Shown(str(row.pk), row.about, row.spoken_of, row.expires_on) for row in rows]


def cameras(scope: Scope, *, at_once: bool = False) -> list[Piece]:
    """Every camera in service; of a fixed one that does not run yet, its own checklist tells.

    One whose operation has ended owes its removal alone.

    `at_once`: that one too, for what is owed from the sale on.
    """
    return [
        Piece(
            f"camera:{c.pk}",
            clock.day_of(c.registered_at),
            f"カメラ {c.number}：",
            f"camera {c.number}: ",
        )
        for c in scope.cameras
        if at_once or c.kind != FIXED or (c.activated_at and not c.ended_at)
    ]


def terminals(scope: Scope) -> list[Piece]:
    """Every terminal in service or prepared."""
    return [
        Piece(
            f"terminal:{t.pk}",
            clock.day_of(t.enrolled_at) if t.enrolled_at else scope.since,
            f"{t.name}：",
            f"{t.name}: ",
        )
        for t in scope.terminals
    ]


def _media(scope: Scope) -> list[Piece]:
    """Every registered medium; the organisation itself while there is none."""
    found = [(f"medium:{e.row.pk}", e.row.spoken_of, e.fields["name"]) for e in media(scope.org.pk)]
    pieces = [Piece(about, since, f"{name}：", f"{name}: ") for about, since, name in found]
    return pieces or [Piece("", scope.since)]


def _places(scope: Scope) -> list[Piece]:
    """Every place that the adopted rulebook names for storage."""
    places = scope.values.get("storage.places") or ()
    listed = [str(each) for each in places] if isinstance(places, (list, tuple)) else [str(places)]
    found = [Piece(f"place:{p}"[:60], scope.since, f"{p}：", f"{p}: ") for p in listed]
    return found or [Piece("", scope.since)]


EACH = {"camera": cameras, "terminal": terminals, "medium": _media, "place": _places}
