"""Measuring in turns, comparing round by round, and saying which goals were reached."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias, TypeVar

Measure: TypeAlias = Callable[[], float]
Lap = TypeVar("Lap")


@dataclass(frozen=True, slots=True)
class Figure:
    """Ours against a peer or a limit; the ratio is the median of the rounds' ratios."""

    name: str
    ours: Sequence[float]
    peer_name: str
    peer: Sequence[float]
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def ratio(self) -> float:
        return median(a / b for a, b in zip(self.ours, self.peer, strict=True))

    @property
    def goal(self) -> str:
        if self.at_least is not None:
            return f"≥ {self.at_least}"
        return f"≤ {self.at_most}" if self.at_most is not None else ""

    @property
    def reached(self) -> bool | None:
        """Whether the goal was reached; None where there is none."""
        if self.at_least is not None:
            return self.ratio >= self.at_least
        return self.ratio <= self.at_most if self.at_most is not None else None

    def as_json(self) -> dict[str, object]:
        """One line of the answer."""
        return {
            "name": self.name,
            "ours": round(median(self.ours), 3),
            "peer": round(median(self.peer), 3),
            "peer_name": self.peer_name,
            "ratio": round(self.ratio, 3),
            "unit": self.unit,
            "goal": self.goal,
            "reached": self.reached,
        }

    def __str__(self) -> str:
        word = {True: "reached", False: "MISSED", None: ""}[self.reached]
        ours, peer = f"{median(self.ours):,.4g}", f"{median(self.peer):,.4g}"
        said = f"{self.name} {ours} ÷ {self.peer_name} {peer} {self.unit}"
        return f"{said:<92}{self.ratio:9.3f}  {self.goal:<9}{word}"


def in_turns(works: Mapping[str, Callable[[], Lap]], rounds: int) -> dict[str, list[Lap]]:
    """Every measure once a round, in the same order, so that noise meets all of them."""
    laps: dict[str, list[Lap]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            laps[name].append(work())
    return laps


def against_limit(name: str, ours: Sequence[float], limit: float, unit: str) -> Figure:
    """A figure whose goal is a plain limit."""
    return Figure(name, ours, "limit", [limit] * len(ours), unit, at_most=1.0)


def tell(found: Sequence[Figure], left_out: Sequence[str], *, as_json: bool) -> None:
    """The figures for people on stderr, and for a machine on stdout."""
    print("\n".join(map(str, found)), file=sys.stderr)
    if left_out:
        print(f"left out: {', '.join(left_out)}", file=sys.stderr)
    if as_json:
        body = {"figures": [figure.as_json() for figure in found], "left_out": list(left_out)}
        print(json.dumps(body, ensure_ascii=False))


def spread(taken: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """Each measure's median, least and most."""
    for name, laps in taken.items():
        yield f"{name:44}{median(laps):12,.4g}  ({min(laps):,.4g} .. {max(laps):,.4g})"
