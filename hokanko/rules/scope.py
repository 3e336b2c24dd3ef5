"""Whom and which places each rulebook is for: what the wizard offers, and by which article."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from hokanko.errors import Conflict, Unsound
from hokanko.rules import book as books
from hokanko.rules.book import Book
from hokanko.rules.rows import Clause, Parameter

OPERATOR, VENUE = "scope.operator", "scope.venue"


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer held against one document: whether it speaks of that, and where."""

    asked: Parameter
    answer: tuple[str, str]
    fits: bool
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A rulebook, and why it is for this operator at this place, or why not."""

    book: Book
    reasons: tuple[Reason, ...]

    @property
    def applies(self) -> bool:
        """Whether the document is for both: the operator and the place."""
        return all(reason.fits for reason in self.reasons)


def operators() -> dict[str, tuple[str, str]]:
    """Every kind of operator that some rulebook is for, with its Japanese and English name."""
    return _choices(OPERATOR)


def venues() -> dict[str, tuple[str, str]]:
    """Every kind of place that some rulebook is for, with its Japanese and English name."""
    return _choices(VENUE)


def offers(operator: str, venue: str) -> list[Offer]:
    """Every rulebook held against the two answers: those that apply first, the narrowest first.

    Raises Conflict for an answer that no rulebook knows.
    """
    said = {OPERATOR: _known(operator, operators()), VENUE: _known(venue, venues())}
    chosen = {OPERATOR: operator, VENUE: venue}
    found = [
        Offer(book, tuple(_reason(book, name, chosen[name], said[name]) for name in chosen))
        for book in _books()
    ]
    return sorted(found, key=lambda offer: (not offer.applies, _breadth(offer.book)))


def answers(book: Book, operator: str, venue: str) -> dict[str, str]:
    """The two answers as the blanks of an edition; what the document fixes is in it already.

    Raises Conflict where the document is not for such an operator or place.
    """
    told = {OPERATOR: operator, VENUE: venue}
    for name, answer in told.items():
        row = book.parameter(name)
        if answer not in row.choices:
            known = "、".join(ja for ja, _ in row.choices.values())
            raise Conflict(
                f"「{book.title_ja}」の{row.ja}に「{answer}」はありません（対象：{known}）。",
                f"{book.code} is not for {answer} ({row.en}: {', '.join(row.choices)}).",
                mend_ja="hokanko org suggest が、当てはまる規程を示します。",
                mend_en="hokanko org suggest tells which rulebook applies.",
            )
    return {name: text for name, text in told.items() if book.parameter(name).status != "fixed"}


def _reason(book: Book, name: str, chosen: str, said: tuple[str, str]) -> Reason:
    row = book.parameter(name)
    clauses = tuple(book.clause(clause) for clause in row.clauses)
    return Reason(row, said, chosen in row.choices, clauses)


def _known(answer: str, choices: dict[str, tuple[str, str]]) -> tuple[str, str]:
    if answer not in choices:
        raise Conflict(
            f"「{answer}」という答えはありません。",
            f"There is no answer {answer!r}.",
            mend_ja=f"次から選んでください: {'、'.join(choices)}",
            mend_en=f"Choose one of: {', '.join(choices)}",
        )
    return choices[answer]


def _choices(name: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for book in _books():
        for key, words in book.parameter(name).choices.items():
            found.setdefault(key, words)
    return found


def _books() -> list[Book]:
    """The rulebooks, the one for the most kinds of place first; what cannot be read is left out."""
    found = list(_readable())
    return sorted(found, key=lambda book: (-_breadth(book), book.code))


def _breadth(book: Book) -> int:
    return len(book.parameter(VENUE).choices)


def _readable() -> Iterator[Book]:
    for code in books.codes():
        with suppress(Unsound):
            yield books.load(code)
