"""Media that were handed out with a provision, as the ledger tells: none is a recorder's disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hokanko.audit.queries import plain
from hokanko.audit.scope import Line, Scope


@dataclass(frozen=True, slots=True)
class Handed:
    """A medium by its own number: with which provision it left last, and whether it is back."""

    name: str
    provision: str
    on: date
    is_back: bool

    @property
    def about(self) -> str:
        """As entries name it."""
        return f"medium:{self.name}"[:60]


def handed(scope: Scope) -> dict[str, Handed]:
    """Each medium that was ever handed out, by its number as two people would write it."""
    over = scope.lines("provision.returned", "provision.destroyed")
    back = {str(line.facts["number"]) for line in over}
    issued = [ln for ln in scope.lines("provision.issued") if ln.facts.get("thing") == "medium"]
    out = {_name(line) for line in issued if str(line.facts["number"]) not in back}
    left = [line for line in scope.lines("provision.handed") if _name(line)]
    return {_name(line): _handed(line, is_back=_name(line) not in out) for line in left}


def handed_as(scope: Scope, serial: str) -> Handed | None:
    """The one that goes by this number."""
    return handed(scope).get(plain(serial))


def _handed(line: Line, *, is_back: bool) -> Handed:
    return Handed(str(line.facts["medium"]), str(line.facts["number"]), line.day, is_back)


def _name(line: Line) -> str:
    return plain(str(line.facts.get("medium") or ""))
