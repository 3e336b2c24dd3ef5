"""What an adopter may not write into a blank: bounds of the document, each with its article.

Told while the edition is drafted, and asked again where it is signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.rules.book import Book
from hokanko.rules.rows import Parameter

START, END, MONTHS = "project.start", "project.end", "project.months"
FEWEST_LETTERS = 3  # of a reason that the document asks for


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that the document bounds: at which parameter to tell it, and the refusal."""

    name: str
    refusal: Refusal


def faults(book: Book, values: Mapping[str, object]) -> list[Fault]:
    """What the document holds against these values, in the book's order."""
    return [*_unreasoned(book, values), *_outside_project(book, values)]


def require_within(book: Book, values: Mapping[str, object]) -> None:
    """Raises Refusal, citing the article, for the first value out of its bound."""
    for fault in faults(book, values):
        raise fault.refusal


def above(book: Book, values: Mapping[str, object]) -> list[Parameter]:
    """The numbers above the bound that the document draws, reasoned or not."""
    return [
        row
        for row in book.parameters
        if row.reason_above is not None
        and isinstance(value := values.get(row.name), int)
        and value > row.reason_above
    ]


def unreasoned(book: Book, values: Mapping[str, object]) -> list[str]:
    """The numbers above their bound whose reason nobody has written in words.

    What the book offers as the reason says that the bound is kept: it is none here.
    """
    return [row.name for row in above(book, values) if not _is_reasoned(book, row, values)]


def is_worded(text: object, fewest: int = FEWEST_LETTERS) -> bool:
    """Whether a reason has words in it: a few letters, and not one letter repeated."""
    letters = [letter for letter in str(text or "") if letter.isalnum()]
    return len(letters) >= fewest and len(set(letters)) > 1


def _is_reasoned(book: Book, row: Parameter, values: Mapping[str, object]) -> bool:
    reason = values.get(row.reason_in)
    return is_worded(reason) and reason != book.parameter(row.reason_in).value


def _unreasoned(book: Book, values: Mapping[str, object]) -> Iterator[Fault]:
    for name in unreasoned(book, values):
        row = book.parameter(name)
        wanted = book.parameter(row.reason_in)
        refusal = _cited(
            book,
            row,
            f"「{row.ja}」が{row.reason_above}{row.unit}を超えるときは、理由が要ります。",
            f"{row.name} above {row.reason_above} needs a reason.",
        )
        refusal.mend_ja = f"「{wanted.ja}」（{wanted.name}）に理由を書いてください。"
        refusal.mend_en = f"Write the reason in {wanted.name}."
        if values.get(wanted.name):
            refusal.mend_ja += "記号や一文字、期間の範囲内という文では、理由になりません。"
            refusal.mend_en += " Marks, one letter, or that the bound is kept, are no reason."
        yield Fault(wanted.name, refusal)


def _outside_project(book: Book, values: Mapping[str, object]) -> Iterator[Fault]:
    settled = book.effective(values)
    start, end, months = (settled.get(name) for name in (START, END, MONTHS))
    if not (isinstance(start, date) and isinstance(end, date) and isinstance(months, int)):
        return
    if not start <= end < clock.add_months(start, months):
        yield Fault(
            END,
            _cited(
                book,
                book.parameter(END),
                f"実施の末日は、開始日から{months}か月の間の日です。",
                f"The project's last day lies within {months} months from its first.",
            ),
        )


def _cited(book: Book, row: Parameter, ja: str, en: str) -> Refusal:
    article = book.clause(row.clauses[0]).article if row.clauses else ""
    return Refusal(ja, en, clauses=row.clauses, article=article)
