"""Filling in the blanks of a rulebook: what an adopter writes becomes the values of an edition."""

from __future__ import annotations

from collections.abc import Mapping

from hokanko.errors import Conflict
from hokanko.formats.canon import JSON
from hokanko.rules import book as books
from hokanko.rules.book import Book
from hokanko.rules.values import fault, read


def book_of(code: str) -> Book:
    """The rulebook of that code. Raises Conflict naming those there are."""
    if code not in books.codes():
        raise Conflict(
            f"規程「{code}」はありません。",
            f"There is no rulebook {code}.",
            mend_ja=f"次から選んでください: {'、'.join(books.codes())}",
            mend_en=f"Choose one of: {', '.join(books.codes())}",
        )
    return books.load(code)


def fill(
    book: Book, texts: Mapping[str, str], base: Mapping[str, JSON] | None = None
) -> dict[str, JSON]:
    """The values of an edition: those of the one before, with these texts read over them.

    An empty text empties the blank again. Raises Conflict for what cannot be read or is fixed.
    """
    filled = {name: value for name, value in (base or {}).items() if _is_open(book, name)}
    for name, text in texts.items():
        if text.strip() or not _is_open(book, name):
            filled[name] = _filled(book, name, text)
        else:
            filled.pop(name, None)
    return filled


def _is_open(book: Book, name: str) -> bool:
    """Whether a parameter is there, and not fixed by the document."""
    return any(row.name == name and row.status != "fixed" for row in book.parameters)


def _filled(book: Book, name: str, text: str) -> JSON:
    """A blank as the adopter filled it. Raises Conflict for what the document fixes."""
    parameter = book.parameter(name)
    if parameter.status == "fixed":
        raise Conflict(
            f"「{parameter.ja}」（{name}）は文書が定めており、変えられません。",
            f"{name} is fixed by the document and cannot be changed.",
        )
    value = read(parameter.type, text)
    wrong = fault(
        parameter.type, value, choices=parameter.choices, least=parameter.min, most=parameter.max
    )
    if wrong:
        raise Conflict(f"「{parameter.ja}」（{name}）: {wrong[0]}", f"{name}: {wrong[1]}")
    return list(value) if isinstance(value, tuple) else value  # type: ignore[return-value]
