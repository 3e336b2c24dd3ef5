"""Where images may lie on this machine: the folders declared for the storage places of the rules.

The rules name places in words (役場3階サーバ室); a folder is brought under such a word by a
declaration (`storage.declare`), which stands on the ledger. The home's own folder needs none: it
is the recorder itself, at the first place that the rules name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from hokanko.backup.models import StoragePlace
from hokanko.errors import Missing
from hokanko.keyring import keys
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.book import Clause
from hokanko.rules.decide import adopted_book, adoption, parameter, require

TRANSFER = "storage.external_transfer"


@dataclass(frozen=True, slots=True)
class Listed:
    """One place as the rules name it, and a folder that lies there; `row` where it was declared."""

    place: str
    where: str
    row: StoragePlace | None


def named(org: str) -> tuple[str, ...]:
    """The storage places of the rules in force, in their order."""
    return tuple(str(each) for each in parameter(org, "storage.places") or ())


def listed(org: Organisation) -> list[Listed]:
    """The folders that count now: the home's own, then what is declared for a place in force."""
    places = named(org.pk)
    rows = StoragePlace.objects.filter(org=org, withdrawn_at=None, place__in=places)
    own = [Listed(place, str(keys.home().path), None) for place in places[:1]]
    declared = rows.order_by("declared_at", "id")
    return own + [Listed(row.place, row.where, row) for row in declared]


def limiting(org: str) -> Clause | None:
    """The clause by which images may lie at these places only; None where no document says so."""
    book = adopted_book(org)
    clauses = book.parameter(TRANSFER).clauses
    return book.clause(clauses[0]) if parameter(org, TRANSFER) == "forbidden" and clauses else None


def place(pk: UUID) -> StoragePlace:
    """The declaration of that id. Raises Missing."""
    found = StoragePlace.objects.select_related("org__parent").filter(pk=pk).first()
    if found is None:
        raise Missing("この届出はありません。", "There is no such declaration.")
    return found


def is_listed(org: Organisation, folder: Path) -> bool:
    """Whether a folder is one of them, or lies within one; links are followed first."""
    real = folder.resolve()
    return any(real.is_relative_to(Path(each.where).resolve()) for each in listed(org))


def require_listed(folder: Path, *, by: Actor) -> None:
    """Every organisation's own rules are asked: the strictest counts. Raises Refusal."""
    for org in Organisation.objects.select_related("parent").order_by("code"):
        if adoption(org.pk) is None:  # the home's own: no document, no places
            continue
        outside = not is_listed(org, folder)
        require(by, "backup.make", thing_of_org(org), unlisted=outside)
