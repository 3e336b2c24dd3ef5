"""The rulebook to read: clause by clause beside what is enforced, and as it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hokanko.errors import Missing
from hokanko.rules import text
from hokanko.rules.book import Book
from hokanko.rules.decide import adopted_book, adoption, parameter
from hokanko.rules.force import FORCE
from hokanko.rules.rows import TEXT, Clause, Parameter


@dataclass(frozen=True, slots=True)
class Enforced:
    """A parameter with the value in force, in words."""

    parameter: Parameter
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """One clause, and the parameters that carry it out."""

    clause: Clause
    enforced: tuple[Enforced, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph as printed; `level` is 1–3 for a heading, 0 for plain text."""

    clauses: tuple[str, ...]
    words: str
    level: int


def clauses(request: HttpRequest) -> HttpResponse:
    """The rules of the reader's own organisation. They are no secret to those they bind."""
    book, values = _adopted(request)
    enforced = _enforced(book, values, parameter(_org(request), FORCE))
    page = {
        "book": book,
        "adoption": adoption(_org(request)),
        "lines": [_line(clause, enforced) for clause in book.clauses],
        "defaults": [e for e in enforced if not e.parameter.clauses and e.parameter.applies],
        "blanks": [book.parameter(name) for name in text.blanks(book, values)],
    }
    return render(request, "rules/html/book.html", page)


def printed(request: HttpRequest) -> HttpResponse:
    """The document as adopted, for printing."""
    book, values = _adopted(request)
    if not (book.folder / TEXT).exists():  # the home's own rules, which no document gives
        raise Missing("印刷する規程の本文はありません。", "There is no text to print.")
    blocks = [_block(paragraph) for paragraph in text.paragraphs(book, values)]
    return render(request, "rules/html/text.html", {"book": book, "blocks": _anchored(blocks)})


def _org(request: HttpRequest) -> str:
    return str(getattr(request.user, "org_id", ""))


def _adopted(request: HttpRequest) -> tuple[Book, dict[str, object]]:
    now = adoption(_org(request))
    return adopted_book(_org(request)), dict(now.values) if now else {}


def _enforced(book: Book, values: dict[str, object], force: str) -> list[Enforced]:
    settled = book.effective(values) | {FORCE: force}
    return [Enforced(row, text.told(row, settled[row.name])) for row in book.parameters]


def _line(clause: Clause, enforced: list[Enforced]) -> Line:
    carrying = tuple(e for e in enforced if clause.id in e.parameter.clauses)
    return Line(clause, carrying)


def _anchored(blocks: list[Block]) -> list[tuple[Block, list[str]]]:
    """Each block with the clauses that it is the first to print: where a link leads."""
    seen: set[str] = set()
    found = []
    for block in blocks:
        found.append((block, [clause for clause in block.clauses if clause not in seen]))
        seen |= set(block.clauses)
    return found


def _block(paragraph: text.Paragraph) -> Block:
    marks = len(paragraph.text) - len(paragraph.text.lstrip("#"))
    return Block(paragraph.clauses, paragraph.text.lstrip("#").strip(), marks)
