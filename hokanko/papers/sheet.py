"""What every paper carries in its margins: whose it is, its numbers and its class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Sheet:
    """The margin of one paper. `ledger` is the index of the ledger entry it tells of.

    `class_mark` is the information class in the rulebook's words; "" where it knows none.
    """

    unit: str
    number: str
    edition: str
    day: date
    ledger: int | None = None
    class_mark: str = ""

    def data(self) -> dict[str, object]:
        """As `sheet.typ` reads it."""
        return {
            "unit": self.unit,
            "number": self.number,
            "edition": self.edition,
            "day": [self.day.year, self.day.month, self.day.day],
            "ledger": "" if self.ledger is None else str(self.ledger),
            "class_mark": self.class_mark,
        }
