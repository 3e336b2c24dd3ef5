"""Statistics of a force as a file that others can add up: written, read strictly, merged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hokanko.errors import Unsound

FORMAT = "hokanko-statistics-1"
MEMBERS = {"format", "forces", "since", "until", "numbers", "units"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a force in one month ("2025-08"): its numbers by name."""

    force: str
    code: str
    name: str
    month: str
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The numbers of one or more forces over a period, both days counted."""

    forces: Mapping[str, str]  # code → name
    since: date
    until: date
    units: tuple[Unit, ...]

    @property
    def numbers(self) -> dict[str, int]:
        """The totals: the sums over units and months."""
        total: Counter[str] = Counter()
        for unit in self.units:
            total.update(unit.numbers)
        return {name: total[name] for name in sorted(total)}

    def as_json(self) -> dict[str, object]:
        """As docs/formats/statistics.md has it."""
        return {
            "format": FORMAT,
            "forces": [{"code": code, "name": name} for code, name in self.forces.items()],
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "numbers": self.numbers,
            "units": [
                {
                    "force": unit.force,
                    "code": unit.code,
                    "name": unit.name,
                    "month": unit.month,
                    "numbers": dict(unit.numbers),
                }
                for unit in self.units
            ],
        }


def write(told: Statistics) -> bytes:
    """The file's bytes."""
    return json.dumps(told.as_json(), ensure_ascii=False, indent=1).encode() + b"\n"


def read(data: bytes) -> Statistics:
    """An export as a value. Raises Unsound, also where the totals are not the sums."""
    try:
        told = json.loads(data)
        if not isinstance(told, dict) or told.get("format") != FORMAT or set(told) != MEMBERS:
            raise _unsound("not an export of this format")
        found = Statistics(
            {str(each["code"]): str(each["name"]) for each in told["forces"]},
            date.fromisoformat(told["since"]),
            date.fromisoformat(told["until"]),
            tuple(_unit(each) for each in told["units"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _unsound(str(error)) from error
    if len(found.forces) != len(told["forces"]) or {u.force for u in found.units} - set(
        found.forces
    ):
        raise _unsound("the units do not fit the forces")
    if found.numbers != told["numbers"]:
        raise _unsound("the totals are not the sums of the units")
    return found


def merge(several: Sequence[Statistics]) -> Statistics:
    """The exports of several forces as one; its totals are the sums of theirs.

    Raises Unsound where a force is told twice: its numbers would be counted twice.
    """
    if not several:
        raise ValueError("nothing to merge")
    forces: dict[str, str] = {}
    for each in several:
        if twice := set(forces) & set(each.forces):
            raise Unsound(
                f"同じ警察の統計が二度あります（{'、'.join(sorted(twice))}）。",
                f"Told twice: {', '.join(sorted(twice))}.",
            )
        forces |= each.forces
    return Statistics(
        forces,
        min(each.since for each in several),
        max(each.until for each in several),
        tuple(unit for each in several for unit in each.units),
    )


def _unit(told: Mapping[str, object]) -> Unit:
    numbers = told["numbers"]
    if not isinstance(numbers, dict) or not all(
        type(count) is int and count >= 0 for count in numbers.values()
    ):
        raise _unsound("a number is not a count")
    return Unit(
        str(told["force"]), str(told["code"]), str(told["name"]), str(told["month"]), numbers
    )


def _unsound(why: str) -> Unsound:
    return Unsound("統計の形式が正しくありません。", f"Not sound statistics: {why[:200]}.")
