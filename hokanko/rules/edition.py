"""How papers name the edition in force: its number, its hash, and its line on the ledger."""

from __future__ import annotations

import json
from datetime import datetime

from hokanko import clock
from hokanko.ledger.models import Entry
from hokanko.papers.sheet import Sheet
from hokanko.rules.decide import adopted_book, adoption
from hokanko.rules.marking import class_mark
from hokanko.rules.models import Adoption

ENACTING = ("rulebook.signed", "rulebook.adopted")


def name_of(org: str, at: datetime | None = None) -> str:
    """The edition in force, now or then, for a margin: 「防犯カメラ設置・運用要領 第2版」."""
    then = adoption(org, at)
    title = adopted_book(org).title_ja
    return f"{title} 第{then.number}版" if then else title


def line_of(edition: Adoption) -> Entry | None:
    """The ledger's line that enacted an edition, or that gave it provisionally."""
    kinds = ENACTING if edition.signed_at else ENACTING[1:]
    for line in Entry.objects.filter(org=edition.org, kind__in=kinds).order_by("-at", "-id"):
        if json.loads(bytes(line.body))["facts"].get("edition_number") == edition.number:
            return line
    return None


def told_in(kind: str, about: str) -> int | None:
    """The number of the newest ledger line of a kind about a thing, for a margin."""
    lines = Entry.objects.filter(kind=kind, about=about).exclude(place=None)
    return lines.order_by("-place").values_list("place", flat=True).first()


def sheet_of(
    org: str, unit: str, number: str, ledger: int | None = None, at: datetime | None = None
) -> Sheet:
    """The margin of a paper of today, or of something done at a moment: its day, its edition."""
    day = clock.day_of(at) if at else clock.today()
    return Sheet(unit, number, name_of(org, at), day, ledger, class_mark(org))
