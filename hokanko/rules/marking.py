"""The information class that an organisation's papers are marked with."""

from __future__ import annotations

from hokanko.rules.decide import adopted_book, parameter

PARTS = (
    ("機密性", "classification.confidentiality"),
    ("完全性", "classification.integrity"),
    ("可用性", "classification.availability"),
)


def class_mark(org: str) -> str:
    """As in the margin: "機密性2・完全性2・可用性1"; "" where the rulebook has no classes."""
    book = adopted_book(org)
    known = [(word, name) for word, name in PARTS if book.parameter(name).applies]
    return "・".join(f"{word}{parameter(org, name)}" for word, name in known)


def highest_class(org: str) -> int | None:
    """The highest confidentiality (機密性) that may be handled; None where nobody classifies."""
    name = PARTS[0][1]
    return int(parameter(org, name)) if adopted_book(org).parameter(name).applies else None
