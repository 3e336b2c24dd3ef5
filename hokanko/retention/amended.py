"""What a new edition does to footage already held: longer lives at once, shorter ones later.

A longer period adopts each key into its later day before the earlier one may die. A shorter one
brings each key forward, once the edition is in force, and never to a day before that one (I7).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.ledger.models import Entry
from hokanko.people.models import Organisation
from hokanko.retention.due import counted
from hokanko.retention.moving import believed
from hokanko.retention.redate import Move, redate
from hokanko.rules import book as books
from hokanko.rules.actor import machine
from hokanko.rules.decide import Rules, adoption
from hokanko.rules.models import Adoption

EXACT = "exact"  # the document fixes the clock: footage keeps that of its own edition


def moves(org: str, rules: Rules, floor: date) -> list[Move]:
    """What an edition would change about footage held now; nothing ends before `floor`.

    What a person has extended by hand keeps its day, and so does what came in under a document
    that fixes the clock.
    """
    held = Footage.objects.filter(org=org, state="held", last_day__gte=clock.today())
    free = held.exclude(edition__in=_under_exact(org)).select_related("org").order_by("number")
    extended = _extended(org)
    found = [Move(f, _day(f, rules, floor)) for f in free]
    return [
        move
        for move in found
        if move.later
        or (move.day < move.footage.last_day and thing(move.footage).name not in extended)
    ]


def lengthen(org: Organisation, edition: Adoption, found: Iterable[Move]) -> None:
    """The longer lives of a newly signed edition, at once."""
    longer = [move for move in found if move.later]
    if longer:
        redate(org, longer, edition.number, by=machine("editions", org.pk))


def take_effect() -> None:
    """The shorter lives of each edition that has come into force since the last time."""
    for org in Organisation.objects.select_related("parent"):
        now = adoption(org.pk)
        due = now is not None and now.signed_at is not None and now.redated_at is None
        if not due or now is None or now.since is None or now.since > clock.now():
            continue
        rules = Rules(books.load(now.book), now.values)
        if now.fingerprint != rules.book.fingerprint:
            continue  # an altered text ends nothing
        found = moves(org.pk, rules, max(clock.today(), clock.day_of(now.since)))
        if found:
            redate(org, found, now.number, by=machine("editions", org.pk))
        Adoption.objects.filter(pk=now.pk).update(redated_at=clock.now())


def _day(footage: Footage, rules: Rules, floor: date) -> date:
    told = rules.book.effective(rules.values)
    days = told["retention.days"]
    if not isinstance(days, int):  # a blank nobody has filled: nothing is known to change
        return footage.last_day
    day = counted(
        footage.created,
        believed(footage),
        days,
        clock_start=str(told["retention.clock_start"]),
        count_first_day=bool(told["retention.count_first_day"]),
    )
    return day if day > footage.last_day else min(footage.last_day, max(day, floor))


def _extended(org: str) -> set[str]:
    """Footage (as the ledger's `about`) that a person has kept longer by hand."""
    lines = Entry.objects.filter(org=org, kind="retention.extended")
    return set(lines.values_list("about", flat=True))


def _under_exact(org: str) -> set[str]:
    """Fingerprints of the editions lived under here whose document fixes the clock."""
    lived = Adoption.objects.filter(org=org).values_list("book", "fingerprint")
    exact = {code for code in books.codes() if _mode(code) == EXACT}
    return {fingerprint for code, fingerprint in lived if code in exact}


def _mode(code: str) -> object:
    return books.load(code).parameter("retention.mode").value
