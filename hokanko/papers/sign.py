"""表示板: the sign that tells people of the cameras; the drawing on it is our own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hokanko.papers.code import svg
from hokanko.papers.press import pdf

SIZES_MM = {"a4": (297, 210), "a3": (420, 297), "small": (100, 70)}


@dataclass(frozen=True, slots=True)
class Sign:
    """What the sign says. What is empty leaves no gap; an empty `address` leaves no code.

    `headline` and `purpose` are Japanese and English; `lines` are further sentences, such as those
    asked for where faces are recognised. `edition` is the small print.
    """

    headline: tuple[str, str]
    organisation: str
    purpose: tuple[str, str] = ("", "")
    contact: str = ""
    lines: tuple[str, ...] = ()
    address: str = ""
    edition: str = ""
    day: date = date(2026, 1, 1)


def render(paper: Sign, size: str) -> bytes:
    """The sign as PDF in one of SIZES_MM. Print without scaling."""
    return pdf("sign", data(paper, size))


def data(paper: Sign, size: str) -> dict[str, object]:
    """As `sign.typ` reads it. Raises KeyError for an unknown size."""
    width, height = SIZES_MM[size]
    return {
        "width": width,
        "height": height,
        "headline": list(paper.headline),
        "purpose": list(paper.purpose),
        "organisation": paper.organisation,
        "contact": paper.contact,
        "lines": list(paper.lines),
        "address": paper.address,
        "code": svg(paper.address) if paper.address else "",
        "edition": paper.edition,
        "day": [paper.day.year, paper.day.month, paper.day.day],
    }
